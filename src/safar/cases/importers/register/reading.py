"""Opens the workbook: which sheets hold a register, where its headings stand, which column means what."""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from safar.cases.importers.register import cells, words

FIELDS = (
    "date", "full_name", "family_name", "given_name", "patronymic", "birth", "age", "sex", "phone", "region", "district",
    "place", "mode", "topic", "destination", "consent", "category", "language", "heard_via", "note", "number", "ignored",
)  # fmt: skip
MANY = frozenset({"topic", "phone", "note", "number", "ignored"})  # fields several columns may hold
_SEARCHED_ROWS, _DEEPEST_HEADER = 25, 2
_FEWEST_FIELDS = 3
_MOST_COLUMNS, _MOST_ROWS = 60, 20_000
_MOST_BYTES_UNPACKED = 300 * 1024 * 1024
_SAMPLES = 3
_SEEN_FOR_CONTENT, _CLEAR_SHARE = 40, 0.6


class NotARegisterError(ValueError):
    """The file cannot be read as a register; the text is a code."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet: where it stands, what its heading says, what it is taken for and why."""

    key: str
    index: int
    letter: str
    header: str
    field: str
    by: str
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet with its headings found: `rows` are (row number, cells), merged dates filled down."""

    name: str
    number: int
    header_row: int
    first_row: int
    columns: tuple[Column, ...]
    rows: tuple[tuple[int, tuple[object, ...]], ...] = field(repr=False)


def sheets_of(content: bytes, mapping: Mapping[str, str] | None = None, country: str = "UZ") -> list[Sheet]:
    """Return every sheet that holds a register; `mapping` (column key → field) overrules what was recognised."""
    book = _workbook(content)
    found = [sheet for number, tab in enumerate(book.worksheets) if (sheet := _sheet(tab, number, country))]
    if not found:
        raise NotARegisterError("no_register")
    return [_mapped(sheet, mapping) if mapping else sheet for sheet in found]


def _workbook(content: bytes) -> openpyxl.Workbook:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(member.file_size for member in packed.infolist())
    except zipfile.BadZipFile as error:
        raise NotARegisterError("not_xlsx") from error
    if unpacked > _MOST_BYTES_UNPACKED:
        raise NotARegisterError("too_large")
    try:
        return openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    except Exception as error:  # openpyxl raises whatever its parsers raise on a damaged file
        raise NotARegisterError("not_xlsx") from error


def _sheet(tab: object, number: int, country: str) -> Sheet | None:
    if not isinstance(tab, Worksheet) or tab.sheet_state != "visible":
        return None
    if tab.max_row > _MOST_ROWS:
        raise NotARegisterError("too_many_rows")
    grid = _grid(tab)
    start, depth, header, fields = _best_header(grid)
    if len(set(fields.values()) - {"number", "ignored"}) < _FEWEST_FIELDS:
        return None
    first = start + depth
    body = [(index + 1, cells_) for index, cells_ in enumerate(grid) if index >= first]
    columns = _columns(number, header, fields, [row for _, row in body], country)
    return Sheet(tab.title, number, start + 1, first + 1, columns, tuple(body))


def _grid(tab: Worksheet) -> list[tuple[object, ...]]:
    """Return the cells with every merged area filled by its value: a heading over three columns heads each of them."""
    width = min(tab.max_column, _MOST_COLUMNS)
    grid = [list(row[:width]) for row in tab.iter_rows(max_col=width, values_only=True)]
    for area in tab.merged_cells.ranges:
        value = grid[area.min_row - 1][area.min_col - 1] if area.min_col <= width else None
        for row in range(area.min_row - 1, area.max_row):
            for column in range(area.min_col - 1, min(area.max_col, width)):
                grid[row][column] = value
    return [tuple(row) for row in grid]


def _best_header(grid: Sequence[Sequence[object]]) -> tuple[int, int, list[str], dict[int, str]]:
    """Return (row, depth, headings, column → field) of the block of one or two rows that names most columns."""
    best: tuple[int, int, list[str], dict[int, str]] = (0, 1, [], {})
    for start in range(min(len(grid), _SEARCHED_ROWS)):
        for depth in range(1, _DEEPEST_HEADER + 1):
            block = grid[start : start + depth]
            if depth > 1 and _holds_data(block[-1]):
                continue
            header = _headings(block)
            fields = _fields_of(header)
            if (len(fields), -depth) > (len(best[3]), -best[1]):
                best = (start, depth, header, fields)
    return best


def _holds_data(row: Sequence[object]) -> bool:
    """Return whether a row holds a number or a date and so is not the second line of a heading."""
    return any(
        value is not None and (not isinstance(value, str) or sum(map(str.isdigit, value)) > 4)  # noqa: PLR2004
        for value in row
    )


def _headings(block: Sequence[Sequence[object]]) -> list[str]:
    """Return one heading a column: the lower line where it says something of its own, with the upper one before it."""
    headings = []
    for column in zip(*block, strict=True):
        lines = list(dict.fromkeys(text for value in column if (text := cells.text_of(value))))
        headings.append(" / ".join(lines))
    return headings


def _fields_of(header: Sequence[str]) -> dict[int, str]:
    taken: dict[int, str] = {}
    for index, heading in enumerate(header):
        found = _field_of(heading)
        if found and (found in MANY or found not in taken.values()):
            taken[index] = found
    return taken


def _field_of(heading: str) -> str | None:
    lines = heading.split(" / ")
    for line in [*reversed(lines), heading]:
        if found := _line_field(line):
            return found
    return None


def _line_field(line: str) -> str | None:
    listed, folded = words.column_words(), words.fold(line)
    if len(folded) > 60:  # noqa: PLR2004  (a sentence is a title, not a heading)
        return None
    return words.longest(folded, listed)


def _columns(
    number: int, header: Sequence[str], fields: Mapping[int, str], body: Sequence[Sequence[object]], country: str
) -> tuple[Column, ...]:
    columns = []
    used = set(fields.values())
    for index, heading in enumerate(header):
        values = [row[index] for row in body if cells.text_of(row[index])]
        found, by = fields.get(index, ""), "heading"
        if not found and values:
            found, by = _by_content(values, used, country), "content"
            used.add(found)
        if not (found or values or heading):
            continue
        letter = get_column_letter(index + 1)
        samples = tuple(dict.fromkeys(cells.text_of(value)[:40] for value in values))[:_SAMPLES]
        columns.append(Column(f"s{number}{letter}", index, letter, heading, found, by if found else "", samples))
    return tuple(columns)


def _by_content(values: Sequence[object], used: set[str], country: str) -> str:
    """Recognise a column without a known heading by what stands in it."""
    seen = values[:_SEEN_FOR_CONTENT]
    tests = {
        "phone": lambda value: bool(cells.phones_of(value, country)),
        "sex": lambda value: cells.word_of(value, "sex") is not None,
        "date": lambda value: cells.date_of(value) is not None,
        "mode": lambda value: cells.word_of(value, "mode") is not None,
    }
    for name, test in tests.items():
        if name not in used and sum(_passes(test, value) for value in seen) >= _CLEAR_SHARE * len(seen):
            return name
    return ""


def _passes(test: object, value: object) -> bool:
    try:
        return bool(test(value))  # type: ignore[operator]
    except cells.UnreadableError:
        return False


def _mapped(sheet: Sheet, mapping: Mapping[str, str]) -> Sheet:
    columns = tuple(
        replace(column, field=mapping[column.key], by="choice" if mapping[column.key] else "")
        if column.key in mapping and mapping[column.key] != column.field
        else column
        for column in sheet.columns
    )
    return replace(sheet, columns=columns)


def doubled_fields(sheet: Sheet) -> list[str]:
    """Return fields that two columns claim although only one can hold them."""
    chosen = [column.field for column in sheet.columns if column.field and column.field not in MANY]
    return sorted({name for name in chosen if chosen.count(name) > 1})


def by_field(sheet: Sheet, row: Sequence[object]) -> Iterator[tuple[Column, object]]:
    """Yield the columns that mean something with their cells in this row."""
    for column in sheet.columns:
        if column.field and column.field not in {"number", "ignored"}:
            yield column, row[column.index]
