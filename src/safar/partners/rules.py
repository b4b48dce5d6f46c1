"""What is true of a partnership whatever stores it."""

import datetime as dt
import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

EXPIRING_WITHIN_DAYS = 60
QUIET_AFTER_DAYS = 180
# A directory nobody checks sends people to closed doors: after a season somebody asks again, after two it says so to all.
CHECK_AFTER_DAYS = 90
STALE_AFTER_DAYS = 180
EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG


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


@dataclass(frozen=True, slots=True)
class ServiceDetails:
    """What the directory says of one service of a partner; names follow HSDS where it has one."""

    service_type: str
    description: str = ""
    region: str = ""
    district: str = ""
    address: str = ""
    schedule: str = ""
    languages: Sequence[str] = ()
    cost: str = "unknown"
    fees_description: str = ""
    capacity: str = "unknown"
    capacity_available: int | None = None
    wait_days: int | None = None
    eligibility_description: str = ""
    application_process: str = ""
    phone: str = ""
    email: str = ""
    url: str = ""
    status: str = "active"


def freshness(assured_on: dt.date, today: dt.date) -> str:
    """Return `fresh`, `due` (somebody should ask again) or `stale` (do not rely on it) by the age of the last check."""
    age = (today - assured_on).days
    if age <= CHECK_AFTER_DAYS:
        return "fresh"
    return "due" if age <= STALE_AFTER_DAYS else "stale"


def nearness(*, of_region: str, of_district: str, near_region: str, near_district: str) -> str:
    """Return how near a service is to a person by their codes of places: `Nearness` without a distance."""
    if not of_region:
        return "everywhere"
    if not near_region:
        return "unknown"
    if of_district and of_district == near_district:
        return "district"
    return "region" if of_region == near_region else "farther"


Point = tuple[float, float]


def centroid(geometry: Mapping[str, Any]) -> Point:
    """Return (longitude, latitude) of the middle of a GeoJSON Polygon or MultiPolygon, weighted by the area of its outer rings.

    Good enough to say which region is nearer; a region's middle is not where its people live, and pages say so.
    """
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    parts = [_ring(polygon[0]) for polygon in polygons]
    area = sum(part[0] for part in parts)
    return sum(part[0] * part[1] for part in parts) / area, sum(part[0] * part[2] for part in parts) / area


def _ring(points: Sequence[Sequence[float]]) -> tuple[float, float, float]:
    """Return (area, x, y) of a closed ring in plane degrees by the shoelace formula."""
    doubled = x = y = 0.0
    for first, second in itertools.pairwise(points):
        cross = first[0] * second[1] - second[0] * first[1]
        doubled += cross
        x += (first[0] + second[0]) * cross
        y += (first[1] + second[1]) * cross
    return abs(doubled) / 2, x / (3 * doubled), y / (3 * doubled)


def distance_km(one: Point, other: Point) -> float:
    """Return the great-circle distance of two (longitude, latitude) points in kilometres (haversine)."""
    (lon1, lat1), (lon2, lat2) = ((math.radians(lon), math.radians(lat)) for lon, lat in (one, other))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half))
