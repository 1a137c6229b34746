"""Atelier Nord, a small clothing shop to try the package in."""
