"""Purposes as the shop runs them, and the immutable versions that shoppers agreed to."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ethical_personalization.core.consent import Terms
from ethical_personalization.core.purposes import (
    PurposeDeclaration,
    follow_declaration,
    material_hash,
    material_terms,
)
from ethical_personalization.core.registry import purposes

from .fingerprints import Rows
from .published import Published
from .purpose_sites import (
    SINCE_WHEN,
    OfferedBySite,
    PurposeSite,
    is_on_site,
    yes_counts_since,
)
from .release import code_signature
from .unchanging import Unchanging, UnchangingQuerySet


class PurposeQuerySet(models.QuerySet["Purpose"]):
    """Purposes with what a permission check needs, in one query."""

    def with_version(self) -> "PurposeQuerySet":
        """Each with ``version_number``, the number of its newest material version, in order.

        Said again here because Django drops the model's own order where rows are grouped.
        """
        numbered = self.annotate(version_number=models.Max("versions__number"))
        return numbered.order_by("sort_order", "key")

    def offered_on(self, site_id: int | None) -> "PurposeQuerySet":
        """Those that are offered on one site; none where no site answers."""
        if site_id is None:
            return self.none()
        return self.filter(is_on_site(site_id))

    def terms(self, site_id: int) -> dict[str, Terms]:
        """The terms of today on the site, by key; only of what is still declared."""
        since = yes_counts_since(site_id)
        return terms_of(self.with_version().annotate(since=since), attrgetter("since"))


class Purpose(OfferedBySite):
    """What personal data is used for. The code declares it; editors reword it and set its period.

    A wording left blank is the declaration's own, which is translated. There is no field for
    "preselected", and there must never be one.
    """

    key = models.SlugField(_("key"), max_length=40, unique=True, editable=False)
    title = models.CharField(
        _("title"), max_length=100, blank=True, help_text=_("Leave empty for the standard words.")
    )
    benefit = models.TextField(
        _("what the shopper gets"),
        blank=True,
        help_text=_("One or two plain sentences. Leave empty for the standard words."),
    )
    data = models.TextField(
        _("which data"),
        blank=True,
        help_text=_("One or two plain sentences. Leave empty for the standard words."),
    )
    retention_days = models.PositiveIntegerField(
        _("kept for (days)"),
        validators=[MinValueValidator(1)],
        help_text=_("A change of this asks every shopper who allowed the purpose again."),
    )
    recipients = models.TextField(
        _("recipients"),
        blank=True,
        help_text=_(
            "Who else gets the data, one per line; empty if nobody. "
            "A change of this asks every shopper who allowed the purpose again."
        ),
    )
    is_offered = models.BooleanField(
        _("offered to shoppers"),
        default=True,
        help_text=_("Nothing is used for a purpose that is not offered."),
    )
    honours_gpc = models.BooleanField(
        _("honours Global Privacy Control"),
        default=True,
        help_text=_(
            "A browser that sends the header Sec-GPC says no for its shopper, until she says yes "
            "all the same. What the contract needs does not depend on it."
        ),
    )
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)
    declared = models.JSONField(
        _("terms that the code declared last"), default=dict, editable=False
    )

    objects = PurposeQuerySet.as_manager()

    class Meta:
        verbose_name = _("purpose")
        verbose_name_plural = _("purposes")
        ordering = ("sort_order", "key")

    def __str__(self) -> str:
        return self.words("title")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store, and start a new version where the change is material.

        Offered again, it is new to who has answered meanwhile, whatever ``update_fields`` names.
        """
        with transaction.atomic():
            stored = Purpose.objects.filter(pk=self.pk) if self.pk is not None else None
            if self.is_offered and stored is not None and stored.filter(is_offered=False).exists():
                self.offer_anew(now=timezone.now())
                if kwargs.get("update_fields") is not None:
                    kwargs["update_fields"] = {*kwargs["update_fields"], *SINCE_WHEN}
            super().save(*args, **kwargs)
            self.start_version_if_changed()

    @property
    def declaration(self) -> PurposeDeclaration | None:
        """What the code says; None where the app that declared it has gone."""
        return purposes.find(self.key)

    def words(self, part: str) -> str:
        """``title``, ``benefit`` or ``data``: the editor's words, or else the declaration's."""
        own = str(getattr(self, part))
        return own or str(getattr(self.declaration, part, self.key))

    @property
    def retention(self) -> timedelta:
        """How long its data is kept, and how long a *given* holds before it is asked again."""
        return timedelta(days=self.retention_days)

    @property
    def recipient_names(self) -> tuple[str, ...]:
        """The recipients, one name each."""
        return tuple(line.strip() for line in self.recipients.splitlines() if line.strip())

    def material(self) -> dict[str, object]:
        """What a choice is about, without any wording."""
        declared = self.declaration
        return dict(
            material_terms(
                data_categories=declared.data_categories if declared else (),
                sources=declared.sources if declared else (),
                basis=declared.basis.value if declared else "consent",
                retention_days=self.retention_days,
                recipients=self.recipient_names,
            )
        )

    def terms(self, version: int, since: datetime | None) -> Terms:
        """The purpose as the core sees it; ``since`` when a yes counts."""
        assert self.declaration is not None  # noqa: S101 - the caller checked
        return Terms(
            purpose=self.key,
            version=version,
            basis=self.declaration.basis,
            is_profiling=self.declaration.is_profiling,
            honours_gpc=self.honours_gpc,
            yes_counts_since=since,
        )

    def follow_declaration(self) -> None:
        """Take over what the code declares otherwise than before, beside what editors set."""
        declared = self.declaration
        if declared is not None and self.declared != dict(declared.terms):
            retention_days, recipients = follow_declaration(
                retention_days=self.retention_days,
                recipients=self.recipient_names,
                before=self.declared,
                now=declared.terms,
            )
            self.retention_days, self.recipients = retention_days, "\n".join(recipients)
            self.declared = dict(declared.terms)
            self.save()
        self.start_version_if_changed()

    def start_version_if_changed(self) -> "PurposeVersion | None":
        """The new version, or None where nothing material changed or nothing is declared."""
        if self.declaration is None:
            return None
        newest = self.versions.order_by("-number").first()
        digest = material_hash(self.material())
        if newest is not None and newest.material_hash == digest:
            return None
        return self.versions.create(
            number=newest.number + 1 if newest else 1,
            material=self.material(),
            material_hash=digest,
        )


def offered_on(site_id: int | None, offered: Iterable[Purpose]) -> tuple[Purpose, ...]:
    """Those of ``offered`` that are offered on the site; none where no site answers."""
    return tuple(purpose for purpose in offered if purpose.is_on(site_id))


def terms_of(
    offered: Iterable[Purpose], since: Callable[[Any], datetime | None]
) -> dict[str, Terms]:
    """The terms by key, of purposes that came ``with_version``; ``since`` when a yes counts."""
    return {
        purpose.key: purpose.terms(version, since(purpose))
        for purpose in offered
        if purpose.declaration is not None
        and (version := getattr(purpose, "version_number", None)) is not None
    }


class PurposeVersionQuerySet(UnchangingQuerySet["PurposeVersion"]):
    """Versions can be added and read, nothing else."""


class PurposeVersion(Unchanging):
    """The terms of a purpose that choices refer to; never changed once stored."""

    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    material = models.JSONField(_("terms"))
    material_hash = models.CharField(_("hash of the terms"), max_length=64)
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    objects = PurposeVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("purpose version")
        verbose_name_plural = _("purpose versions")
        ordering = ("purpose", "number")
        constraints = (
            models.UniqueConstraint(fields=("purpose", "number"), name="ep_version_number_once"),
        )

    def __str__(self) -> str:
        return f"{self.purpose.key} v{self.number}"


def _rows() -> Iterable[Rows]:
    columns = tuple(field.name for field in Purpose._meta.fields if not field.primary_key)
    yield Rows(label="purpose", queryset=Purpose.objects.all(), fields=columns)
    yield Rows(
        label="purpose_version", queryset=PurposeVersion.objects.all(), fields=("purpose", "number")
    )
    places = ("purpose", "site", "since")
    yield Rows(label="purpose_site", queryset=PurposeSite.objects.all(), fields=places)


def _compile() -> tuple[Purpose, ...]:
    offered = Purpose.objects.filter(is_offered=True).with_version()
    return tuple(offered.prefetch_related("on_sites"))


#: The purposes that are offered on any site, ``with_version``, in the shop's order.
offered_purposes: Published[tuple[Purpose, ...]] = Published(
    "purposes",
    rows=_rows,
    compile_rows=_compile,
    signature=code_signature,
)


def create_declared(declared: Iterable[PurposeDeclaration]) -> None:
    """A row for each declared purpose, and a new version where its code changed materially."""
    for order, declaration in enumerate(declared):
        purpose, created = Purpose.objects.get_or_create(
            key=declaration.key,
            defaults={
                "retention_days": declaration.retention.days,
                "recipients": "\n".join(declaration.recipients),
                "sort_order": order,
                "declared": dict(declaration.terms),
            },
        )
        if not created:
            purpose.follow_declaration()
