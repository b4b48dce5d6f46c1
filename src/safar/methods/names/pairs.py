"""Reads a table of name pairs as people export them, scores every pair, and says of every row it could not read why."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from safar.methods.names.births import UNKNOWN, Birth, read_birth
from safar.methods.names.matching import MATCH_FROM, Named, match
from safar.methods.names.scripts import require_readable

_ADDED = ("score", "match")
_FEMALE = frozenset(["f", "female", "w", "woman", "ж", "жен", "женский", "ayol", "аёл", "зан", "аял"])
_MALE = frozenset(["m", "male", "man", "м", "муж", "мужской", "erkak", "эркак", "мард", "эркек"])


class UnusableTableError(ValueError):
    """The file is no table of name pairs."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a line of the file, counted as an editor counts them."""

    line: int
    text: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.text}"


@dataclass(frozen=True, slots=True)
class Scored:
    """A row as it came, its score and its yes or no; both None where the row could not be read."""

    fields: tuple[str, ...]
    score: float | None
    is_match: bool | None


class _Rows(Protocol):
    """What csv's reader is: rows one by one, and the line of the file the last one ended on."""

    @property
    def line_num(self) -> int: ...

    def __iter__(self) -> Iterator[list[str]]: ...


@dataclass(slots=True)
class Pairs:
    """A table of pairs: the separator, the columns, and the rows, which are scored one by one as they are asked for.

    `problems` fills while the rows are read.
    """

    separator: str
    columns: tuple[str, ...]
    _reader: _Rows
    _places: Mapping[str, int]
    problems: list[Problem] = field(default_factory=list)

    def scored(self, threshold: float = MATCH_FROM) -> Iterator[Scored]:
        for fields in self._reader:
            if any(value.strip() for value in fields):
                yield self._score(fields, threshold)

    def _score(self, fields: list[str], threshold: float) -> Scored:
        kept = tuple((*fields, *[""] * len(self.columns))[: max(len(self.columns), len(fields))])
        if len(fields) > len(self.columns):
            self.problems.append(
                Problem(self._reader.line_num, f"has {len(fields)} fields where the header has {len(self.columns)}")
            )
            return Scored(kept[: len(self.columns)], None, None)
        try:
            left, right = self._named(kept, "1"), self._named(kept, "2")
        except ValueError as error:
            self.problems.append(Problem(self._reader.line_num, str(error)))
            return Scored(kept, None, None)
        found = match(left, right)
        return Scored(kept, found.score, found.score >= threshold)

    def _named(self, fields: Sequence[str], side: str) -> Named:
        try:
            name = require_readable(self._value(fields, f"name{side}"))
        except ValueError as error:
            raise ValueError(f"name{side}: {error}") from None
        return Named(name, self._sex(fields, side), self._birth(fields, side))

    def _value(self, fields: Sequence[str], column: str) -> str:
        place = self._places.get(column)
        return "" if place is None else fields[place].strip()

    def _sex(self, fields: Sequence[str], side: str) -> str:
        word = self._value(fields, f"sex{side}").casefold()
        return "female" if word in _FEMALE else "male" if word in _MALE else ""

    def _birth(self, fields: Sequence[str], side: str) -> Birth:
        """Return the birth; one that cannot be read is reported and left out, since the names can still be compared."""
        try:
            return read_birth(self._value(fields, f"dob{side}"))
        except ValueError as error:
            self.problems.append(Problem(self._reader.line_num, f"dob{side}: {error}; left out"))
            return UNKNOWN


def read_pairs(text: str) -> Pairs:
    """Open a table with columns name1 and name2 and perhaps sex1, sex2, dob1, dob2, separated by comma, semicolon or tab.

    Other columns are kept as they are. Raises UnusableTableError where a name column is missing.
    """
    header = text.removeprefix("\ufeff").lstrip("\r\n").partition("\n")[0]
    separator = max(",;\t", key=header.count)
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=separator)
    columns: tuple[str, ...] = ()
    for fields in reader:
        columns = tuple(fields)
        if any(value.strip() for value in columns):
            break
    places = {column.strip().casefold(): place for place, column in enumerate(columns)}
    missing = [column for column in ("name1", "name2") if column not in places]
    if missing:
        raise UnusableTableError(f"the table has no column {' and no column '.join(missing)}")
    return Pairs(separator, columns, reader, places)


def written(pairs: Pairs, threshold: float = MATCH_FROM) -> Iterator[str]:
    """Yield the lines of the same table with score and match beside it; a column of that name is replaced."""
    kept = [place for place, column in enumerate(pairs.columns) if column.strip().casefold() not in _ADDED]
    line = _LineWriter(pairs.separator)
    yield line.of([*(pairs.columns[place] for place in kept), *_ADDED])
    for row in pairs.scored(threshold):
        score = "" if row.score is None else f"{row.score:.6f}"
        verdict = "" if row.is_match is None else str(int(row.is_match))
        yield line.of([*(row.fields[place] for place in kept), score, verdict])


class _LineWriter:
    """Writes one line of a table at a time."""

    def __init__(self, separator: str) -> None:
        self._buffer = io.StringIO()
        self._writer = csv.writer(self._buffer, delimiter=separator, lineterminator="\n")

    def of(self, fields: Sequence[str]) -> str:
        self._buffer.seek(0)
        self._buffer.truncate()
        self._writer.writerow(fields)
        return self._buffer.getvalue()
