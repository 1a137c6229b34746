"""What is shown: from the request to a decision."""
