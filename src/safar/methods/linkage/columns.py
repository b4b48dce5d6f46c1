"""What the model compares of a record: names as stems and skeletons, a date with its precision, phone tail, hashed document.

The columns are plain text and numbers, so that the same rules run on DuckDB and on Spark. They reveal names: personal data.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from safar.methods.linkage.families import listed_given_names
from safar.methods.names.keys import Part, pair_key, skeleton, token_key
from safar.methods.names.parsing import looks_like_family, parse_name
from safar.methods.names.phonemes import phonemes

if TYPE_CHECKING:
    import pyarrow as pa

CACHED = 400_000
"""Tokens kept while a registry is read: a country writes some hundred thousand different words into name fields."""

_PHONE_TAIL, _SHORTEST_PHONE = 9, 7
_SHORTEST_DOCUMENT = 5
_SHORTEST_NAME = 2
_EARLIEST_YEAR = 1890
_WOMEN = frozenset({"f", "female", "w", "ж", "жен", "женский", "женщина", "ayol", "аёл", "аял", "зан"})
_MEN = frozenset({"m", "male", "м", "муж", "мужской", "мужчина", "erkak", "эркак", "эркек", "мард"})
_TWINS = str.maketrans("АВСЕНКМОРТХУІ", "ABCEHKMOPTXYI")
_ISO = re.compile(r"(\d{4})(?:[-./](\d{1,2})(?:[-./](\d{1,2}))?)?(?:[T ]\d\d:\d\d.*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")
_COURTESY_AFTER_VOWEL = re.compile(
    "(?<=..[aoаояё])(?:xon|hon|khon|khan|han|хон|хан|ҳон|jon|jan|zhon|zhan|жон|жан|ҷон)$", re.IGNORECASE
)
_NOT_DIGITS = re.compile(r"\D")
_NOT_SIGNS = re.compile(r"[^A-Z0-9]")
_BACK_VOWELS = str.maketrans("auO", "ooo")


class Columns(NamedTuple):
    """One record as the model sees it; None where nothing is known."""

    number: int  # the record's place in the file: what pairs name
    family: str | None
    family_bones: str | None
    family_loose: str | None  # O or o: may a written o be another vowel; then the stem with o for a, o and u
    named_by_ending: bool  # the family name ends as family names do, so that the parts cannot have changed places
    given: str | None
    given_bones: str | None
    given_loose: str | None
    given_sounds: str | None  # before vowels that meet are made one: JSAUR is a slip of JASUR
    given_letters: str | None  # those sounds in alphabetical order: equal where two have changed places
    given_listed: bool  # among the given names the region is known to use
    father: str | None
    father_bones: str | None
    pair: int | None  # family and given name, in any order
    pair_undated: int | None  # the same where no year is known
    sex: str | None
    year: str | None
    born: str | None  # YYYYMMDD, only of dates known in full
    born_crossed: str | None  # YYYYDDMM
    birthday: str | None  # MMDD
    phone: str | None
    document: int | None
    district: str | None


@dataclass(frozen=True, slots=True)
class Born:
    """A date of birth as the model takes it: 1 January stands in registers for some day of that year."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def is_full(self) -> bool:
        return None not in (self.year, self.month, self.day) and (self.month, self.day) != (1, 1)


NOT_BORN = Born()


def columns(number: int, row: Sequence[str]) -> Columns:
    """Return what the model compares of a row (rid, surname, given, patronymic, sex, dob, phone, passport, district).

    Raises ValueError where the date of birth cannot be read.
    """
    _, surname, given, patronymic, sex, dob, phone, passport, district, *_ = row
    parsed = parse_name(surname, given, patronymic)
    family, family_bones, family_loose, named_by_ending = _family(parsed.family)
    own, own_bones, own_loose, own_sounds, own_letters, listed = _given(parsed.given)
    father, father_bones = _father(parsed.patronymic)
    year, full, crossed, birthday = _dated(dob)
    pair = _pair(family_bones, own_bones) if family_bones and own_bones else None
    return Columns(
        number,
        family,
        family_bones,
        family_loose,
        named_by_ending,
        own,
        own_bones,
        own_loose,
        own_sounds,
        own_letters,
        listed,
        father,
        father_bones,
        pair,
        None if year else pair,
        sex_of(sex),
        year,
        full,
        crossed,
        birthday,
        phone_tail(phone),
        document_hash(passport),
        district.strip().casefold() or None,
    )


def table(rows: Iterable[Columns]) -> "pa.Table":
    """Return the columns of records as an Arrow table."""
    import pyarrow as pa

    kinds = {"number": pa.int64(), "pair": pa.int64(), "pair_undated": pa.int64(), "document": pa.int64()}
    kinds |= {"given_listed": pa.bool_(), "named_by_ending": pa.bool_()}
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in Columns._fields])  # noqa: SLF001  (a named tuple documents it)
    listed = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.Table.from_arrays(
        [pa.array(values, kind) for values, kind in zip(listed, schema.types, strict=True)], schema=schema
    )


# One look-up a part: a record has three, and a registry of a million would ask for each column apart twelve million times.
@lru_cache(CACHED)
def _family(part: str) -> tuple[str | None, str | None, str | None, bool]:
    """Return stem, skeleton, loose stem of a family name and whether its ending says what it is."""
    token = part.replace(" ", "")
    if len(token) < _SHORTEST_NAME:
        return None, None, None, False
    return token_key(token, "family"), skeleton(token), _loose(token, "family"), looks_like_family(token)


@lru_cache(CACHED)
def _given(part: str) -> tuple[str | None, str | None, str | None, str | None, str | None, bool]:
    """Return stem, skeleton, loose stem, sounds, their letters of a given name and whether it is listed."""
    token = part.replace(" ", "")
    if len(token) < _SHORTEST_NAME:
        return None, None, None, None, None, False
    plain = _plain(token)
    stem, sounds = token_key(plain, "given"), phonemes(plain)
    return stem, skeleton(token), _loose(plain, "given"), sounds, "".join(sorted(sounds)), stem in _listed_stems()


@lru_cache(CACHED)
def _father(part: str) -> tuple[str | None, str | None]:
    token = part.replace(" ", "")
    return (token_key(token, "patronymic"), skeleton(token)) if len(token) >= _SHORTEST_NAME else (None, None)


@cache
def _listed_stems() -> frozenset[str]:
    return frozenset(token_key(_plain(name.replace(" ", "")), "given") for name in listed_given_names())


@lru_cache(CACHED)
def _pair(one: str, other: str) -> int:
    return pair_key(one, other)


def _loose(token: str, part: Part) -> str:
    """Return O or o and the stem with its back vowels as one.

    O marks a written letter that clerks read in two ways: a Latin o that may be oʻ without its apostrophe (OTKIR), and the
    Kyrgyz ө, which Russian spelling writes о.
    """
    stem = token_key(token, part, open_o=True)
    return ("O" if "O" in stem or "ө" in token.lower() else "o") + stem.translate(_BACK_VOWELS)


@lru_cache(CACHED)
def _dated(dob: str) -> tuple[str | None, str | None, str | None, str | None]:
    """Return the year, and of a date known in full YYYYMMDD, YYYYDDMM and MMDD."""
    born = birth(dob)
    year = f"{born.year:04}" if born.year else None
    if not born.is_full:
        return year, None, None, None
    month, day = f"{born.month:02}", f"{born.day:02}"
    return year, f"{year}{month}{day}", f"{year}{day}{month}", month + day


def _plain(given: str) -> str:
    """Return a given name without a courtesy after a vowel, which would hide the vowel: Zulfiyaxon is Zulfiya."""
    return _COURTESY_AFTER_VOWEL.sub("", given)


@lru_cache(50_000)
def birth(text: str) -> Born:
    """Return a date written 1985-03-07, 07.03.1985, 7/3/1985, 1985-03 or 1985, or none where nothing is written.

    Raises ValueError for anything else and for dates that are none.
    """
    text = text.strip()
    if not text:
        return NOT_BORN
    if match := _ISO.fullmatch(text):
        year, month, day = (int(part) if part else 0 for part in match.groups())
    elif match := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
    else:
        raise ValueError(f"the date of birth {text!r} is neither YYYY-MM-DD nor DD.MM.YYYY nor a year")
    if not _EARLIEST_YEAR <= year <= dt.datetime.now(dt.UTC).year:
        raise ValueError(f"nobody in this registry was born in {year}")
    try:
        dt.date(year, month or 1, day or 1)
    except ValueError:
        raise ValueError(f"the date of birth {text!r} is no date") from None
    return Born(year, month or None, (day or None) if month else None)


def sex_of(text: str) -> str | None:
    """Return f or m for the words registers use, None for anything else."""
    word = text.strip().casefold()
    return "f" if word in _WOMEN else "m" if word in _MEN else None


def phone_tail(text: str) -> str | None:
    """Return the last nine digits of a phone number, None where there are too few to tell people apart."""
    digits = _NOT_DIGITS.sub("", text)[-_PHONE_TAIL:]
    return digits if len(digits) >= _SHORTEST_PHONE and len(set(digits)) > 1 else None


def document_hash(text: str) -> int | None:
    """Return a signed 64-bit hash of a document number, whatever its spaces, case and look-alike letters."""
    signs = _NOT_SIGNS.sub("", unicodedata.normalize("NFKC", text).upper().translate(_TWINS))
    if len(signs) < _SHORTEST_DOCUMENT or len(set(signs)) == 1:
        return None
    return int.from_bytes(blake2b(signs.encode(), digest_size=8).digest(), "big", signed=True)
