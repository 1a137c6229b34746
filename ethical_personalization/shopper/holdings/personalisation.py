"""wagtail-personalisation's tables, and the sessions that it once wrote to."""

from django.utils.translation import gettext_lazy as _

from .holding import Goes, Holding, Impersonal

#: What it kept in a session, before we were installed.
SESSION_KEYS = ("segments", "excluded_segments", "visit_count", "segment_view")

PERSONAL = (
    Holding(
        model="wagtail_personalisation.Segment_static_users",
        title=_("Fixed lists that you are on"),
        told=("segment__name",),
        silent=("id", "user"),
        of_account="user_id",
        goes=Goes.WITH_ERASURE,
        kept=_("Until the list or your account is deleted; nobody is put on one any more."),
    ),
    Holding(
        model="wagtail_personalisation.Segment_excluded_users",
        title=_("Lists that you were kept out of by chance"),
        told=("segment__name",),
        silent=("id", "user"),
        of_account="user_id",
        goes=Goes.WITH_ERASURE,
        kept=_("Until the list or your account is deleted; nobody is put on one any more."),
    ),
    Holding(
        model="sessions.Session",
        title=_("The session of your browser"),
        told=("session_data", "expire_date"),  # of this browser, from the request
        silent=("session_key",),
        goes=Goes.WITH_ERASURE,
        kept=_("Until you log out or it runs out."),
        ends_by="sessions",
    ),
)

_RULE = ("id", "segment")
IMPERSONAL = (
    Impersonal(
        model="wagtail_personalisation.Segment",
        columns=(
            "id",
            "name",
            "create_date",
            "edit_date",
            "enable_date",
            "disable_date",
            "visit_count",
            "status",
            "persistent",
            "match_any",
            "type",
            "count",
            "matched_users_count",
            "matched_count_updated_at",
            "randomisation_percent",
        ),
        why="what an editor wrote, and counts of many",
    ),
    Impersonal(
        model="wagtail_personalisation.PersonalisablePageMetadata",
        columns=("id", "canonical_page", "variant", "segment"),
        why="which page is a version of which",
    ),
    *(
        Impersonal(
            model=f"wagtail_personalisation.{name}",
            columns=(*_RULE, *columns),
            why="a condition that an editor wrote",
        )
        for name, columns in (
            ("TimeRule", ("start_time", "end_time")),
            ("DayRule", ("mon", "tue", "wed", "thu", "fri", "sat", "sun")),
            ("ReferralRule", ("regex_string",)),
            ("VisitCountRule", ("operator", "count", "counted_page")),
            ("QueryRule", ("parameter", "value")),
            ("DeviceRule", ("mobile", "tablet", "desktop")),
            ("UserIsLoggedInRule", ("is_logged_in",)),
            ("OriginCountryRule", ("country",)),
        )
    ),
)
