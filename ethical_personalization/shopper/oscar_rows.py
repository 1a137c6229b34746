"""The rows that Oscar keeps about an account's views, searches and baskets."""

from typing import Any

from oscar.core.loading import get_model

from ethical_personalization.conf import conf
from ethical_personalization.facts.browsing import PURPOSE
from ethical_personalization.facts.defaults import SEARCHES
from ethical_personalization.models import PurposeVersion


def are_agreed_to() -> bool:
    """Whether the shop wants them, and the words that shoppers say *yes* to name them.

    After the setting was turned on, ``migrate`` starts those words as a new version.
    """
    if not conf.keeps_oscar_rows:
        return False
    versions = PurposeVersion.objects.filter(purpose__key=PURPOSE)
    newest = versions.order_by("-number").first()
    return newest is not None and SEARCHES in newest.material["sources"]


def longest_query() -> int:
    """How much of a search fits into a row of Oscar's; PostgreSQL refuses more."""
    length: int = get_model("analytics", "UserSearch")._meta.get_field("query").max_length
    return length


def forget_rows(user_id: Any) -> None:
    """Delete what was collected; the statistics of the account's orders stay."""
    get_model("analytics", "UserProductView").objects.filter(user_id=user_id).delete()
    get_model("analytics", "UserSearch").objects.filter(user_id=user_id).delete()
    get_model("analytics", "UserRecord").objects.filter(user_id=user_id).update(
        num_product_views=0, num_basket_additions=0
    )
