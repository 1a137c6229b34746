"""Rule classes of the site at our desk, and what its pages show by them."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail_personalisation.models import Segment
from wagtail_personalisation.rules import QueryRule

from tests.editor.forms import errors_of, fields_of, text_of
from tests.peer_site.models import SameRule, StrictRule

from .odd_rules import CampaignRule, StricterRule

DESK = "/admin/personalization/segments"
FRIENDS = b"For friends"


def declared(*models):
    """While this lasts, each row of the classes asks for somebody who is logged in."""
    from ethical_personalization.core.conditions import Condition
    from ethical_personalization.core.registry import rules
    from ethical_personalization.core.rules import RuleDeclaration

    condition = Condition(fact="account.logged_in", operator="is_true")
    labels = (model._meta.label_lower for model in models)
    return rules.temporarily(
        *(RuleDeclaration(key=label, condition=lambda rule: condition) for label in labels)
    )


@pytest.fixture
def adopted(linen, segment, variant):
    """The policy of a segment with these rules, and with a version of a page."""

    def make(*rules):
        from ethical_personalization.editor.adoption import adopt_segments

        made = segment(*rules)
        variant(linen, made)
        assert adopt_segments() == 1
        return made.ethical_policy

    return make


@pytest.fixture
def send(staff):
    """Open a form of the desk, and send it to where it says."""

    def make(path, **changed):
        page = staff.get(f"{DESK}/{path}/")
        form = BeautifulSoup(page.content, "html.parser").select_one("form#w-editor-form")
        fields = fields_of(page) | {"action-publish": "1"} | changed
        return page, staff.post(form["action"], fields)

    return make


@pytest.fixture
def shown(member):
    return lambda query="": FRIENDS in member.get(f"/linen/{query}").content


def halves():
    """The keys in the tables of all classes that have to do with it."""
    models = QueryRule, StrictRule, StricterRule
    return [set(model.objects.values_list("pk", flat=True)) for model in models]


def test_rule_that_extends_another_is_kept_by_the_desk_as_what_it_is(adopted, send, shown):
    strict = StrictRule(parameter="from", value="friends")
    policy = adopted(strict, StricterRule(parameter="from", value="friends", level=3))
    before = halves()
    page, refused = send(f"edit/{policy.pk}")
    assert "StrictRule" in text_of(page)
    assert "StricterRule" in text_of(page)
    assert "Nobody declared" in errors_of(refused)
    for definition in (policy.definition, {}):  # without one it stands for its segment
        policy.definition = definition
        policy.save_revision().publish()
        assert halves() == before
    assert not shown("?from=friends")
    with declared(StrictRule, StricterRule):
        assert shown()
        assert send(f"edit/{policy.pk}", name="Kin")[1].status_code == 302
        assert Segment.objects.get().name == "Kin"
        assert halves() == before
        assert shown()


def test_rule_that_extends_another_is_copied_and_deleted_and_comes_back(adopted, send):
    policy = adopted(StricterRule(parameter="from", value="friends", level=3))
    first = policy.latest_revision_id
    with declared(StricterRule):
        assert send(f"copy/{policy.pk}")[1].status_code == 302
        assert StricterRule.objects.exclude(segment=policy.segment).get().level == 3
        page, _sent = send(f"edit/{policy.pk}")
        (box,) = BeautifulSoup(page.content, "html.parser").select("[name=rules-deleted]")
        send(f"edit/{policy.pk}", **{"rules-deleted": box["value"]})
        assert not QueryRule.objects.filter(segment=policy.segment).exists()
        send(f"history/{policy.pk}/revisions/{first}/revert")
        assert StricterRule.objects.get(segment=policy.segment).level == 3


def test_rule_under_an_abstract_class_and_with_its_own_table_is_made_at_the_desk(
    staff, send, linen, variant, shown
):
    Segment()  # as soon as there is one, the host's form has rules
    screen = reverse("wagtail_personalisation_segment_modeladmin_create")
    assert staff.get(screen, follow=True).status_code == 200
    rows = "rules-peer_site_campaignrules"
    level = {f"{rows}-TOTAL_FORMS": "1", f"{rows}-0-level": "3"}
    with declared(CampaignRule):
        _page, sent = send("add", name="Campaign", **level)
        assert sent.status_code == 302
        made = Segment.objects.get()
        variant(linen, made)
        assert shown()
        send(f"edit/{made.ethical_policy.pk}", **{f"{rows}-0-level": "4"})
        assert CampaignRule.objects.get().level == 4
        assert shown()
    assert not shown()


def test_rule_under_another_name_is_one_rule(adopted, send, shown):
    policy = adopted(SameRule(parameter="from", value="mail"))
    assert send(f"edit/{policy.pk}")[1].status_code == 302
    assert SameRule.objects.get() == QueryRule.objects.get()
    assert shown("?from=mail")
    assert not shown()
