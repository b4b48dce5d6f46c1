"""When a fact is still to be relied on, and what a version of it holds."""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal

from safar.guide.enums import Freshness
from safar.methods.names.transliteration import to_cyrillic

DUE_WITHIN_DAYS = 30
DEFAULT_VALID_DAYS = 180
# Advice on a fraud of five years ago still teaches; a fee does not: the file says which, within this limit.
LONGEST_VALID_DAYS = 1825
# Names of tests, applications and web sites are looked for as they are written at the counter: EPS-TOPIK, RuID, migration.uz.
_AS_WRITTEN = re.compile(r"(\b[A-Za-z]*[A-Z][A-Z0-9]+[-A-Z0-9]*\b|\b[A-Z]-\d+\b|\b[\w-]+\.(?:uz|ru|kg|tj|com|org)\b)")


@dataclass(frozen=True, slots=True)
class FactContent:
    """What one version of a fact says and where that comes from; everything a reader needs to judge it."""

    title: Mapping[str, str]
    statement: Mapping[str, str]
    source_title: str
    source_url: str
    source_date: dt.date
    value: Decimal | None = None
    unit: str = ""
    law_version: str = ""
    valid_days: int = DEFAULT_VALID_DAYS

    def fingerprint(self) -> str:
        """Return a hash of everything said, so that loading the same content twice changes nothing."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True, default=str).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class FactPlace:
    """Where a fact stands: its kind, its destination and section, and the counselling topics it answers."""

    key: str
    kind: str
    destination: str = ""
    section: str = ""
    position: int = 0
    topics: tuple[str, ...] = field(default=())


def freshness(expires_on: dt.date, today: dt.date) -> Freshness:
    """Return how far a fact can be relied on: through its last day, due for a check in the thirty days before."""
    if expires_on < today:
        return Freshness.EXPIRED
    if expires_on <= today + dt.timedelta(days=DUE_WITHIN_DAYS):
        return Freshness.DUE
    return Freshness.FRESH


def expiry(verified_on: dt.date, valid_days: int) -> dt.date:
    return verified_on + dt.timedelta(days=valid_days)


def in_cyrillic(text: str) -> str:
    """Return Uzbek Latin text in Cyrillic, with abbreviations and web addresses left as they are."""
    pieces = _AS_WRITTEN.split(text)
    return "".join(piece if index % 2 else to_cyrillic(piece) for index, piece in enumerate(pieces))
