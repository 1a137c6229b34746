"""``{% load ethical_personalization %}`` as installed, but nothing says why it is shown."""

from django import template

from ethical_personalization.templatetags import ethical_personalization as ours
from tests.benchmarks import silent_tags

register = template.Library()
register.tags = {
    **ours.register.tags,
    **{name: silent_tags.register.tags[name] for name in ("why", "why_item")},
}
register.filters = ours.register.filters
