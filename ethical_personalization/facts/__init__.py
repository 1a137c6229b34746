"""What may be known, one module per source."""
