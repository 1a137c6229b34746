"""Whether the shop has one site, so that no request has to look for its own."""

from wagtail.models import Site

from ethical_personalization.models.fingerprints import Rows
from ethical_personalization.models.published import Published, code_signature


def _find_sole() -> int | None:
    """Only a default site answers for every host name."""
    sites = list(Site.objects.values_list("pk", "is_default_site")[:2])
    return sites[0][0] if len(sites) == 1 and sites[0][1] else None


#: The primary key of the only site; None where there are several, or none for every host name.
sole_site: Published[int | None] = Published(
    "sole_site",
    rows=lambda: [
        Rows(label="site", queryset=Site.objects.all(), fields=("hostname", "is_default_site"))
    ],
    compile_rows=_find_sole,
    signature=code_signature,
)
