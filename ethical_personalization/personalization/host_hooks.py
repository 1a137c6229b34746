"""Takes out the hooks of wagtail-personalisation that store and serve without asking."""

from collections.abc import Iterable

from wagtail import hooks
from wagtail_personalisation import wagtail_hooks as host

#: Hook name -> names of the host's functions that we replace. The userbar's takes two arguments
#: where Wagtail 8 passes three, and puts the segment's name on the page unescaped.
REPLACED = {
    "before_serve_page": ("set_visit_count", "segment_user", "serve_variant"),
    "construct_wagtail_userbar": ("add_segment_link_items",),
}


def take_out() -> None:
    """Unregister the replaced hooks; calling it again changes nothing.

    Wagtail has no public way to unregister, so this is the one place that touches its table.
    """
    for hook_name, names in REPLACED.items():
        replaced = [getattr(host, name) for name in names if hasattr(host, name)]
        table = hooks._hooks
        table[hook_name] = [entry for entry in table.get(hook_name, []) if entry[0] not in replaced]


def still_registered() -> Iterable[str]:
    """The names of replaced hooks that are in Wagtail's table after all."""
    for hook_name, names in REPLACED.items():
        registered = {function for function, _order in hooks._hooks.get(hook_name, [])}
        for name in names:
            if getattr(host, name, None) in registered:
                yield name
