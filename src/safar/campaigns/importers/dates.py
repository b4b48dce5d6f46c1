"""Dates in exports. Meta writes MM/DD/YYYY HH:MM; other settings and Excel turn that around."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Literal

Order = Literal["month_first", "day_first"]

_TIME = r"(?:[ T,]+([0-9]{1,2}):([0-9]{2})(?::[0-9]{2})?(?:\.[0-9]+)?(?: ?([AaPp])\.?[Mm]\.?)?)?"
_SLASHES = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})" + _TIME)
_DOTS = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})" + _TIME)
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})" + _TIME)
_MONTHS = _HOURS = 12
# No platform is older and no export younger; outside, a date is a typing slip or a cell of another kind.
_YEARS = range(2000, 2100)


def order_of(texts: Iterable[str]) -> Order:
    """Return whether a file writes the day first, from the dates that can be read in only one way.

    A file is read in one order as a whole: 03/04 beside 25/04 must not become the fourth of March.
    """
    found = [(int(m[1]), int(m[2])) for m in map(_SLASHES.fullmatch, (text.strip() for text in texts)) if m]
    only_day_first = any(first > _MONTHS >= second for first, second in found)
    only_month_first = any(second > _MONTHS >= first for first, second in found)
    return "day_first" if only_day_first and not only_month_first else "month_first"


def parse_moment(text: str, order: Order) -> dt.datetime | None:
    """Return the moment without a zone, since exports state none; None when it is not a date."""
    text = text.strip()
    if match := _SLASHES.fullmatch(text):
        first, second, year, *time = match.groups()
        day, month = (first, second) if order == "day_first" else (second, first)
    elif match := _DOTS.fullmatch(text):
        day, month, year, *time = match.groups()
    elif match := _ISO.fullmatch(text):
        year, month, day, *time = match.groups()
    else:
        return None
    if int(year) not in _YEARS:
        return None
    hour, minute, half = time
    try:
        return dt.datetime(int(year), int(month), int(day), _hour(hour, half), int(minute or 0))  # noqa: DTZ001  (no zone in the file)
    except ValueError:
        return None


def _hour(text: str | None, half: str | None) -> int:
    hour = int(text or 0)
    if not half:
        return hour
    if not 1 <= hour <= _HOURS:
        raise ValueError("Not an hour of a twelve-hour clock.")
    return hour % _HOURS + (_HOURS if half.lower() == "p" else 0)
