"""The rows that stay out, as a workbook to mend and bring again: every cell as it was, and a column that says why."""

import io
from collections import defaultdict
from collections.abc import Sequence

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.styles import Alignment, Font, PatternFill

from safar.cases.importers.agencies import messages
from safar.cases.importers.agencies.reading import Sheet
from safar.cases.importers.agencies.rows import Problem

_RED = PatternFill("solid", start_color="FFF4B6B6")
_WIDTH = 60


def workbook(sheets: Sequence[Sheet], problems: Sequence[Problem]) -> bytes:
    """Return a workbook of the refused rows, a sheet for each that has some, with the row number they stood in."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        by_row: dict[int, list[Problem]] = defaultdict(list)
        for problem in problems:
            if problem.sheet == sheet.number:
                by_row[problem.row].append(problem)
        if by_row:
            _fill(book, sheet, by_row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(book: openpyxl.Workbook, sheet: Sheet, by_row: dict[int, list[Problem]]) -> None:
    tab = book.create_sheet(sheet.name[:31] or _("Register"))
    headings = [column.heading for column in sheet.columns]
    tab.append([_("Row"), *headings, _("To mend")])
    for cell in tab[1]:
        cell.font = Font(bold=True)
    place = {column.letter: at for at, column in enumerate(sheet.columns, 2)}
    for number, cells in sheet.rows:
        if number not in by_row:
            continue
        kept = [cells[column.index] if column.index < len(cells) else None for column in sheet.columns]
        said = "\n".join(f"{problem.letter}{number}: {messages.of(problem)}" for problem in by_row[number])
        tab.append([number, *kept, said])
        for cell in tab[tab.max_row]:
            if cell.data_type == "f":  # a text that begins with = came as a text and goes back as one
                cell.data_type = "s"
        for problem in by_row[number]:
            tab.cell(tab.max_row, place[problem.letter]).fill = _RED
        tab.cell(tab.max_row, len(headings) + 2).alignment = Alignment(wrap_text=True, vertical="top")
    tab.column_dimensions[tab.cell(1, len(headings) + 2).column_letter].width = _WIDTH
