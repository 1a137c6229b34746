"""What we register with Wagtail: our own purposes, facts and rules, the way any app would."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .core.facts import Fact
from .core.purposes import PurposeDeclaration
from .core.rules import RuleDeclaration
from .editor.bulk import SegmentsOneByOne
from .editor.desk import PersonalizationDesk
from .editor.due_requests import add_due_requests
from .editor.host_admin import shadowing_urls, without_host_menu
from .editor.segment_chooser import ChoosableSegment
from .editor.userbar import add_previews
from .facts.account import account_facts
from .facts.basket import basket_facts
from .facts.browsing import visit_facts
from .facts.chance import chance_facts
from .facts.context import context_facts
from .facts.defaults import default_purposes
from .facts.lists import list_facts
from .facts.orders import order_facts
from .facts.stated import stated_facts
from .facts.viewed import viewed_facts
from .facts.wishlist import wishlist_facts
from .personalization.host_pages import prepare_deletion
from .personalization.host_rules import host_rules
from .personalization.preview import serve_preview
from .personalization.variants import serve_chosen_version


@hooks.register("register_personalization_purpose")
def register_default_purposes() -> Sequence[PurposeDeclaration]:
    return default_purposes()


@hooks.register("register_personalization_fact")
def register_facts() -> Sequence[Fact | Any]:
    return [
        stated_facts,  # a function: its facts come and go with the editor's questions
        visit_facts,  # and these with the pages that a rule counts
        chance_facts,  # and these with the segments that take a random share
        *order_facts(),
        *viewed_facts(),
        *basket_facts(),
        *wishlist_facts(),
        *account_facts(),
        *list_facts(),
        *context_facts(),
    ]


@hooks.register("register_personalization_rule")
def register_rules() -> Sequence[RuleDeclaration]:
    return host_rules()


hooks.register("on_serve_page", serve_preview, order=90)
hooks.register("on_serve_page", serve_chosen_version, order=100)
hooks.register("construct_wagtail_userbar", add_previews)
hooks.register("register_bulk_action", SegmentsOneByOne, order=1)
hooks.register("construct_homepage_panels", add_due_requests)
hooks.register("before_delete_page", prepare_deletion, order=-1)

register_snippet(PersonalizationDesk)
register_snippet(ChoosableSegment)
hooks.register("register_admin_urls", shadowing_urls, order=-1)


@hooks.register("construct_main_menu")
def take_out_host_menu(request: HttpRequest, menu_items: list[Any]) -> None:
    menu_items[:] = without_host_menu(menu_items)
