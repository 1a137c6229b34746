"""The demo shop: what it sells, how it looks and who has bought there."""
