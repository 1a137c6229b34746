"""Terms of the W3C Data Privacy Vocabulary that our names may come from, as published.

From https://github.com/w3c/dpv: 2.2/pd/pd.csv, 2.2/dpv/modules/consent_status.csv and
2.2/legal/eu/gdpr/modules/legal_basis.csv and rights.csv, release 2.2 of the Data Privacy
Vocabularies and Controls Community Group (W3C Document License). The names of purposes are
those of DPV 2.3. Only what a shop may come across is here; take more from there, never from memory.
"""

#: https://w3id.org/dpv/pd# without what is special or about other walks of life.
PERSONAL_DATA = {
    "AccountIdentifier",
    "Age",
    "AgeRange",
    "Behavioral",
    "BrowserHistory",
    "BrowsingBehavior",
    "BrowsingReferral",
    "City",
    "Contact",
    "Country",
    "Demographic",
    "DeviceBased",
    "DeviceOperatingSystem",
    "DeviceSoftware",
    "Dislike",
    "EmailAddress",
    "Gender",
    "Geographic",
    "GroupMembership",
    "GroupProfile",
    "Height",
    "HouseNumber",
    "IPAddress",
    "Identifier",
    "Identifying",
    "IndividualProfile",
    "Intention",
    "Interest",
    "Language",
    "Like",
    "LinkClicked",
    "Location",
    "Name",
    "Opinion",
    "PhysicalAddress",
    "PhysicalCharacteristic",
    "PhysicalTrait",
    "PostalCode",
    "Preference",
    "PrivacyPreference",
    "Profile",
    "Purchase",
    "PurchasesAndSpendingHabit",
    "Region",
    "ServiceConsumptionBehavior",
    "Tracking",
    "Transaction",
    "Transactional",
    "UID",
    "UserAgent",
    "Username",
}
#: Those of them that are of special categories (GDPR Art. 9), by their own parents in pd.csv.
SPECIAL = {
    "Biometric",
    "BloodType",
    "DNACode",
    "Disability",
    "DrugTestResult",
    "Fingerprint",
    "Genetic",
    "Health",
    "HealthHistory",
    "HealthRecord",
    "IndividualHealthHistory",
    "MedicalHealth",
    "MentalHealth",
    "PhilosophicalBelief",
    "PhysicalHealth",
    "PoliticalAffiliation",
    "PoliticalOpinion",
    "Prescription",
    "Proclivity",
    "Race",
    "Religion",
    "ReligiousBelief",
    "Retina",
    "Sexual",
    "SexualHistory",
    "SexualPreference",
    "TradeUnionMembership",
}
#: https://w3id.org/dpv#
CONSENT = {
    "ConsentExpired",
    "ConsentGiven",
    "ConsentInvalidated",
    "ConsentRefused",
    "ConsentRequestDeferred",
    "ConsentRequested",
    "ConsentRevoked",
    "ConsentUnknown",
    "ConsentWithdrawn",
    "ExpressedConsent",
    "RenewedConsentGiven",
}
PURPOSES = {
    "PersonalisedBenefits",
    "ProvidePersonalisedRecommendations",
    "ProvideProductRecommendations",
    "ServicePersonalisation",
    "UserInterfacePersonalisation",
}
#: Not personal, so it is a term of the vocabulary itself and not of its extension.
NOT_PERSONAL = {"NonPersonalData"}
#: https://w3id.org/dpv/legal/eu/gdpr#
GDPR = {"A6-1-a", "A6-1-b", "A6-1-c", "A6-1-d", "A6-1-e", "A6-1-f", "A21"}
