"""What can be proved: register, audit, figures."""
