"""The first sheet of an .xlsx workbook as rows of text: people mend refused rows there and send them back."""

import datetime as dt
import io
from typing import Any
from zipfile import BadZipFile

from safar.campaigns.importers.problems import FileProblem

MOST_ROWS = 200_000


def read_workbook(content: bytes) -> list[tuple[str, ...]]:
    """Return every row, all of the width of the first, since Excel stores no empty cells at the end of a row."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = [
            tuple(_text(cell) for cell in row)
            for row in book.worksheets[0].iter_rows(max_row=MOST_ROWS, values_only=True)
        ]
        book.close()
    except (InvalidFileException, BadZipFile, KeyError, ValueError, IndexError, SyntaxError) as error:
        # A zip of something else, a damaged or an encrypted workbook: the library has a name of its own for each.
        raise FileProblem("workbook") from error
    width = max((len(row) for row in rows), default=0)
    return [row + ("",) * (width - len(row)) for row in rows]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
