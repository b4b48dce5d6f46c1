"""The workbook: one sheet a table, real numbers and dates, filters, frozen headings, a cover that says what it is."""

import datetime as dt
import re
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _

from safar.insights.reports.document import Cell, Document, Grid, Hidden, Section
from safar.insights.reports.labels import HIDDEN

_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31
_WIDTH = 9


def workbook(document: Document, *, made_at: dt.datetime) -> bytes:
    """Return the report as .xlsx."""
    import xlsxwriter

    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    book.set_properties(
        {"title": document.title, "subject": document.subtitle, "created": made_at.replace(tzinfo=None)}
    )
    formats = _Formats(book)
    names: set[str] = set()
    _cover(book.add_worksheet(_sheet_name(_("Cover"), names)), document, formats)
    for section in document.sections:
        if section.grid is not None:
            _sheet(book.add_worksheet(_sheet_name(section.sheet, names)), section, section.grid, formats)
    book.close()
    return buffer.getvalue()


class _Formats:
    """The few looks a cell may have."""

    def __init__(self, book: Any) -> None:
        font = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
        self.title = book.add_format(font | {"bold": True, "font_size": 16})
        self.head = book.add_format(font | {"bold": True, "text_wrap": True, "bg_color": "#E9E2D5", "bottom": 1})
        self.note = book.add_format(font | {"italic": True, "text_wrap": True})
        self.text = book.add_format(font | {"text_wrap": True})
        self.number = book.add_format(font | {"num_format": "#,##0"})
        self.date = book.add_format(font | {"num_format": "yyyy-mm-dd", "align": "left"})
        self.hidden = book.add_format(font | {"align": "right", "font_color": "#6B6459"})
        self.total = book.add_format(font | {"bold": True, "num_format": "#,##0", "top": 1})
        self.total_hidden = book.add_format(font | {"bold": True, "align": "right", "top": 1})


def _sheet_name(wanted: str, taken: set[str]) -> str:
    """Return a name Excel accepts: short, without its forbidden letters, not used twice whatever the case."""
    base = _FORBIDDEN.sub(" ", wanted)[:_LONGEST_NAME].strip()
    name, number = base, 1
    while name.casefold() in taken:
        number += 1
        ending = f" {number}"
        name = base[: _LONGEST_NAME - len(ending)].rstrip() + ending
    taken.add(name.casefold())
    return name


def _cover(sheet: Any, document: Document, formats: _Formats) -> None:
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, document.title, formats.title)
    sheet.write_string(1, 0, document.subtitle, formats.text)
    row = 3
    for term, value in document.facts:
        sheet.write_string(row, 0, term, formats.head)
        _write(sheet, row, 1, value, formats, is_total=False)
        row += 1
    for mark in document.marks:
        row += 1
        sheet.merge_range(row, 0, row, 1, mark, formats.note)
        sheet.set_row(row, 48)


def _sheet(sheet: Any, section: Section, grid: Grid, formats: _Formats) -> None:
    """Write a table with its heading in the first row, so that filters and pivot tables take it as it is."""
    for column, head in enumerate(grid.columns):
        sheet.write_string(0, column, head.label, formats.head)
        sheet.set_column(column, column, min(60, max(_WIDTH * head.width, len(head.label) + 4)))
    for number, cells in enumerate(grid.rows, start=1):
        is_total = grid.has_total and number == len(grid.rows)
        for column, cell in enumerate(cells):
            _write(sheet, number, column, cell, formats, is_total=is_total)
    sheet.freeze_panes(1, 0)
    # The total stays out of the filter, so that sorting does not carry it into the middle.
    last = len(grid.rows) - (1 if grid.has_total else 0)
    sheet.autofilter(0, 0, max(last, 0), len(grid.columns) - 1)
    for offset, note in enumerate((section.title, *section.notes), start=2):
        sheet.write_string(len(grid.rows) + offset, 0, note, formats.note if offset > 2 else formats.text)  # noqa: PLR2004
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write(sheet: Any, row: int, column: int, cell: Cell, formats: _Formats, *, is_total: bool) -> None:
    if isinstance(cell, Hidden):
        sheet.write_string(row, column, HIDDEN, formats.total_hidden if is_total else formats.hidden)
    elif isinstance(cell, dt.date):
        sheet.write_datetime(row, column, dt.datetime.combine(cell, dt.time()), formats.date)
    elif isinstance(cell, int):
        sheet.write_number(row, column, cell, formats.total if is_total else formats.number)
    elif cell:
        sheet.write_string(row, column, cell, formats.total if is_total else formats.text)
