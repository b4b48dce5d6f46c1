"""Finds a place from the way somebody wrote it: any script, old spellings, abbreviated kinds, lost apostrophes.

Never guesses: when two places fit, as the city and the region of Tashkent do without their kind, nothing is returned.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from safar.methods.names.phonemes import VOWELS, collapsed, phonemes
from safar.methods.names.scripts import APOSTROPHES, normalise

REGION, CITY, DISTRICT = "region", "city", "district"
REGION_LEVEL = 1
# What a place calls itself, by the words of our languages and the abbreviations of registers.
_KIND_WORDS = {
    REGION: "viloyati viloyat vil wálayatı wálayati walayati вилояти вилоят вил область области обл облусу облус region oblast province "
    "respublikasi respublika resp республикаси республика республикасы респ republic ҷумҳурии avtonom автономная автономный",
    CITY: "shahri shahar shahr shaxri sh шаҳри шаҳар шаҳр шахри шахар ш город гор г city town шаары шаар qalası qalasi",
    DISTRICT: "tumani tuman tum t тумани туман т район районы р-н р-ну рн р district rayoni rayon raion райони району ноҳияи ноҳия нохия "
    "нохияи",
}
_KIND_OF_WORD = {word: kind for kind, words in _KIND_WORDS.items() for word in words.split()}
_NOISE = frozenset({"of", "the", "and", "ва", "va", "и"})
_WORD = re.compile(rf"[^\W_](?:[\w{APOSTROPHES}]|-(?=\w))*", re.UNICODE)
_SIGNS = re.compile(rf"[\s\-{APOSTROPHES}]")
_LEAST_CONSONANTS = 4
_LEAST_FOR_A_SLIP = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """One place to be found: its kind in the table, its names, its depth (0 country, 1 region, 2 district)."""

    code: str
    kind: str
    level: int
    names: tuple[str, ...]
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Index:
    """Candidates by written form, by sound and by consonants; the value is the set of (code, kind)."""

    written: Mapping[str, frozenset[tuple[str, str]]]
    sounds: Mapping[str, frozenset[tuple[str, str]]]
    consonants: Mapping[str, frozenset[tuple[str, str]]]
    numbers: Mapping[str, str]
    levels: Mapping[str, int]
    kinds: Mapping[str, str]


def index(entries: Iterable[Entry]) -> Index:
    """Prepare places for `find`; build once for a set of places and keep it."""
    tables: tuple[defaultdict[str, set[tuple[str, str]]], ...] = (defaultdict(set), defaultdict(set), defaultdict(set))
    numbers: dict[str, str] = {}
    levels: dict[str, int] = {}
    kinds: dict[str, str] = {}
    for entry in entries:
        levels[entry.code] = entry.level
        kinds[entry.code] = _plain_kind(entry.kind)
        numbers |= {number.upper(): entry.code for number in (entry.code, *entry.numbers) if number}
        for name in entry.names:
            core, called = _core_and_kind(name)
            for table, key in zip(tables, _keys(core), strict=True):
                table[key] |= {(entry.code, kind) for kind in {_plain_kind(entry.kind), called} if kind}
    written, sounds, consonants = ({key: frozenset(found) for key, found in table.items()} for table in tables)
    return Index(written, sounds, consonants, numbers, levels, kinds)


def find(places: Index, text: str) -> str | None:
    """Return the code of the one place `text` names, None when none or several fit."""
    code = places.numbers.get(text.strip().upper())
    if code:
        return code
    core, kind = _core_and_kind(text)
    if not core:
        return None
    written, sounds, consonants = _keys(core)
    attempts = [places.written.get(written), places.sounds.get(sounds)]
    if len(consonants) >= _LEAST_CONSONANTS:
        attempts.append(places.consonants.get(consonants))
    attempts.append(_one_slip(places, sounds))
    for candidates in attempts:
        codes = {code for code, called in candidates or () if not kind or called == kind}
        if codes:
            return _only(places, codes)
    return None


def _only(places: Index, codes: set[str]) -> str | None:
    """Return the one code; Bishkek is a region and its own only city, and there the region is meant."""
    if len(codes) == 1:
        return next(iter(codes))
    top = [code for code in codes if places.levels[code] == REGION_LEVEL]
    return top[0] if len(top) == 1 and all(places.kinds[code] == CITY for code in codes) else None


def _one_slip(places: Index, sounds: str) -> frozenset[tuple[str, str]] | None:
    """Return what differs by one sound; several candidates stay several, so a slip never picks between neighbours."""
    if len(sounds) < _LEAST_FOR_A_SLIP:
        return None
    near = [
        found
        for key, found in places.sounds.items()
        if abs(len(key) - len(sounds)) <= 1 and Levenshtein.distance(key, sounds, score_cutoff=1) <= 1
    ]
    return frozenset().union(*near) if near else None


def _core_and_kind(text: str) -> tuple[str, str]:
    """Return the name without the words for its kind, and the kind those words state, empty when they state none."""
    words = [word.lower() for word in _WORD.findall(normalise(text))]
    kinds = [_KIND_OF_WORD[word] for word in words if word in _KIND_OF_WORD]
    core = [word for word in words if word not in _KIND_OF_WORD and word not in _NOISE]
    return " ".join(core or words), kinds[0] if core and kinds else ""


def _keys(core: str) -> tuple[str, str, str]:
    sounds = collapsed(phonemes(core.replace("-", "").replace(" ", ""))) or core
    return _SIGNS.sub("", core), sounds, "".join(sound for sound in sounds if sound not in VOWELS)


def _plain_kind(kind: str) -> str:
    return {"republic": REGION, "city_district": DISTRICT}.get(kind, kind)
