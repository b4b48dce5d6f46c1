"""What the actions of trust take, and the plain rules they check."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

POLE, ANTIMERIDIAN = 90, 180  # degrees


@dataclass(frozen=True, slots=True)
class CentreDetails:
    """What is said about a centre, an outreach point or a mobile team; texts are keyed by language."""

    code: str
    kind: str
    name: Mapping[str, str]
    region: str
    district: str = ""
    parent_id: UUID | None = None
    address: Mapping[str, str] = field(default_factory=dict)
    hours: Mapping[str, str] = field(default_factory=dict)
    phone: str = ""
    latitude: float | None = None
    longitude: float | None = None
    opened_on: date | None = None


@dataclass(frozen=True, slots=True)
class RegisterAnswers:
    """What only this node can answer in the processing register."""

    holder_name: str = ""
    holder_tax_number: str = ""
    holder_address: str = ""
    responsible_name: str = ""
    responsible_post: str = ""
    responsible_contact: str = ""
    registration_number: str = ""
    registered_on: date | None = None
    storage_place: str = ""
    security_note: str = ""
    recipients_note: str = ""
    crosses_border: bool = False
    cross_border_note: str = ""


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which rows of the trail are wanted; what is left empty does not narrow. Both days are included."""

    staff_id: UUID | None = None
    verb: str = ""
    person_key: UUID | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class RequestDetails:
    """What a person asks about their own data, as it was received; `wish` in their words, without a name."""

    kind: str
    way: str
    received_on: date
    asked_by: str = "self"
    identity: str = "not_yet"
    wish: str = ""


def coordinates_are_plausible(latitude: float | None, longitude: float | None) -> bool:
    """Return whether both are given or none, and within the globe: a single coordinate points nowhere."""
    if latitude is None or longitude is None:
        return latitude is longitude
    return abs(latitude) <= POLE and abs(longitude) <= ANTIMERIDIAN
