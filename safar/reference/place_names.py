"""Finds a place from the way somebody wrote it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Index:
    """Codes by written name."""

    exact: dict[str, frozenset[str]]


def index(entries: Iterable[tuple[str, str, tuple[str, ...]]]) -> Index:
    exact: dict[str, set[str]] = {}
    for code, _kind, names in entries:
        for name in names:
            exact.setdefault(name.casefold(), set()).add(code)
    return Index({name: frozenset(codes) for name, codes in exact.items()})


def find(index: Index, text: str) -> str | None:
    found = index.exact.get(text.casefold().strip(), frozenset())
    return next(iter(found)) if len(found) == 1 else None
