"""What is right: values and pure functions, without Django."""
