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
    family_loose: (
        str | None
    )  # O or o, whether a written o may stand for another vowel, then the stem with o for a, o, u
    given: str | None
    given_bones: str | None
    given_loose: str | None
    given_sounds: str | None  # before vowels that meet are made one: JSAUR is a slip of JASUR
    given_letters: str | None  # those sounds in alphabetical order: equal where two have changed places
    given_listed: bool  # among the given names the region is known to use
    father: str | None
    father_bones: str | None
    named_by_ending: bool  # the family name ends as family names do, so that the parts cannot have changed places
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
    family, own, father = (part.replace(" ", "") for part in (parsed.family, parsed.given, parsed.patronymic))
    family_bones, own_bones = _bones(family), _bones(own)
    pair = pair_key(family_bones, own_bones) if family_bones and own_bones else None
    born = birth(dob)
    full = f"{born.year:04}{born.month:02}{born.day:02}" if born.is_full else None
    return Columns(
        number,
        _family_stem(family),
        family_bones,
        _loose(family, "family"),
        _given_stem(own),
        own_bones,
        _loose(own, "given"),
        _sounds(own),
        _letters(own),
        _is_listed(own),
        _father_stem(father),
        _bones(father),
        looks_like_family(family),
        pair,
        pair if born.year is None else None,
        sex_of(sex),
        str(born.year) if born.year else None,
        full,
        f"{full[:4]}{full[6:]}{full[4:6]}" if full else None,
        full[4:] if full else None,
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


@lru_cache(CACHED)
def _bones(token: str) -> str | None:
    return skeleton(token) if len(token) >= _SHORTEST_NAME else None


@lru_cache(CACHED)
def _family_stem(token: str) -> str | None:
    return token_key(token, "family") if len(token) >= _SHORTEST_NAME else None


@lru_cache(CACHED)
def _given_stem(token: str) -> str | None:
    return token_key(_plain(token), "given") if len(token) >= _SHORTEST_NAME else None


@lru_cache(CACHED)
def _sounds(token: str) -> str | None:
    return (phonemes(_plain(token)) or None) if len(token) >= _SHORTEST_NAME else None


@lru_cache(CACHED)
def _letters(token: str) -> str | None:
    sounds = _sounds(token)
    return "".join(sorted(sounds)) if sounds else None


@lru_cache(CACHED)
def _is_listed(token: str) -> bool:
    return _given_stem(token) in _listed_stems()


@cache
def _listed_stems() -> frozenset[str]:
    stems = (_given_stem(name.replace(" ", "")) for name in listed_given_names())
    return frozenset(stem for stem in stems if stem)


@lru_cache(CACHED)
def _father_stem(token: str) -> str | None:
    return token_key(token, "patronymic") if len(token) >= _SHORTEST_NAME else None


@lru_cache(CACHED)
def _loose(token: str, part: Part) -> str | None:
    """Return O or o and the stem with its back vowels as one.

    O marks a written letter that clerks read in two ways: a Latin o that may be oʻ without its apostrophe (OTKIR), and the
    Kyrgyz ө, which Russian spelling writes о.
    """
    if len(token) < _SHORTEST_NAME:
        return None
    stem = token_key(_plain(token) if part == "given" else token, part, open_o=True)
    two_ways = "O" in stem or "ө" in token.lower()
    return ("O" if two_ways else "o") + stem.translate(_BACK_VOWELS)


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
