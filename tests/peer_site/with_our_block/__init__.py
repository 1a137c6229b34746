"""An app whose pages use the block of each of us."""
