"""Our own tables about people."""

from django.utils.translation import gettext_lazy as _

from .holding import Goes, Holding

_WHY_PROOF = _("We have to be able to prove what you allowed (GDPR Art. 7(1) and 17(3)(e)).")
_KEPT_PROOF = _("Until nobody can ask for the proof any more; it holds no name.")

PERSONAL = (
    Holding(
        model="ethical_personalization.Subject",
        title=_("Your pseudonym"),
        told=(
            "id",
            "created_at",
            "closed_at",
            "restricted_at",
            "restricted_until",
            "under_age_until",
        ),
        silent=("user",),
        of_subject="pk",
        goes=Goes.WITH_PROOF,
        kept=_(
            "As long as the proof of your choices, and beyond it while a pause or your age is "
            "noted; when you are erased, your account is taken off at once."
        ),
        ends_by="subjects",
    ),
    Holding(
        model="ethical_personalization.SubjectKey",
        title=_("The key that opens what is encrypted about you"),
        told=("wrapped_by",),
        silent=("subject", "wrapped"),
        of_subject="subject_id",
        goes=Goes.WITH_ERASURE,
        kept=_("As long as anything is encrypted with it."),
        ends_by="records",
    ),
    Holding(
        model="ethical_personalization.SealedRecord",
        title=_("What is kept encrypted about you"),
        told=("name", "updated_at"),
        silent=("id", "subject", "ciphertext"),  # the content is exported decrypted
        of_subject="subject_id",
        goes=Goes.WITH_ERASURE,
        kept=_("As long as the purpose says, at most as long as your yes holds."),
        ends_by="records",
    ),
    Holding(
        model="ethical_personalization.ConsentState",
        title=_("Your choices as they stand"),
        told=("purpose__key", "site__hostname", "event__status"),
        silent=("id", "subject"),
        of_subject="subject_id",
        goes=Goes.WITH_PROOF,
        why=_WHY_PROOF,
        kept=_KEPT_PROOF,
        ends_by="proofs",
    ),
    Holding(
        model="ethical_personalization.ConsentEvent",
        title=_("The proof of your choices"),
        told=(
            "id",
            "at",
            "status",
            "purpose_version__purpose__key",
            "purpose_version__number",
            "method",
            "language",
            "site__hostname",
            "valid_until",
            "despite_gpc",
            "keep_until",
            "notice__words",
            "previous_hash",
            "hash",
        ),
        silent=("subject", "request_key"),
        of_subject="subject_id",
        goes=Goes.WITH_PROOF,
        why=_WHY_PROOF,
        kept=_KEPT_PROOF,
        ends_by="proofs",
    ),
    Holding(
        model="ethical_personalization.RestrictionEvent",
        title=_("When you paused everything"),
        told=("at", "is_restricted", "until"),
        silent=("id", "subject"),
        of_subject="subject_id",
        goes=Goes.WITH_PROOF,
        why=_("We have to be able to show that we followed you (GDPR Art. 5(2))."),
        kept=_("As long as your pseudonym."),
        ends_by="subjects",
    ),
    Holding(
        model="ethical_personalization.Erasure",
        title=_("An erasure that you can still undo"),
        told=("confirmed_at", "due_at"),
        silent=("id", "subject", "user", "guest", "sealed", "request"),
        of_subject="subject_id",
        goes=Goes.WITH_ERASURE,
        kept=_("Until it is done or undone."),
        ends_by="erasures",
    ),
    Holding(
        model="ethical_personalization.DataRequest",
        title=_("Requests about personal data"),
        told=("kind", "channel", "reference", "asked_on", "due_on", "done_on"),
        silent=("id",),
        goes=Goes.STAYS,
        why=_("It shows that a request was answered, and does not say whose it was."),
        kept=_("Three years."),
        ends_by="requests",
    ),
    Holding(
        model="ethical_personalization.Feedback",
        title=_("Your questions to the shop, and its answers"),
        told=(
            "kind",
            "placement",
            "segment__name",
            "facts",
            "words",
            "week",
            "answer",
            "answered_on",
        ),
        silent=("id", "subject", "mark", "mark_until"),
        of_subject="subject_id",
        goes=Goes.WITH_ERASURE,
        kept=_(
            "One year. What you said without asking for an answer is kept as long, and leads to "
            "nobody."
        ),
        ends_by="feedback",
    ),
    Holding(
        model="ethical_personalization.Tombstone",
        title=_("That somebody was erased"),
        told=("erased_at",),
        silent=("id", "mark"),
        goes=Goes.STAYS,
        why=_("A keyed hash, so that a backup can’t bring back what was erased."),
        kept=_("One year."),
        ends_by="tombstones",
    ),
)
