"""The words of real registers, folded so that one spelling finds all: `words.yaml` is the list people correct."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml

from safar.methods.names.scripts import APOSTROPHES

_NOT_A_WORD = re.compile(r"[^\w№✓√〃]+", re.UNICODE)


def fold(text: object) -> str:
    """Return text as it is compared: lower case, apostrophes gone, punctuation and line breaks as single spaces."""
    plain = unicodedata.normalize("NFC", str(text if text is not None else "")).casefold().replace("ё", "е")
    plain = plain.translate({ord(sign): None for sign in APOSTROPHES})
    return " ".join(_NOT_A_WORD.sub(" ", plain).replace("_", " ").split())


@cache
def _file() -> Mapping[str, Any]:
    text = resources.files(__package__).joinpath("words.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def _split(lines: Iterable[str]) -> list[str]:
    return [word for line in lines for part in line.split(",") if (word := fold(part))]


@cache
def column_words() -> dict[str, str]:
    """Return folded header word → field."""
    return {word: field for field, lines in _file()["columns"].items() for word in _split(lines)}


@cache
def value_words(field: str) -> dict[str, str]:
    """Return folded word of a column's values → code."""
    return {word: code for code, lines in _file()["values"].get(field, {}).items() for word in _split(lines)}


@cache
def months() -> dict[str, int]:
    return {word: number for number, line in enumerate(_file()["months"], start=1) for word in _split([line])}


@cache
def totals() -> frozenset[str]:
    return frozenset(_split(_file()["totals"]))


@cache
def nameless() -> frozenset[str]:
    """Return what clerks write in the place of a name when there is none."""
    return frozenset(_split(_file()["nameless"]))


@cache
def ditto_marks() -> frozenset[str]:
    return frozenset(str(mark) for mark in _file()["ditto"])


def longest(text: str, words: Mapping[str, str]) -> str | None:
    """Return the code of the longest listed word that stands in a folded text as whole words; None when none does."""
    if text in words:
        return words[text]
    padded = f" {text} "
    held = [word for word in words if f" {word} " in padded]
    return words[max(held, key=len)] if held else None
