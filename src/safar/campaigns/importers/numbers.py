"""Numbers as platforms and Excel write them. What is ambiguous is refused: a wrong million is worse than a missing one."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from safar.campaigns.importers.problems import RowCode

DecimalMark = Literal[".", ","]
LARGEST = Decimal(10) ** 15
NOTHING = frozenset({"", "-", "–", "—", "--", "n/a", "na"})

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009']")
_GROUPED = re.compile(r"[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*")
_PLAIN = re.compile(r"[0-9]+")
_WHOLE_WITH_ZEROS = re.compile(r"([0-9]+)[.,]0{1,2}")
_ABBREVIATED = re.compile(r"([0-9]+(?:[.,][0-9]{1,2})?)([KMB])", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"[0-9]+(?:[.,][0-9]+)?E\+?[0-9]+", re.IGNORECASE)
_TIMES = {"K": 10**3, "M": 10**6, "B": 10**9}


class NumberError(ValueError):
    """The text is not a number we may take; `code` says why."""

    def __init__(self, code: RowCode) -> None:
        super().__init__(code)
        self.code: RowCode = code


@dataclass(frozen=True, slots=True)
class Number:
    """A value, and whether the platform had already rounded it (1.2K)."""

    value: Decimal
    rounded: bool = False


def looks_scientific(text: str) -> bool:
    """Return whether Excel has turned a long number into something like 1.22158E+17 and lost its digits."""
    return _SCIENTIFIC.fullmatch(text.strip()) is not None


def parse_count(text: str) -> Number | None:
    """Return a whole number, or None for an empty cell. Groups of three are thousands whatever separates them."""
    tight = _tight(text)
    if tight is None:
        return None
    if _PLAIN.fullmatch(tight):
        return _within_limit(Decimal(tight))
    if _GROUPED.fullmatch(tight):
        return _within_limit(Decimal(tight.replace(",", "").replace(".", "")))
    if whole := _WHOLE_WITH_ZEROS.fullmatch(tight):
        return _within_limit(Decimal(whole[1]))
    if short := _ABBREVIATED.fullmatch(tight):
        return _within_limit(Decimal(short[1].replace(",", ".")) * _TIMES[short[2].upper()], rounded=True)
    raise NumberError("not_a_count")


def parse_amount(text: str, decimal_mark: DecimalMark) -> Number | None:
    """Return a number that may have a fraction, read with the decimal mark the file uses; None for an empty cell."""
    tight = _tight(text)
    if tight is None:
        return None
    other = "," if decimal_mark == "." else "."
    grouped = rf"[0-9]{{1,3}}(?:{re.escape(other)}[0-9]{{3}})+"
    if not re.fullmatch(rf"(?:[0-9]+|{grouped})(?:{re.escape(decimal_mark)}[0-9]+)?", tight):
        raise NumberError("not_an_amount")
    return _within_limit(Decimal(tight.replace(other, "").replace(decimal_mark, ".")))


def _tight(text: str) -> str | None:
    tight = _SPACES.sub("", text)
    if tight.lower() in NOTHING:
        return None
    if tight.startswith(("-", "−")):
        raise NumberError("negative")
    if looks_scientific(tight):
        raise NumberError("shortened_number")
    return tight


def _within_limit(value: Decimal, *, rounded: bool = False) -> Number:
    if value > LARGEST:
        raise NumberError("too_large")
    return Number(value, rounded)
