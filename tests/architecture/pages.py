"""Every page of every door, from the addresses themselves."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

DOORS = {"desk", "portal", "field"}
# Answers 404 by design, so that it never counts as shown; tests/portal looks at it.
NOT_THERE = {"portal:not_here"}


def patterns(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[tuple[str, Any]]:
    """Give name and view of every address there is."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from patterns(entry, inner)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", entry.callback


def pages_never_shown(shown: Iterable[str]) -> list[str]:
    """Return the pages of the doors that are not among those shown."""
    return sorted({name for name, _ in patterns() if name.split(":")[0] in DOORS} - NOT_THERE - set(shown))
