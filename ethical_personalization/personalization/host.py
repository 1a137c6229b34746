"""Every repair of wagtail-personalisation, in one place."""

from . import hidden_variants, host_block, host_hooks, host_pages, host_tag


def mend() -> None:
    """Take out, replace and watch; calling it again changes nothing."""
    host_hooks.take_out()
    host_tag.mend()
    host_block.mend()
    host_pages.mend()
    hidden_variants.connect()
