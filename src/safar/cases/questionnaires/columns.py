"""Answers laid out as Kobo and ODK lay them out, out and back: one row a submission, one sheet a repeat.

Several choices stand in one column and once more in a column each with 0 or 1. `_index` numbers rows, `_parent_index` ties rows
of a repeat to theirs. Free words, places and what a device says of itself stay out unless asked for: they may name somebody.
"""

import csv
import io
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import openpyxl
import xlsxwriter

from safar.cases.questionnaires.tables import check_size

MAIN = "answers"
META = (
    "_id",
    "_uuid",
    "_submission_time",
    "_validation_status",
    "_notes",
    "_status",
    "_submitted_by",
    "__version__",
    "_tags",
    "_index",
)
IN_REPEAT = ("_index", "_parent_table_name", "_parent_index", "_submission__uuid")
ODK_UUID = ("_uuid", "meta/instanceID", "KEY", "instanceID")
_WORDY = {
    "text",
    "string",
    "barcode",
    "geopoint",
    "geotrace",
    "geoshape",
    "photo",
    "image",
    "audio",
    "video",
    "file",
    "phone number",
}
_STRUCTURE = {"group", "note", "meta"}
MOST_ROWS = 300


@dataclass(frozen=True, slots=True)
class Column:
    """One question of a sheet; `options` are the choices of a question that takes several."""

    path: str
    label: str
    options: tuple[tuple[str, str], ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The questions outside repeats, or those of one repeat; `path` is the repeat's."""

    name: str
    path: str
    parent: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Submission:
    """Answers of one row with what a machine needs to tell rows apart."""

    answers: Mapping[str, str]
    uuid: str
    number: int
    time: str
    version: str


@dataclass(slots=True)
class Read:
    """One row that came in: answers by path, its submission, and the row of the sheet it stood in."""

    row: int
    uuid: str
    answers: dict[str, str]


class NoAnswersError(ValueError):
    """The file holds no answers that can be read."""


def sheets_of(outline: Sequence[Mapping[str, Any]], *, language: str = "", with_words: bool = False) -> list[Sheet]:
    """Return the sheets of a form: the main one, then one for each repeat."""
    repeats = [element["path"] for element in outline if element["type"] == "repeat"]
    columns: dict[str, list[Column]] = {path: [] for path in ("", *repeats)}
    for element in outline:
        if element["type"] in _STRUCTURE or element["type"] == "repeat" or not _wanted(element, with_words=with_words):
            continue
        columns[_owner(element["path"], repeats)].append(_column(element, language))
    return [
        Sheet(
            path.rsplit("/", 1)[-1] or MAIN,
            path,
            _owner(path.rpartition("/")[0], repeats) if path else "",
            tuple(found),
        )
        for path, found in columns.items()
    ]


def _wanted(element: Mapping[str, Any], *, with_words: bool) -> bool:
    return element["asked"] and (with_words or element["type"] not in _WORDY)


def _owner(path: str, repeats: Sequence[str]) -> str:
    return max((each for each in repeats if path == each or path.startswith(f"{each}/")), key=len, default="")


def _column(element: Mapping[str, Any], language: str) -> Column:
    choices = {
        option["value"]: _text(option["label"], language) or option["value"] for option in element.get("options", [])
    }
    several = (
        tuple(choices.items()) if "multiple" in element["type"] or element["type"] == "select all that apply" else ()
    )
    return Column(element["path"], _text(element["label"], language) or element["name"], several, choices)


def _text(label: Mapping[str, str], language: str) -> str:
    return label.get(language) or next(iter(label.values()), "")


def tables(
    sheets: Sequence[Sheet], submissions: Sequence[Submission], *, labels: bool = False
) -> dict[str, list[list[Any]]]:
    """Return the rows of every sheet, headings first."""
    writer = _Writer(sheets, labels=labels)
    for at, submission in enumerate(submissions, start=1):
        writer.write(submission, sheets[0], "", at, ("", 0))
    return writer.found


class _Writer:
    """Walks the repeats of submissions, a row a sheet, and numbers the rows of each sheet through."""

    def __init__(self, sheets: Sequence[Sheet], *, labels: bool) -> None:
        self._sheets, self._labels = sheets, labels
        self._numbers: dict[str, int] = {}
        self.found = {sheet.name: [self._heading(sheet)] for sheet in sheets}

    def _heading(self, sheet: Sheet) -> list[Any]:
        titles = [title for column in sheet.columns for title in _titles(column, labels=self._labels)]
        return [*titles, *(IN_REPEAT if sheet.path else META)]

    def write(self, submission: Submission, sheet: Sheet, place: str, index: int, parent: tuple[str, int]) -> None:
        """Write the row of a sheet at a place of a submission, and the rows of the repeats inside it."""
        values = [
            cell
            for column in sheet.columns
            for cell in _cells(column, submission.answers.get(_at(place, sheet, column.path), ""), labels=self._labels)
        ]
        ends = [index, *parent, submission.uuid] if sheet.path else _ends(submission, index)
        self.found[sheet.name].append([*values, *ends])
        for inner in self._sheets:
            if inner.path and inner.parent == sheet.path and inner is not sheet:
                self._write_rows(submission, inner, _at(place, sheet, inner.path), (sheet.name, index))

    def _write_rows(self, submission: Submission, sheet: Sheet, below: str, parent: tuple[str, int]) -> None:
        for number in range(1, int(submission.answers.get(f"{below}#", "0")) + 1):
            self._numbers[sheet.path] = self._numbers.get(sheet.path, 0) + 1
            self.write(submission, sheet, f"{below}[{number}]", self._numbers[sheet.path], parent)


def _at(place: str, sheet: Sheet, path: str) -> str:
    """Return where a path of the form lies in a submission whose row of this sheet is at `place`."""
    return place + path[len(sheet.path) :] if place else path


def _ends(submission: Submission, index: int) -> list[Any]:
    told = (submission.number, submission.uuid, submission.time, "", "", "submitted_via_web", "", submission.version)
    return [*told, "", index]


def _titles(column: Column, *, labels: bool) -> list[str]:
    head = column.label if labels else column.path
    return [head, *(f"{head}/{label if labels else value}" for value, label in column.options)]


def _cells(column: Column, answer: str, *, labels: bool) -> list[Any]:
    chosen = answer.split() if column.choices else []
    shown = " ".join(column.choices.get(each, each) for each in chosen) if labels and chosen else answer
    return [shown, *((int(value in chosen) if answer else "") for value, _label in column.options)]


def as_workbook(found: Mapping[str, list[list[Any]]]) -> bytes:
    """Return the sheets as an Excel workbook."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        for name, rows in found.items():
            sheet = book.add_worksheet(name[:31])
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return made.getvalue()


def as_csv(found: Mapping[str, list[list[Any]]]) -> bytes:
    """Return the main sheet as CSV with the mark Excel needs to read our letters."""
    made = io.StringIO()
    csv.writer(made).writerows([_harmless(cell) for cell in row] for row in next(iter(found.values())))
    return ("\ufeff" + made.getvalue()).encode()


def _harmless(cell: Any) -> Any:
    """A text a spreadsheet would run is made a text again."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+@" and cell else cell


def read(content: bytes, outline: Sequence[Mapping[str, Any]]) -> list[Read]:
    """Return the answers of a file in this layout, whatever order its columns have and however deep its headings go."""
    books = _books(content)
    sheets = sheets_of(outline, with_words=True)
    main = next(iter(books.values()), [])
    if not main:
        raise NoAnswersError("empty")
    if len(main) > MOST_ROWS:
        raise NoAnswersError("long")
    rows = [(number, row) for number, row in enumerate(main, start=2) if any(row.values())]
    found = [Read(number, _uuid(row), _answers(sheets[0], row, "")) for number, row in rows]
    by_index = {
        row.get("_index") or str(at): ("", read)
        for at, (read, (_n, row)) in enumerate(zip(found, rows, strict=True), start=1)
    }
    if not any(each.answers for each in found):
        raise NoAnswersError("foreign")
    places: dict[str, dict[str, tuple[str, Read]]] = {"": by_index}
    for sheet in sheets[1:]:
        places[sheet.path] = _read_repeat(sheet, books.get(sheet.name[:31], []), places[sheet.parent])
    return found


def _read_repeat(
    sheet: Sheet, rows: list[dict[str, str]], parents: Mapping[str, tuple[str, Read]]
) -> dict[str, tuple[str, Read]]:
    here: dict[str, tuple[str, Read]] = {}
    for at, row in enumerate(rows, start=1):
        if (owner := parents.get(row.get("_parent_index", ""))) is None:
            continue
        place, target = owner
        below = place + sheet.path[len(sheet.parent) :] if place else sheet.path
        number = int(target.answers.get(f"{below}#", "0")) + 1
        target.answers[f"{below}#"] = str(number)
        here[row.get("_index") or str(at)] = (f"{below}[{number}]", target)
        target.answers.update(_answers(sheet, row, f"{below}[{number}]"))
    return here


def _answers(sheet: Sheet, row: Mapping[str, str], place: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for column in sheet.columns:
        path = place + column.path[len(sheet.path) :] if place else column.path
        name = column.path.rsplit("/", 1)[-1]
        heads = (
            column.path,
            column.path[len(sheet.path) + 1 :] if place else name,
            name,
            column.path.replace("/", "-"),
        )
        value = next((row[head] for head in heads if row.get(head)), "")
        if not value and column.options:
            split = [
                option
                for option, _label in column.options
                if any(row.get(f"{head}/{option}") in {"1", "True", "TRUE"} for head in heads)
            ]
            value = " ".join(split)
        if value:
            found[path] = value
    return found


def _uuid(row: Mapping[str, str]) -> str:
    given = next((row[name] for name in ODK_UUID if row.get(name)), "")
    return given if not given or given.startswith("uuid:") else f"uuid:{given}"


def _books(content: bytes) -> dict[str, list[dict[str, str]]]:
    if content[:2] != b"PK":
        try:
            lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        except (UnicodeDecodeError, csv.Error) as error:
            raise NoAnswersError("unreadable") from error
        return {MAIN: list(_records(lines))}
    try:
        check_size(content)
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module="openpyxl")
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (OSError, ValueError, KeyError) as error:
        raise NoAnswersError("unreadable") from error
    return {
        sheet.title: list(_records(sheet.iter_rows(max_row=MOST_ROWS * 20, values_only=True)))
        for sheet in book.worksheets
    }


def _records(lines: Any) -> Iterator[dict[str, str]]:
    heads: list[str] | None = None
    for line in lines:
        if heads is None:
            heads = [_plain(cell) for cell in line]
            continue
        yield {head: _plain(cell) for head, cell in zip(heads, line, strict=False) if head}


def _plain(cell: Any) -> str:
    """Return a cell as forms write it: whole numbers without a point, days as ISO, and no mark before harmless text."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if hasattr(cell, "isoformat"):
        return str(
            cell.isoformat()[:10]
            if not getattr(cell, "hour", 0) and not getattr(cell, "minute", 0)
            else cell.isoformat()
        )
    text = str(cell).strip()
    return text[1:] if text[:1] == "'" and text[1:2] in {"=", "+", "@"} else text
