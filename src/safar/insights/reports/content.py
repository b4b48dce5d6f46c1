"""What a month report says, apart from how it is drawn and in which language: codes and numbers only."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from typing import Any

FORMAT = 1


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One indicator's figure with the month before and the months that led here; None is hidden or not known."""

    number: int
    code: str
    unit: str
    value: int | None
    previous: int | None
    trend: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One indicator by one or two dimensions with all totals; a one-way table has no columns."""

    code: str
    indicator: str
    unit: str
    row_dimension: str
    column_dimension: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None


@dataclass(frozen=True, slots=True)
class SessionLine:
    key: int
    held_on: dt.date
    session_type: str
    region: str
    district: str
    host: str
    language: str
    attendances: int | None


@dataclass(frozen=True, slots=True)
class PostLine:
    """What a platform says of one post or one account, under the platform's own name for it."""

    platform: str
    account: str
    post: str
    campaign: str
    promotion: str
    native_name: str
    value: int
    window_start: dt.date | None
    window_end: dt.date | None
    captured_on: dt.date


@dataclass(frozen=True, slots=True)
class PlatformLine:
    """Showings of all posts of one platform."""

    platform: str
    measure: str
    posts: int
    value: int


@dataclass(frozen=True, slots=True)
class ReferenceLine:
    """A figure somebody else published, with its source; it stands beside ours and is never added to it."""

    indicator: str
    label: dict[str, str]
    place: str
    value: int
    qualifier: str
    unit: str
    period: str
    source: str
    address: str
    published_on: str
    note: str


@dataclass(frozen=True, slots=True)
class Protection:
    """How small counts were hidden and what the auditor found."""

    method: str
    threshold: int
    sensitive_threshold: int
    hidden: int
    exposed: int
    passed: bool


@dataclass(frozen=True, slots=True)
class MonthReport:
    """One month of one centre, or of the whole node when `centre` is empty."""

    format: int
    country: str
    centre: str
    centre_name: dict[str, str]
    month: str
    data_version: str
    definitions_version: str
    is_demo: bool
    figures: tuple[FigureLine, ...]
    breakdowns: tuple[Breakdown, ...]
    sessions: tuple[SessionLine, ...]
    sessions_waiting: int
    posts: tuple[PostLine, ...]
    platforms: tuple[PlatformLine, ...]
    followers: tuple[PostLine, ...]
    references: tuple[ReferenceLine, ...]
    protection: Protection | None

    def figure(self, code: str) -> FigureLine:
        return next(line for line in self.figures if line.code == code)

    def breakdown(self, code: str) -> Breakdown:
        return next(table for table in self.breakdowns if table.code == code)

    @property
    def is_empty(self) -> bool:
        return not any(line.value for line in self.figures) and not self.posts and not self.followers


@cache
def _adapter() -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(MonthReport)


def as_data(report: MonthReport) -> dict[str, Any]:
    """Return the report as plain JSON values."""
    data: dict[str, Any] = _adapter().dump_python(report, mode="json")
    return data


def from_data(data: dict[str, Any]) -> MonthReport:
    """Return the report a frozen run holds; raises ValidationError when it is not one."""
    report: MonthReport = _adapter().validate_python(data)
    return report


def canonical(data: object) -> str:
    """Return the one way to write these values: same figures, same bytes."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
