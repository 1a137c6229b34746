"""What is stored."""

from .consent import (
    ConsentEvent,
    ConsentMethod,
    ConsentState,
    Notice,
    Subject,
)
from .controllers import Controller
from .preferences import PreferenceQuestion, QuestionSource
from .profile import SealedRecord, SubjectKey
from .purposes import Purpose, PurposeVersion
from .roots import DailyRoot
from .segments import FactRule, SegmentPolicy

__all__ = [
    "ConsentEvent",
    "ConsentMethod",
    "ConsentState",
    "Controller",
    "DailyRoot",
    "FactRule",
    "Notice",
    "PreferenceQuestion",
    "Purpose",
    "PurposeVersion",
    "QuestionSource",
    "SealedRecord",
    "SegmentPolicy",
    "Subject",
    "SubjectKey",
]
