"""Terms of the W3C Data Privacy Vocabulary 2.3, by IRI."""

from collections.abc import Mapping

from ethical_personalization.core.consent import ConsentStatus
from ethical_personalization.core.purposes import LawfulBasis

DPV = "https://w3id.org/dpv#"
PERSONAL_DATA = "https://w3id.org/dpv/pd#"
GDPR = "https://w3id.org/dpv/legal/eu/gdpr#"

#: Consent by a clear act, on one purpose.
EXPRESSED = f"{DPV}ExpressedConsent"
STATES: Mapping[str, str] = {
    ConsentStatus.UNKNOWN: f"{DPV}ConsentUnknown",
    ConsentStatus.REQUESTED: f"{DPV}ConsentRequested",
    ConsentStatus.GIVEN: f"{DPV}ConsentGiven",
    ConsentStatus.REFUSED: f"{DPV}ConsentRefused",
    ConsentStatus.WITHDRAWN: f"{DPV}ConsentWithdrawn",
    ConsentStatus.EXPIRED: f"{DPV}ConsentExpired",
    ConsentStatus.INVALIDATED: f"{DPV}ConsentInvalidated",
    ConsentStatus.OBJECTED: f"{GDPR}A21",  # no state of consent: the right that she used
}
BASES: Mapping[str, str] = {
    LawfulBasis.CONSENT: f"{GDPR}A6-1-a",
    LawfulBasis.CONTRACT: f"{GDPR}A6-1-b",
    LawfulBasis.LEGITIMATE_INTEREST: f"{GDPR}A6-1-f",
}
