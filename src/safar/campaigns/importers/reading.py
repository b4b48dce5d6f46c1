"""From the bytes of a file to its header and rows, without knowing what they mean."""

import csv
import io
import re
from dataclasses import dataclass

from safar.campaigns.importers.numbers import DecimalMark
from safar.campaigns.importers.problems import FileProblem, Warning_
from safar.campaigns.importers.workbooks import read_workbook

MOST_BYTES = 25 * 1024 * 1024
# The workbook of refused rows marks its own columns so, and comes back mended with them.
NOTE = "#"
_DELIMITERS = (",", ";", "\t")
_SEP_LINE = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
_SNIFFED = 400


@dataclass(frozen=True, slots=True)
class Sheet:
    """A header and the rows under it; `number` counts rows as Excel shows them, the header being row 1."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    decimal_mark: DecimalMark
    warnings: tuple[Warning_, ...]


def read_sheet(content: bytes) -> Sheet:
    """Read comma-, semicolon- or tab-separated text in UTF-8, UTF-16 or the Windows Cyrillic code page, or an .xlsx workbook."""
    if len(content) > MOST_BYTES:
        raise FileProblem("too_big")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileProblem("workbook")
    if content.startswith(b"PK\x03\x04"):
        return _sheet(read_workbook(content), ".", ())
    text, warnings = _decode(content)
    if not text.strip():
        raise FileProblem("empty")
    first, _, rest = text.partition("\n")
    if stated := _SEP_LINE.fullmatch(first.strip()):
        delimiter, text = stated[1], rest
    else:
        delimiter = max(_DELIMITERS, key=lambda mark: _width(text, mark))
    # A semicolon between cells is what programs write where the comma is the decimal mark.
    return _sheet(_records(text, delimiter), "," if delimiter == ";" else ".", warnings)


def _sheet(records: list[tuple[str, ...]], decimal_mark: DecimalMark, warnings: tuple[Warning_, ...]) -> Sheet:
    """Take the first row that holds something as the header; columns whose header starts with # are notes and left out."""
    while records and not any(cell.strip() for cell in records[0]):
        del records[0]
    if not records:
        raise FileProblem("empty")
    header = tuple(" ".join(cell.replace("\ufeff", "").split()) for cell in records[0])
    notes = {place for place, name in enumerate(header) if name.startswith(NOTE)}
    rows = tuple(
        (number, tuple(cell for place, cell in enumerate(row) if place not in notes))
        for number, row in enumerate(records[1:], start=2)
        if any(cell.strip() for cell in row)
    )
    return Sheet(tuple(name for name in header if not name.startswith(NOTE)), rows, decimal_mark, warnings)


def _decode(content: bytes) -> tuple[str, tuple[Warning_, ...]]:
    encoding = _utf16(content)
    try:
        text, warnings = (content.decode(encoding), ()) if encoding else _decode_bytewise(content)
    except UnicodeDecodeError as error:
        raise FileProblem("encoding") from error
    if "\0" in text:
        raise FileProblem("encoding")
    return text, warnings


def _utf16(content: bytes) -> str | None:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    # Some tools write UTF-16 without a mark: every second byte of a Latin header is then zero.
    head = content[:_SNIFFED]
    if head[1::2].count(0) * 4 > len(head):
        return "utf-16-le"
    return "utf-16-be" if head[0::2].count(0) * 4 > len(head) else None


def _decode_bytewise(content: bytes) -> tuple[str, tuple[Warning_, ...]]:
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        # Excel with Russian settings saves "CSV" in its code page; the figures are intact, some letters may not be.
        return content.decode("cp1251"), ("not_utf8",)


def _width(text: str, delimiter: str) -> int:
    try:
        return len(next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), []))
    except csv.Error:
        return 0


def _records(text: str, delimiter: str) -> list[tuple[str, ...]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[tuple[str, ...]] = []
    try:
        records.extend(tuple(row) for row in reader)
    except csv.Error as error:
        # A quote that never closes would swallow the rest of the file as one caption, so nothing is taken.
        raise FileProblem("broken_quotes", row=len(records) + 1) from error
    return records
