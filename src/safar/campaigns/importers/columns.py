"""What the columns of a kind of file mean, read from its `columns.yaml`; a file is recognised by its columns alone."""

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from safar.campaigns.importers.problems import FileProblem

Role = Literal[
    "post_id",
    "account_id",
    "account_handle",
    "account_name",
    "caption",
    "published_at",
    "permalink",
    "post_type",
    "window",
]
_NEEDED_ROLES = frozenset({"account_id", "published_at", "permalink"})


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(_Strict):
    """One column: what it is for (`role`), what it counts (`measure`), or neither: known and not kept."""

    name: str
    role: Role | None = None
    measure: str | None = None
    optional: bool = False
    aliases: dict[str, list[str]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_meaning(self) -> Self:
        if self.role and self.measure:
            raise ValueError(f"{self.name}: a column is either about the post or a figure")
        return self

    def names(self) -> list[str]:
        return [self.name, *(name for names in self.aliases.values() for name in names)]


class ColumnSet(_Strict):
    """Everything known about one kind of file."""

    kind: str
    platform: str
    definition_version: str
    columns: list[Column]
    post_types: dict[str, str]
    lifetime_words: list[str]

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if missing := _NEEDED_ROLES - {column.role for column in self.columns if not column.optional}:
            raise ValueError(f"{self.kind}: no column for {sorted(missing)}")
        names = Counter(normal(name) for column in self.columns for name in column.names())
        if doubled := [name for name, times in names.items() if times > 1]:
            raise ValueError(f"{self.kind}: {doubled} stand twice")
        return self

    def by_name(self) -> dict[str, Column]:
        return {normal(name): column for column in self.columns for name in column.names()}

    def post_type(self, text: str) -> str:
        return self.post_types.get(normal(text), "other")

    def is_lifetime(self, text: str) -> bool:
        return normal(text) in {"", *map(normal, self.lifetime_words)}


def normal(name: str) -> str:
    """Return a header as it is compared: case and runs of spaces do not matter."""
    return " ".join(name.split()).casefold()


def load(file: Path) -> ColumnSet:
    loaded = ColumnSet.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
    return loaded.model_copy(update={"post_types": {normal(k): v for k, v in loaded.post_types.items()}})


@cache
def column_sets() -> tuple[ColumnSet, ...]:
    """Return every kind of file there is a folder for."""
    return tuple(load(file) for file in sorted(Path(__file__).parent.glob("*/columns.yaml")))


def recognise(header: tuple[str, ...], sets: tuple[ColumnSet, ...] | None = None) -> ColumnSet:
    """Return the kind of file with this header, or refuse it by the names of the columns that are missing, doubled or unknown."""
    sets = column_sets() if sets is None else sets
    present = {normal(name) for name in header}
    missing = {found.kind: _missing(found, present) for found in sets}
    fits = [found for found in sets if not missing[found.kind]]
    if not fits:
        raise _nearest(header, sets, missing)
    chosen = max(fits, key=lambda found: len(found.by_name().keys() & present))
    known = chosen.by_name()
    if unknown := tuple(name or "∅" for name in header if normal(name) not in known):
        raise FileProblem("unknown_columns", unknown, chosen.kind)
    times = Counter(known[normal(name)].name for name in header)
    if doubled := tuple(name for name, count in times.items() if count > 1):
        raise FileProblem("doubled_columns", doubled, chosen.kind)
    if not any(known[normal(name)].measure for name in header):
        raise FileProblem("no_figures", kind=chosen.kind)
    return chosen


def _missing(columns: ColumnSet, present: set[str]) -> tuple[str, ...]:
    return tuple(
        column.name
        for column in columns.columns
        if not column.optional and not {normal(name) for name in column.names()} & present
    )


def _nearest(header: tuple[str, ...], sets: tuple[ColumnSet, ...], missing: dict[str, tuple[str, ...]]) -> FileProblem:
    """Say what is missing when the file is almost one we know; a list of everything it is not would help nobody."""
    nearest = min(sets, key=lambda found: len(missing[found.kind]))
    needed = sum(not column.optional for column in nearest.columns)
    if len(missing[nearest.kind]) * 2 <= needed:
        return FileProblem("missing_columns", missing[nearest.kind], nearest.kind)
    return FileProblem("unrecognised", tuple(name for name in header if name)[:8])
