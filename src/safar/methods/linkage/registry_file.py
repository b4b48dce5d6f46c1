"""Registries as CSV files: read with errors a person can find, results written beside them."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from safar.methods.linkage.link import Linked, Problem
from safar.methods.linkage.synthetic import COLUMNS

if TYPE_CHECKING:
    from _csv import Reader

NAMES = ("surname", "given")
_SEPARATORS = (",", ";", "\t")
_MOST_LISTED = 20


class RegistryError(ValueError):
    """The file cannot be linked as it is; the message names the lines."""


class RegistryFile:
    """A CSV file with a header, UTF-8 with or without a byte order mark, separated by comma, semicolon or tab.

    Iterating gives records in the order of `COLUMNS`; columns that are absent are empty, others are left out.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.header, self.separator = self._read_header()

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        seen: set[str] = set()
        faults: list[str] = []
        try:
            with self.path.open(encoding="utf-8-sig", newline="") as lines:
                yield from self._records(csv.reader(lines, delimiter=self.separator), seen, faults)
        except UnicodeDecodeError:
            raise RegistryError(f"{self.path} is not UTF-8: save it as CSV UTF-8") from None
        except csv.Error as error:
            raise RegistryError(f"{self.path} is no CSV file: {error}") from None
        if faults:
            raise RegistryError("\n".join([*faults[:_MOST_LISTED], *_and_more(len(faults))]))

    def _read_header(self) -> tuple[list[str], str]:
        try:
            with self.path.open(encoding="utf-8-sig", newline="") as lines:
                first = lines.readline()
        except OSError as error:
            raise RegistryError(f"{self.path} cannot be read: {error.strerror}") from None
        except UnicodeDecodeError:
            raise RegistryError(f"{self.path} is not UTF-8: save it as CSV UTF-8") from None
        separator = max(_SEPARATORS, key=first.count)
        header = [name.strip().casefold() for name in next(csv.reader([first], delimiter=separator), [])]
        if "rid" not in header or not any(name in header for name in NAMES):
            raise RegistryError(
                f"{self.path}: the first line must name the columns, at least rid and surname or given; all are: {','.join(COLUMNS)}"
            )
        if twice := sorted({name for name in header if name in COLUMNS and header.count(name) > 1}):
            raise RegistryError(f"{self.path}: the column {twice[0]} is there twice")
        return header, separator

    def _records(self, rows: "Reader", seen: set[str], faults: list[str]) -> Iterator[tuple[str, ...]]:
        width = len(self.header)
        at = [self.header.index(name) if name in self.header else width for name in COLUMNS]
        next(rows)
        for row in rows:
            if not row:
                continue
            if fault := _fault(row, width, at[0], seen):
                faults.append(f"line {rows.line_num}: {fault}")
                continue
            row.append("")
            rid, *values = (row[place].strip() for place in at)
            seen.add(rid)
            yield (rid, *values)


def _fault(row: list[str], width: int, rid_at: int, seen: set[str]) -> str:
    if len(row) != width:
        return f"{len(row)} values where the first line names {width}"
    rid = row[rid_at].strip()
    return "the rid is empty" if not rid else f"the rid {rid} is there already" if rid in seen else ""


def _and_more(faults: int) -> list[str]:
    return [f"and {faults - _MOST_LISTED:,} more"] if faults > _MOST_LISTED else []


def listed(problems: list[Problem]) -> list[str]:
    """Return what to tell about values that could not be read: the first of them by rid, and how many more there are."""
    told = [f"rid {problem.rid}: {problem.message}; taken as not known" for problem in problems[:_MOST_LISTED]]
    return [*told, *_and_more(len(problems))]


def write_pairs(path: Path, linked: Linked) -> None:
    """Write rid1, rid2, probability, likeliest first."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        out = csv.writer(lines)
        out.writerow(["rid1", "rid2", "probability"])
        out.writerows((pair.rid1, pair.rid2, f"{pair.probability:.9f}") for pair in linked.pairs)


def write_clusters(path: Path, linked: Linked) -> None:
    """Write rid, cluster for every record, in the order of the file."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        out = csv.writer(lines)
        out.writerow(["rid", "cluster"])
        out.writerows(linked.clusters.items())
