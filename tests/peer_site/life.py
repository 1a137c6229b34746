"""What happens on the peer site before somebody looks at it again."""

import sys
from pathlib import Path

if __name__ == "__main__":
    import django

    django.setup()

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page, Site
from wagtail_personalisation import rules
from wagtail_personalisation.models import Segment

from tests.peer_site.models import ShopPage


def live():
    """Pages, a segment with its variant, a member, visits."""
    root = Page.get_first_root_node()
    home = root.add_child(instance=ShopPage(title="Home", slug="start", intro="For everybody"))
    Site.objects.update(root_page=home, hostname="testserver")
    segment = Segment.objects.create(name="Friends")
    rules.UserIsLoggedInRule.objects.create(segment=segment, is_logged_in=True)
    body = [
        {"type": "text", "value": "text"},
        {"type": "teaser", "value": {"segment": str(segment.pk), "text": "teaser"}},
    ]
    linen = home.add_child(instance=ShopPage(title="Linen", slug="linen", body=body))
    variant = linen.personalisation_metadata.copy_for_segment(segment)
    variant.intro = "For friends"
    variant.save()
    variant.save_revision().publish()
    Segment.objects.create(name="By a rule of ours")
    users = get_user_model().objects
    users.create_superuser("chief", "chief@example.com", "pass-word-1")
    users.create_user("mary", "mary@example.com", "pass-word-1")


def live_with_us():
    """A shopper who allows and tells something, an editor at our desk, a page of our type."""
    from ethical_personalization.editor.adoption import adopt_segments
    from ethical_personalization.models import FactRule, HowWePersonalisePage, SegmentPolicy
    from ethical_personalization.testing import consent_given

    adopt_segments()
    FactRule.objects.create(
        segment=Segment.objects.get(name="By a rule of ours"),
        fact="stated.styles",
        operator="any_of",
        value=["romantic"],
    )
    mary = Client()
    assert mary.login(username="mary", password="pass-word-1")
    consent_given(mary, "context", answers={"styles": ["romantic"]})
    assert b"For friends" in mary.get("/linen/").content
    chief = Client()
    assert chief.login(username="chief", password="pass-word-1")
    policy = SegmentPolicy.objects.get(name="Friends")
    how = Page.objects.get(slug="start").add_child(instance=HowWePersonalisePage(title="How"))
    how.save_revision().publish()
    assert b"how-purposes" in Client().get("/how/").content
    policy.save_revision(user=get_user_model().objects.get(username="chief")).publish()


if __name__ == "__main__":
    live()
    if settings.MODE == "ours":
        live_with_us()
        call_command("migrate", "ethical_personalization", "zero", verbosity=0)
    sys.stdout.write(f"{Path(settings.DATABASES['default']['NAME']).name} lived in")
