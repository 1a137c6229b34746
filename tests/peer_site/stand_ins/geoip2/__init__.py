"""Stands in for MaxMind's reader, which is not installed, so that Django offers its own code."""
