"""What MaxMind's reader raises."""


class AddressNotFoundError(RuntimeError):
    """The address is in no network of the database."""
