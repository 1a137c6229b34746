"""The shop of the personalisation tests serves the facts as well."""

from tests.personalization.conftest import catalogue, order, site, user

__all__ = ["catalogue", "order", "site", "user"]
