"""A month report as sections, grids and cells in one language: Word, Excel and PDF draw this and nothing else."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from safar.kernel.chart import Picture


class Hidden:
    """A count that is hidden to protect people; not a zero and not a gap."""

    def __repr__(self) -> str:
        return "HIDDEN"


HIDDEN = Hidden()
Cell: TypeAlias = str | int | dt.date | Hidden | None


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    kind: Literal["text", "number", "date"] = "text"
    width: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; `has_total` marks the last row as the total of the others."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    has_total: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it; `sheet` names it in a workbook, where some sections alone appear."""

    key: str
    title: str
    sheet: str
    notes: tuple[str, ...] = ()
    grid: Grid | None = None
    pictures: tuple[tuple[str, Picture], ...] = ()
    only_in_workbook: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    title: str
    subtitle: str
    language: str
    marks: tuple[str, ...]
    facts: tuple[tuple[str, str | dt.date], ...]
    sections: tuple[Section, ...]


def shown(value: int | None) -> Cell:
    """Return a count as a cell: a report knows no missing count, only hidden ones."""
    return HIDDEN if value is None else value


def text_columns(labels: Iterable[str]) -> tuple[Column, ...]:
    return tuple(Column(label) for label in labels)
