"""Which breakdowns the month report holds, and the order of their rows."""

from collections.abc import Iterable
from dataclasses import dataclass

from safar.reference.queries.codes import code_list

UNKNOWN = "unknown"
# The code list behind a dimension; places and campaigns are not code lists.
LISTS = {
    "sex": "sex",
    "age_band": "age_band",
    "category": "client_category",
    "mode": "mode",
    "primary_topic": "topic",
    "session_type": "session_type",
    "service": "referral_service",
    "heard_via": "heard_via",
    "country_of_return": "destination",
    "return_type": "return_type",
    "recipient_type": "partner_type",
    "initiator": "initiator",
    "destination": "destination",
    "language": "language",
}
PLACES = {"region", "district"}
# Shown whole, so that an empty band is visible as a zero; of long lists only what occurs.
_SHOWN_WHOLE = {"sex", "age_band"}


@dataclass(frozen=True, slots=True)
class TableSpec:
    code: str
    indicator: str
    dimensions: tuple[str, ...]


TABLES = (
    TableSpec("persons_by_sex_age", "persons_counselled", ("age_band", "sex")),
    TableSpec("persons_by_region", "persons_counselled", ("region",)),
    TableSpec("persons_by_category", "persons_counselled", ("category",)),
    TableSpec("new_clients_by_sex", "new_clients", ("sex",)),
    TableSpec("contacts_by_mode", "contacts", ("mode",)),
    TableSpec("contacts_by_topic", "contacts", ("primary_topic",)),
    TableSpec("attendances_by_sex_age", "session_attendances", ("age_band", "sex")),
    TableSpec("sessions_by_type", "sessions_held", ("session_type",)),
    TableSpec("sessions_by_region", "sessions_held", ("region",)),
    TableSpec("referrals_by_service", "referrals_made", ("service",)),
    TableSpec("returnees_by_country", "returnees_assisted", ("country_of_return",)),
    TableSpec("campaign_contacts_by_campaign", "campaign_contacts", ("campaign_code",)),
)


def ordered(dimension: str, found: Iterable[str]) -> tuple[str, ...]:
    """Return labels in the order of their list, never of their counts: an order by size would tell of hidden ones."""
    found = set(found)
    if dimension not in LISTS:
        known = sorted(found - {UNKNOWN})
    else:
        listed = [value.code for value in code_list(LISTS[dimension]).values]
        known = [code for code in listed if code in found or dimension in _SHOWN_WHOLE]
        known += sorted(found - set(listed))
        known = [code for code in known if code != UNKNOWN]
    return (*known, *([UNKNOWN] if UNKNOWN in found or dimension in _SHOWN_WHOLE else []))


def is_sensitive(dimension: str, code: str) -> bool:
    """Whether counts of this category follow the stricter threshold: minors, and what its code list marks."""
    if dimension == "age_band" and code == "u18":
        return True
    value = code_list(LISTS[dimension]).get(code) if dimension in LISTS else None
    return bool(value and value.sensitive)
