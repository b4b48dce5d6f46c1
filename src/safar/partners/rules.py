"""What is true of a partnership whatever stores it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

EXPIRING_WITHIN_DAYS = 60
QUIET_AFTER_DAYS = 180


@dataclass(frozen=True, slots=True)
class PartnerDetails:
    """What is recorded of a partner: names as the partner writes them in each language, one focal point, what they offer."""

    kind: str
    type: str
    name: Mapping[str, str]
    region: str = ""
    district: str = ""
    focal_name: str = ""
    focal_role: str = ""
    focal_phone: str = ""
    focal_email: str = ""
    website: str = ""
    topics: tuple[str, ...] = field(default=())
    note: str = ""


@dataclass(frozen=True, slots=True)
class AgreementDetails:
    """What was signed, when, and until when it holds; an agreement without an end has none."""

    kind: str
    signed_on: dt.date
    expires_on: dt.date | None = None
    note: str = ""


def agreement_standing(expires_on: dt.date | None, today: dt.date) -> str:
    """Return `open`, `valid`, `expiring` (within sixty days) or `expired`."""
    if expires_on is None:
        return "open"
    if expires_on < today:
        return "expired"
    return "expiring" if expires_on <= today + dt.timedelta(days=EXPIRING_WITHIN_DAYS) else "valid"
