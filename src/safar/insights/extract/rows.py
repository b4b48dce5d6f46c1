"""What the extract modules share: how a moment becomes a day and a month."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from uuid import UUID

from django.utils import timezone

from safar.insights.extract.keys import Keys
from safar.people.queries.clusters import heads

Row: TypeAlias = Mapping[str, Any]
Rows: TypeAlias = Iterator[Row]


@dataclass
class Extraction:
    """One run: the keys, and which record each key of a contact or session stands for.

    The map stays in the node, in a folder no export reads; persons are not in it.
    """

    keys: Keys
    # Merged files with the file that answers for each, so that one person is counted once under whichever they were served.
    heads: Mapping[UUID, UUID] = field(default_factory=heads)
    key_map: list[tuple[str, int, str]] = field(default_factory=list)

    def key(self, kind: str, identifier: UUID) -> int:
        """Return the key of a contact, session, case or referral and remember the way back."""
        key = self.keys.of(kind, identifier)
        self.key_map.append((kind, key, str(identifier)))
        return key

    def who(self, *identifiers: UUID | None) -> UUID | None:
        """Return the first identifier there is, the person or the one they were before erasure, by the file that answers."""
        first = next((one for one in identifiers if one), None)
        return self.heads.get(first, first) if first else None

    def person(self, *identifiers: UUID | None) -> int | None:
        """Return the key of whoever `who` finds."""
        return self.keys.of_any("person", self.who(*identifiers))


Source: TypeAlias = tuple[str, Callable[[Extraction], Iterable[Row]]]


def local_day(moment: dt.datetime) -> dt.date:
    return timezone.localtime(moment).date()


def month_of(day: dt.date) -> str:
    return f"{day:%Y-%m}"
