"""One cell at a time: what a person meant by what Excel kept. Everything here is pure."""

import datetime as dt
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import phonenumbers

from safar.cases.importers.register import words

EXCEL_EPOCH = dt.date(1899, 12, 30)  # Excel counts a 29 February 1900 that never was; from March 1900 on this is right
_SERIALS = range(20_000, 80_000)  # 1954 to 2119: what stands in a date column as a bare number
_EARLIEST_YEAR, _CENTURY = 2000, 100
_NUMBERS = re.compile(r"^(\d{1,4})\s*[./\-–, ]\s*(\d{1,2})\s*[./\-–, ]\s*(\d{2,4})$")
_WORDED = re.compile(r"^(\d{1,2})[\s.\-–]*([^\W\d_]+)[\s.,\-–]*(\d{2,4})?(?!\d)")
# What clerks put after a year: 2026 г., 1990 г.р., 2026y., 1994-yil, 2026 йил.
_TAIL = re.compile(r"(?:г|р|й|y|год|года|рождения|yil|yili|йил|йили|с|сол|соли)\.?$", re.IGNORECASE)
_SOLI = re.compile(r"\b(соли|yil|йил|года?)\b", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"^\d[.,]\d+e\+?\d+$", re.IGNORECASE)
_BETWEEN_PHONES = re.compile(r"[,;/\n]|\s{3,}|\bva\b|\bи\b")
_AGE = re.compile(r"^\D{0,6}(\d{1,3})\D{0,8}$")
_OLDEST = 110


@dataclass(frozen=True, slots=True)
class UnreadableError(Exception):
    """What a cell holds cannot be read; `code` says why, `text` is what stands there."""

    code: str
    text: str


def text_of(value: object) -> str:
    """Return a cell as the text a person sees: whole numbers without `.0`, dates as dates."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return " ".join(str(value).split()) if not isinstance(value, str) else value.strip()


def date_of(value: object) -> dt.date | None:
    """Return the day a cell means, None when it is empty; day before month wherever both readings are possible."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_serial(value)
    text = text_of(value)
    if not text:
        return None
    found = _from_text(text)
    if found is None:
        raise UnreadableError("date_unreadable", text)
    return found


def _from_serial(value: float) -> dt.date:
    if not math.isfinite(value) or int(value) not in _SERIALS:
        raise UnreadableError("date_unreadable", text_of(value))
    return EXCEL_EPOCH + dt.timedelta(days=int(value))


def _from_text(text: str) -> dt.date | None:
    if text.isdecimal() and int(text) in _SERIALS:
        return _from_serial(int(text))
    plain = _without_tail(text.removesuffix(" 00:00:00"))
    if match := _NUMBERS.match(plain):
        return _from_numbers(*(int(part) for part in match.groups()))
    if (match := _WORDED.match(_SOLI.sub(" ", plain))) and match.group(3):
        month = words.months().get(words.fold(match.group(2)))
        return _day(int(match.group(3)), month, int(match.group(1))) if month else None
    return None


def _without_tail(text: str) -> str:
    """Remove the words for year, born and the like after a date, however many stand there."""
    while (shorter := _TAIL.sub("", text.strip()).strip(" .-–")) != text:
        text = shorter
    return text


def _from_numbers(first: int, second: int, third: int) -> dt.date | None:
    if first >= _CENTURY:
        return _day(first, second, third)
    # 25.03 is 25 March; 03/25, as an American Excel writes it, can only be the same day.
    return _day(third, second, first) or _day(third, first, second)


def _day(year: int, month: int | None, day: int) -> dt.date | None:
    full_year = year + _EARLIEST_YEAR if year < _CENTURY else year
    try:
        return dt.date(full_year, month or 0, day)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Born:
    """A birth as well as a register knows it."""

    year: int
    month: int | None = None
    day: int | None = None


def birth_of(value: object, on: dt.date) -> Born | None:
    """Return the day or the year of birth a cell means; two-digit years lie in the past of `on`."""
    text = text_of(value)
    if not text:
        return None
    year_alone = _without_tail(text)
    if year_alone.isdecimal() and len(year_alone) in {2, 4} and int(year_alone) <= on.year:
        return _checked(Born(_birth_year(int(year_alone), on)), text, on)
    try:
        day = date_of(value)
    except UnreadableError:
        raise UnreadableError("birth_unreadable", text) from None
    if day is None:  # pragma: no cover  (an empty cell has returned above)
        return None
    # 12.05.90 was read as 2090: a birth written with two figures lies in the past.
    year = day.year - _CENTURY if day > on and str(day.year) not in text else day.year
    return _checked(Born(year, day.month, day.day), text, on)


def _birth_year(year: int, on: dt.date) -> int:
    if year >= _CENTURY:
        return year
    return year + _EARLIEST_YEAR if year + _EARLIEST_YEAR <= on.year else year + _EARLIEST_YEAR - _CENTURY


def _checked(born: Born, text: str, on: dt.date) -> Born:
    if not on.year - _OLDEST <= born.year <= on.year:
        raise UnreadableError("birth_impossible", text)
    return born


def age_of(value: object) -> int | None:
    """Return completed years; "34 yosh", "34 лет" and 34.0 are 34."""
    text = text_of(value)
    if not text:
        return None
    match = _AGE.match(text)
    if not match or not 0 < int(match.group(1)) <= _OLDEST:
        raise UnreadableError("age_unreadable", text)
    return int(match.group(1))


def phones_of(value: object, country: str) -> list[str]:
    """Return the numbers of a cell in E.164, undoing what Excel does to numbers; raises when digits are lost."""
    text = text_of(value)
    found = list(dict.fromkeys(_phone(part, country) for part in _phone_parts(text)))
    if text and not found:
        raise UnreadableError("phone_unreadable", text)
    return found


def _phone_parts(text: str) -> Iterator[str]:
    if _SCIENTIFIC.match(text):
        # 9.98901E+11 as text: Excel has thrown the last digits away, nobody can bring them back.
        raise UnreadableError("phone_digits_lost", text)
    whole = re.sub(r"[.,]0$", "", text)
    for part in _BETWEEN_PHONES.split(whole):
        if any(character.isdecimal() for character in part):
            yield part.strip()


def _phone(part: str, country: str) -> str:
    digits = "".join(character for character in part if character.isdecimal())
    code = str(phonenumbers.country_code_for_region(country))
    international = digits.startswith(code) and len(digits) > len(code) + 6
    candidates = [f"+{digits}"] if part.startswith("+") or international else [digits]
    if len(digits) == 10 and digits.startswith(("8", "0")):  # noqa: PLR2004  (8 90 123 45 67: the old trunk prefix)
        candidates.append(digits[1:])
    if digits.startswith("810"):
        candidates.append("+" + digits[3:])
    for candidate in candidates:
        number = _parsed(candidate, country)
        if number:
            return number
    raise UnreadableError("phone_unreadable", part)


def _parsed(text: str, country: str) -> str | None:
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number) or len(str(number.national_number)) < 9:  # noqa: PLR2004  (a mobile)
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def word_of(value: object, field: str, labels: Mapping[str, str] | None = None) -> str | None:
    """Return the code of a value by the words of its column and the labels given, None when empty; raises when unknown."""
    text = text_of(value)
    folded = words.fold(text)
    if not folded:
        return None
    code = words.longest(folded, {**(labels or {}), **words.value_words(field)})
    if code is None:
        raise UnreadableError(f"{field}_unknown", text)
    return code


def consent_of(value: object) -> bool | None:
    """Return whether the register says yes, no, or nothing."""
    text = text_of(value)
    if text in {"+", "✓", "√", "✔"}:
        return True
    if text in {"-", "–", "—"}:
        return False
    code = word_of(value, "consent")
    return None if code is None else code == "yes"
