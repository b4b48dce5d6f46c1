"""The workbook that goes back to the centre: every cell as it was, unreadable ones red, and a column that says why."""

import io
from collections import defaultdict
from collections.abc import Sequence

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill

from safar.cases.importers.register import messages
from safar.cases.importers.register.reading import Sheet
from safar.cases.importers.register.rows import Problem

_RED = PatternFill("solid", start_color="FFF4B6B6")
_YELLOW = PatternFill("solid", start_color="FFFBE7A1")
_WIDTH = 60


def workbook(content: bytes, sheets: Sequence[Sheet], problems: Sequence[Problem]) -> bytes:
    """Return the file with its problems marked: red keeps a row out, yellow only loses the cell."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in sheets:
        _mark(book.worksheets[sheet.number], sheet, [problem for problem in problems if problem.sheet == sheet.number])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _mark(tab: openpyxl.worksheet.worksheet.Worksheet, sheet: Sheet, problems: Sequence[Problem]) -> None:
    column = max(found.index for found in sheet.columns) + 2
    heading = tab.cell(sheet.header_row, column, _("To mend"))
    heading.font = Font(bold=True)
    tab.column_dimensions[heading.column_letter].width = _WIDTH
    by_row: dict[int, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_row[problem.row].append(problem)
    for row, found in by_row.items():
        lines = []
        for problem in found:
            cell = tab[f"{problem.letter}{problem.row}"]
            if isinstance(cell, Cell):  # the hidden cells of a merged area cannot be coloured
                cell.fill = _RED if problem.blocks else _YELLOW
            lines.append(f"{problem.letter}{problem.row}: {messages.of(problem)}")
        note = tab.cell(row, column, "\n".join(lines))
        note.alignment = Alignment(wrap_text=True, vertical="top")
