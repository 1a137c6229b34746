"""How many shoppers have allowed a purpose; numbers only, never who."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from ethical_personalization.core.consent import NEGATIVE, ConsentStatus
from ethical_personalization.models import ConsentState, Purpose, PurposeVersion, Subject
from ethical_personalization.models.purpose_sites import is_on_site, yes_counts_since


def given_by_purpose(*, now: datetime, sites: Collection[int] | None = None) -> Mapping[str, int]:
    """Shoppers who allow each purpose at ``now``, by the purpose's key.

    On any site, or on one of ``sites``, by primary key.
    """
    given = _given(now) if sites is None else _given(now).filter(site__in=sites)
    rows = given.values("purpose__key").annotate(number=Count("subject", distinct=True))
    return dict(rows.values_list("purpose__key", "number"))


def given_all(purposes: Collection[str], *, now: datetime) -> int:
    """Shoppers who allow every one of ``purposes`` on the same site."""
    return (
        _given(now)
        .filter(purpose__key__in=purposes)
        .values("subject", "site")
        .annotate(number=Count("purpose", distinct=True))
        .filter(number=len(set(purposes)))
        .values("subject")
        .distinct()
        .count()
    )


def asked_again(purpose: Purpose, *, now: datetime) -> int:
    """Shoppers whom new terms of ``purpose`` would ask; also who paused, once she goes on."""
    given = _given_also_paused(now).filter(purpose=purpose)
    return given.values("subject").distinct().count()


def not_objecting(purpose: Purpose) -> int:
    """Shoppers whom the shop knows and who did not object to ``purpose`` on any site."""
    against = ConsentState.objects.filter(purpose=purpose, event__status__in=NEGATIVE)
    known = Subject.objects.filter(closed_at__isnull=True)
    return known.exclude(pk__in=against.values("subject")).count()


def _given(now: datetime) -> QuerySet[ConsentState]:
    """The same without who paused: she is not even counted (GDPR Art. 18(2))."""
    runs = Q(subject__restricted_at__isnull=True) | Q(subject__restricted_until__lte=now)
    return _given_also_paused(now).filter(runs)


def _given_also_paused(now: datetime) -> QuerySet[ConsentState]:
    """What is given where and since it is offered, under the newest terms, and has not run out."""
    versions = PurposeVersion.objects.filter(purpose=OuterRef("purpose"))
    return ConsentState.objects.annotate(
        newest=Subquery(versions.order_by("-number").values("number")[:1]),
        since=yes_counts_since(OuterRef("site"), purpose="purpose"),
    ).filter(
        is_on_site(OuterRef("site"), purpose="purpose"),
        Q(since__isnull=True) | Q(event__at__gte=F("since")),
        Q(event__valid_until__isnull=True) | Q(event__valid_until__gt=now),
        event__status=ConsentStatus.GIVEN,
        event__purpose_version__number=F("newest"),
        subject__closed_at__isnull=True,
    )
