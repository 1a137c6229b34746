"""The editor's desk: segments, purposes, questions."""
