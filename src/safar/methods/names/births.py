"""How two dates of birth agree when clerks keep a year, guess the first of January or change day and month."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import OSA

BirthLevel = Literal[
    "same_date", "same_month", "same_year", "swapped", "one_digit", "near_year", "same_day", "different", "missing"
]

# A slip of the pen changes or exchanges two digits of a date at most; more is another person's birthday.
_MOST_SLIPS = 2


@dataclass(frozen=True, slots=True)
class Birth:
    """A date of birth as far as it is known; no year is no date."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def is_full(self) -> bool:
        """Whether day and month are known. 1 January stands in registers for "some day of that year", so it is partial."""
        return None not in (self.year, self.month, self.day) and (self.month, self.day) != (1, 1)

    @property
    def digits(self) -> str:
        """The whole date in eight digits."""
        return f"{self.year:04}{self.month or 0:02}{self.day or 0:02}"

    def __str__(self) -> str:
        if self.year is None:
            return ""
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part is not None)])


UNKNOWN = Birth()
_YEAR_FIRST = re.compile(r"(\d{4})(?:[-./](\d{1,2})(?:[-./](\d{1,2}))?)?")
_DAY_FIRST = re.compile(r"(?:(\d{1,2})[-./])?(\d{1,2})[-./](\d{4})")


def read_birth(text: str) -> Birth:
    """Return a date written 1985-03-07, 07.03.1985, 7/3/1985, 03.1985, 1985-03 or 1985; nothing where nothing is written.

    Raises ValueError for anything else and for days that no calendar has.
    """
    written = text.strip()
    if not written:
        return UNKNOWN
    if match := _YEAR_FIRST.fullmatch(written):
        year, month, day = (int(part) if part and int(part) else None for part in match.groups())
    elif match := _DAY_FIRST.fullmatch(written):
        day, month, year = (int(part) if part and int(part) else None for part in match.groups())
    else:
        raise ValueError(f"date of birth {written!r} is neither YYYY-MM-DD nor DD.MM.YYYY nor a year")
    day = day if month else None
    try:
        dt.date(year or 0, month or 1, day or 1)
    except ValueError:
        raise ValueError(f"date of birth {written!r} is no date") from None
    return Birth(year, month, day)


def compare_births(left: Birth, right: Birth) -> BirthLevel:
    """Return how two dates of birth agree.

    same_date: both in full and equal. same_month, same_year: equal as far as both are known. swapped: day and month changed
    places. one_digit: a slip of one digit. near_year: a partial date one year off, as ages give. same_day: the day and month
    agree and the year does not.
    """
    if left.year is None or right.year is None:
        return "missing"
    if not (left.is_full and right.is_full):
        return _compare_partial(left, right)
    if left == right:
        return "same_date"
    if left.year == right.year and (left.month, left.day) == (right.day, right.month):
        return "swapped"
    if OSA.distance(left.digits, right.digits) <= 1:
        return "one_digit"
    return "same_day" if (left.month, left.day) == (right.month, right.day) else _by_year(left, right)


def contradict(left: Birth, right: Birth) -> bool:
    """Whether two dates cannot be one date with a slip: another year and more than two digits, or years too far apart."""
    level = compare_births(left, right)
    if level != "different":
        return False
    if left.is_full and right.is_full:
        return left.year != right.year and OSA.distance(left.digits, right.digits) > _MOST_SLIPS
    return OSA.distance(str(left.year), str(right.year)) > 1


def _compare_partial(left: Birth, right: Birth) -> BirthLevel:
    if left.year != right.year:
        return _by_year(left, right)
    whole_months = None not in (left.month, right.month) and not {(left.month, left.day), (right.month, right.day)} & {
        (1, 1)
    }
    return "same_month" if whole_months and left.month == right.month else "same_year"


def _by_year(left: Birth, right: Birth) -> BirthLevel:
    if left.year == right.year:
        return "same_year"
    one_off = abs((left.year or 0) - (right.year or 0)) == 1
    return "near_year" if one_off and not (left.is_full and right.is_full) else "different"
