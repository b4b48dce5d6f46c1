"""When two written names are one firm: whatever script, legal form, quotes or order of words a clerk chose."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Generic, TypeVar

from rapidfuzz import fuzz

from safar.methods.names.keys import token_key
from safar.methods.names.scripts import APOSTROPHE, APOSTROPHES, TURNED_COMMA, normalise

NEAR_FROM = 82.0
"""Likeness in percent of the sounds from which a name is near: one syllable of a two-word name may differ."""
_FEWEST_SHARED_WORDS = 2
_SHORTEST_NEAR = 5
_DOTTED = re.compile(r"\b(?:\w{1,2}\.){2,}\w{0,2}")
_APOSTROPHES = str.maketrans("", "", APOSTROPHES)
_WORD = re.compile(rf"[^\W_]+(?:[{TURNED_COMMA}{APOSTROPHE}][^\W_]*)*")

# Legal forms by what a reader of the region calls them; each spelling is folded as names are.
FORMS: dict[str, tuple[str, ...]] = {
    "MChJ": (
        *("mchj", "мчж", "ооо", "ooo", "осоо", "тоо", "жшс", "жчк", "ждмм", "чдмм", "llc", "ltd", "mas'uliyati cheklangan jamiyat"),
        *("mas'uliyati cheklangan jamiyati", "масъулияти чекланган жамият", "масъулияти чекланган жамияти"),
        *("общество с ограниченной ответственностью", "limited liability company", "gmbh"),
    ),
    "XK": ("xk", "хк", "чп", "xususiy korxona", "xususiy korxonasi", "хусусий корхона", "хусусий корхонаси", "частное предприятие", "private enterprise"),
    "QMJ": ("qmj", "қмж", "кмж", "qo'shimcha mas'uliyatli jamiyat", "қўшимча масъулиятли жамият", "общество с дополнительной ответственностью", "одо"),
    "QK": ("qk", "қк", "сп", "jv", "qo'shma korxona", "қўшма корхона", "совместное предприятие", "joint venture"),
    "OK": ("oilaviy korxona", "оилавий корхона", "семейное предприятие"),
    "AJ": ("aj", "аж", "ао", "оао", "зао", "oaj", "оаж", "jsc", "aksiyadorlik jamiyati", "акциядорлик жамияти", "акционерное общество"),
    "DUK": ("duk", "дук", "гуп", "davlat unitar korxonasi", "давлат унитар корхонаси", "государственное унитарное предприятие"),
    "YaTT": ("yatt", "ятт", "ип", "yakka tartibdagi tadbirkor", "якка тартибдаги тадбиркор", "индивидуальный предприниматель"),
}  # fmt: skip
# What many agencies carry in their name and what therefore tells none from another.
KIND_WORDS = (
    *("xususiy bandlik agentligi", "хусусий бандлик агентлиги", "частное агентство занятости", "чаз", "хба", "xba"),
    *("private employment agency", "фирма", "firma", "kompaniyasi", "компания", "company", "агентство", "agentligi", "агентлиги", "agency"),
)  # fmt: skip


class Likeness(StrEnum):
    """How alike two names are: one firm, nearly the same name, or another one."""

    SAME = "same"
    NEAR = "near"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class FirmName:
    """A name taken apart: its own words, the sounds of them, and the legal form that stood beside."""

    words: tuple[str, ...]
    keys: tuple[str, ...]
    form: str

    @property
    def key(self) -> str:
        """Return the sounds in a row: equal in every script and with every legal form."""
        return " ".join(self.keys)


@dataclass(frozen=True, slots=True)
class NameComparison:
    """What a comparison found; `only_one` and `only_other` are the words that have no counterpart."""

    likeness: Likeness
    score: float
    only_one: tuple[str, ...]
    only_other: tuple[str, ...]
    forms_differ: bool


Ref = TypeVar("Ref")


@dataclass(frozen=True, slots=True)
class Hit(Generic[Ref]):
    """A name of a list that answers a typed one."""

    ref: Ref
    likeness: Likeness
    score: float


@lru_cache(20_000)
def parse(name: str) -> FirmName:
    """Return a name without quotes, legal form and kind; a name that is nothing else keeps its words."""
    found = _WORD.findall(_folded(name))
    own, form = _without(found, FORMS)
    core, _kind = _without(own, {"": KIND_WORDS})
    words = tuple(core or own or found)
    return FirmName(words, tuple(token_key(word) for word in words), form)


def compare(one: str, other: str) -> NameComparison:
    """Return how alike two written names are, with what differs."""
    first, second = parse(one), parse(other)
    likeness, score = _likeness(first.keys, second.keys)
    alone = [
        tuple(word for word, key in zip(mine.words, mine.keys, strict=True) if key not in theirs.keys)
        for mine, theirs in ((first, second), (second, first))
    ]
    differ = bool(first.form and second.form and first.form != second.form)
    if likeness is Likeness.SAME:
        alone = [(), ()]
    return NameComparison(likeness, score, alone[0], alone[1], differ)


def find(typed: str, names: Iterable[tuple[str, Ref]], *, most: int) -> list[Hit[Ref]]:
    """Return whom a typed name means among (key, reference): the same name first, then near ones, one hit a reference."""
    wanted = parse(typed).keys
    best: dict[Ref, Hit[Ref]] = {}
    if not wanted:
        return []
    for key, ref in names:
        likeness, score = _likeness(wanted, tuple(key.split(" ")))
        if likeness is not Likeness.OTHER and (ref not in best or score > best[ref].score):
            best[ref] = Hit(ref, likeness, score)
    return sorted(best.values(), key=lambda hit: (hit.likeness is not Likeness.SAME, -hit.score))[:most]


def _likeness(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[Likeness, float]:
    if not one or not other:
        return Likeness.OTHER, 0.0
    joined, others = "".join(one), "".join(other)
    if joined == others or sorted(one) == sorted(other):
        return Likeness.SAME, 100.0
    shared = set(one) & set(other)
    if len(shared) >= _FEWEST_SHARED_WORDS and (shared == set(one) or shared == set(other)):
        return Likeness.NEAR, 95.0
    if min(len(joined), len(others)) < _SHORTEST_NEAR:
        return Likeness.OTHER, 0.0
    score = max(fuzz.ratio(joined, others), fuzz.token_sort_ratio(" ".join(one), " ".join(other)))
    return (Likeness.NEAR, min(score, 99.0)) if score >= NEAR_FROM else (Likeness.OTHER, score)


def _folded(text: str) -> str:
    undotted = _DOTTED.sub(lambda match: match.group().replace(".", ""), text)
    return normalise(undotted).casefold()


@lru_cache(16)
def _sequences(forms: tuple[tuple[str, tuple[str, ...]], ...]) -> list[tuple[tuple[str, ...], str]]:
    """Return the words of every spelling with its form, the longest first so that a short one inside does not win."""
    listed = [(_plain(_WORD.findall(_folded(text))), form) for form, texts in forms for text in texts]
    return sorted(listed, key=lambda pair: -len(pair[0]))


def _plain(words: Iterable[str]) -> tuple[str, ...]:
    """Return words without apostrophes, which legal forms have or have not as the clerk likes."""
    return tuple(word.translate(_APOSTROPHES) for word in words)


def _without(words: list[str], forms: dict[str, tuple[str, ...]]) -> tuple[list[str], str]:
    """Return the words without the forms at either end: inside a name they are a part of it."""
    found, left = "", list(words)
    for sequence, form in _sequences(tuple(forms.items())):
        size = len(sequence)
        if len(left) > size and _plain(left[:size]) == sequence:
            left, found = left[size:], found or form
        if len(left) > size and _plain(left[-size:]) == sequence:
            left, found = left[:-size], found or form
    return left, found
