"""What is stored."""

from .age import AgeLimit
from .consent import (
    ConsentEvent,
    ConsentMethod,
    ConsentState,
    Notice,
    Subject,
)
from .controllers import Controller
from .disclosures import Disclosure
from .feedback import Feedback, FeedbackKind
from .how_page import HowWePersonalisePage
from .preferences import PreferenceQuestion, QuestionSource
from .profile import SealedRecord, SubjectKey
from .purpose_sites import PurposeSite
from .purposes import Purpose, PurposeVersion
from .requests import DataRequest, Erasure, RequestChannel, RequestKind, Tombstone
from .restriction import RestrictionEvent
from .roots import DailyRoot
from .segments import FactRule, SegmentPolicy
from .sensitive import SensitiveCategory

__all__ = [
    "AgeLimit",
    "ConsentEvent",
    "ConsentMethod",
    "ConsentState",
    "Controller",
    "DailyRoot",
    "DataRequest",
    "Disclosure",
    "Erasure",
    "FactRule",
    "Feedback",
    "FeedbackKind",
    "HowWePersonalisePage",
    "Notice",
    "PreferenceQuestion",
    "Purpose",
    "PurposeSite",
    "PurposeVersion",
    "QuestionSource",
    "RequestChannel",
    "RequestKind",
    "RestrictionEvent",
    "SealedRecord",
    "SegmentPolicy",
    "SensitiveCategory",
    "Subject",
    "SubjectKey",
    "Tombstone",
]
