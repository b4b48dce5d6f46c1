"""Cyrillic names of the region in Latin letters as passports, gazetteers and national alphabets write them."""

from functools import cache
from importlib import resources
from typing import Literal, NamedTuple

import yaml

from safar.methods.names.transliteration import to_latin

Language = Literal["uz", "tg", "ky", "kaa", "ru"]
Scheme = Literal["passport", "bgn", "national"]


class _Table(NamedTuple):
    letters: dict[str, str]
    after: str
    soft: dict[str, str]


class NoSchemeError(ValueError):
    """The language has no such spelling."""


def romanise(text: str, language: Language, scheme: Scheme) -> str:
    """Return Cyrillic text in Latin letters; what is not a Cyrillic letter of the table stays as it is.

    `passport` follows ICAO Doc 9303, `bgn` BGN/PCGN, `national` the Latin alphabet of the language itself. Raises NoSchemeError
    where there is none: Tajik, Kyrgyz and Russian have no Latin alphabet. Sources: romanisation.yaml.
    """
    if (language, scheme) == ("uz", "national"):
        return to_latin(text)
    table = _table(language, scheme)
    lower = text.lower()
    if len(lower) != len(text):  # a letter that has no single small one is none of ours
        return text
    return "".join(_letter(text, lower, at, table) for at in range(len(text)))


def _letter(text: str, lower: str, at: int, table: _Table) -> str:
    letter = lower[at]
    if letter not in table.letters:
        return text[at]
    before = lower[at - 1] if at else ""
    opens = not before.isalpha() or before in table.after
    latin = table.soft[letter] if opens and letter in table.soft else table.letters[letter]
    if text[at] == letter:
        return latin
    beside = (text[at - 1 : at] + text[at + 1 : at + 2]).strip()
    shouted = any(sign.isupper() for sign in beside) and not any(sign.islower() for sign in beside)
    return latin.upper() if shouted else latin[:1].upper() + latin[1:]


@cache
def _table(language: Language, scheme: Scheme) -> _Table:
    held = _held()
    name = "national" if (language, scheme) == ("kaa", "bgn") else scheme
    letters = held[name].get("all") or held[name].get(language)
    if letters is None:
        raise NoSchemeError(f"{language} has no {scheme} spelling")
    soft = dict(held["soft"].get(f"{scheme}-{language}", {"after": ""}))
    return _Table(letters, soft.pop("after"), soft)


@cache
def _held() -> dict[str, dict[str, dict[str, str]]]:
    text = resources.files(__package__).joinpath("romanisation.yaml").read_text(encoding="utf-8")
    held: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(text)
    return held
