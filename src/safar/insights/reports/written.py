"""How a cell is written for reading: the reader's thousands and dates, and the sign of a hidden count."""

import datetime as dt

from babel.dates import format_date
from babel.numbers import format_decimal

from safar.insights.reports.document import Cell, Hidden
from safar.insights.reports.labels import HIDDEN, locale


def written(cell: Cell) -> str:
    """Return the text of a cell in the active language."""
    if isinstance(cell, Hidden):
        return HIDDEN
    if isinstance(cell, dt.date):
        return str(format_date(cell, "medium", locale=locale()))
    if isinstance(cell, int):
        return str(format_decimal(cell, locale=locale()))
    return cell or ""
