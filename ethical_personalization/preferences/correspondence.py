"""Her questions with the shop's answers, and whom else she can turn to."""

from collections.abc import Mapping
from typing import Any

from ethical_personalization.models import Feedback
from ethical_personalization.models.feedback import MAX_WORDS, TO_THE_SHOP
from ethical_personalization.shopper.shopper import Shopper

#: The newest of them; all of them are in the download.
SHOWN = 50


def correspondence(shopper: Shopper, controller: Mapping[str, str]) -> dict[str, Any]:
    """One query for who has a pseudonym, none for anybody else."""
    contact = {name: controller.get(name, "") for name in ("name", "address", "email", "authority")}
    officer = controller.get("data_protection_officer", "")
    common = {"contact": {**contact, "officer": officer}, "max_words": MAX_WORDS}
    if shopper.subject is None:
        return common
    asked = Feedback.objects.filter(subject=shopper.subject.pk).order_by("-week", "pk")[:SHOWN]
    kinds = [(kind.value, kind.label) for kind in TO_THE_SHOP]
    return {**common, "asked": list(asked), "kinds": kinds, "can_ask": True}
