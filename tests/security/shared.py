"""The shop of this folder, made once per module: for a module that imports what it needs of it.

Browsers that are made once must not be used by two tests: they take a copy.
"""

from tests.databases import module_transaction, once_per_module
from tests.personalization import conftest as shop
from tests.security import conftest as attacked

__all__ = [
    "account",
    "allow",
    "catalogue",
    "db",
    "forms",
    "guest",
    "guests_order",
    "home",
    "order",
    "question",
    "segment",
    "site",
    "told",
    "user",
    "variant",
]
db = module_transaction
site, home, allow, user = map(once_per_module, (shop.site, shop.home, shop.allow, shop.user))
catalogue, order = map(once_per_module, (shop.catalogue, shop.order))
segment, variant = map(once_per_module, (shop.segment, shop.variant))
question, told = map(once_per_module, (attacked.question, attacked.told))
account, guests_order = map(once_per_module, (attacked.account, attacked.guests_order))
guest, forms = map(once_per_module, (attacked.guest, attacked.forms))
