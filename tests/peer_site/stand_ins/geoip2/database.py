"""A database that knows no address."""

from types import SimpleNamespace

from .errors import AddressNotFoundError


class Reader:
    """Opens any file."""

    def __init__(self, path, mode=None):
        self.path = path

    def metadata(self):
        return SimpleNamespace(database_type="GeoLite2-Country")

    def country(self, address):
        raise AddressNotFoundError(address)

    def close(self):
        """Nothing was opened."""
