"""On which of the shop's sites a purpose is offered, and since when."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

#: The columns that ``OfferedBySite.offer_anew`` sets.
SINCE_WHEN = ("offered_since", "came_back_at")


class OfferedBySite(models.Model):
    """Something that is offered on every site or, where an editor says so, on some.

    Which it is stands in a field of its own: with the last site that it was offered on it ends,
    instead of being offered everywhere.
    """

    is_on_every_site = models.BooleanField(
        _("on every site"), default=True, help_text=_("Also on sites that are created later.")
    )
    offered_since = models.DateTimeField(_("offered since"), default=timezone.now, editable=False)
    came_back_at = models.DateTimeField(_("offered again since"), null=True, editable=False)

    on_sites: Any  # the rows of ``PurposeSite``

    class Meta:
        abstract = True

    def is_on(self, site_id: int | None) -> bool:
        """Whether it is offered on the site, if it is offered at all."""
        if site_id is None:
            return False
        return self.is_on_every_site or any(row.site_id == site_id for row in self.on_sites.all())

    def offered_since_on(self, site_id: int | None) -> datetime:
        """Since when it is offered on the site."""
        here = (row.since for row in self.on_sites.all() if row.site_id == site_id)
        return next(here, self.offered_since)

    def yes_counts_since(self, site_id: int | None) -> datetime | None:
        """Since when a yes counts on the site; None where there was no break before."""
        here = (row.since for row in self.on_sites.all() if row.site_id == site_id)
        return next(here, self.came_back_at)

    def offer_on(self, wanted: Iterable[int] | None, *, now: datetime) -> None:
        """Offer it on these sites alone (primary keys), or with None on every one, also on later.

        Where it was not offered before, it is new to who has answered there; nowhere else.
        """
        with transaction.atomic():
            every = list(Site.objects.values_list("pk", flat=True))
            before = {pk: self.offered_since_on(pk) for pk in every if self.is_on(pk)}
            self.on_sites.all().delete()
            for pk in every if wanted is None else wanted:
                self.on_sites.create(site_id=pk, since=before.get(pk, now))
            self.is_on_every_site = wanted is None
            self.save()

    def offer_anew(self, *, now: datetime) -> None:
        """It is new wherever it is offered, and what was allowed before counts no more."""
        self.offered_since = self.came_back_at = now
        self.on_sites.update(since=now)


class PurposeSite(models.Model):
    """A site on which a purpose is offered, and since when.

    Of a purpose that is offered on every site it only says since when.
    """

    purpose = models.ForeignKey(
        "ethical_personalization.Purpose", on_delete=models.CASCADE, related_name="on_sites"
    )
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(_("offered since"))

    class Meta:
        verbose_name = _("site of a purpose")
        verbose_name_plural = _("sites of a purpose")
        ordering = ("purpose", "site")
        constraints = (
            models.UniqueConstraint(fields=("purpose", "site"), name="ep_purpose_site_once"),
        )

    def __str__(self) -> str:
        return f"{self.purpose_id}: {self.site_id}"


def yes_counts_since(site: object, *, purpose: str = "") -> Coalesce:
    """The same of a row's purpose on ``site``, as ``is_on_site`` takes them."""
    way = f"{purpose}__" if purpose else ""
    here = PurposeSite.objects.filter(purpose=models.OuterRef(f"{way}pk"), site=site)
    return Coalesce(models.Subquery(here.values("since")[:1]), f"{way}came_back_at")


def is_on_site(site: object, *, purpose: str = "") -> models.Q:
    """The rows whose purpose is offered on ``site``: a primary key, or a reference to a column.

    ``purpose`` is the way from the row to the purpose; empty for purposes.
    """
    way = f"{purpose}__" if purpose else ""
    here = PurposeSite.objects.filter(purpose=models.OuterRef(f"{way}pk"), site=site)
    everywhere = models.Q(**{f"{way}is_on_every_site": True})
    return models.Q(everywhere | models.Exists(here), **{f"{way}is_offered": True})
