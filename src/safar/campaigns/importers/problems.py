"""What can be wrong with a file or a row, as codes; `messages.py` says it to people."""

from dataclasses import dataclass
from typing import Literal

FileCode = Literal[
    "empty",
    "too_big",
    "workbook",
    "encoding",
    "broken_quotes",
    "unrecognised",
    "missing_columns",
    "unknown_columns",
    "doubled_columns",
    "no_figures",
    "no_rows",
]
RowCode = Literal[
    "cells_missing",
    "cells_too_many",
    "permalink_missing",
    "permalink_foreign",
    "permalink_repeated",
    "account_missing",
    "account_unknown",
    "account_differs",
    "id_too_long",
    "not_a_date",
    "in_the_future",
    "not_a_window",
    "not_a_count",
    "not_an_amount",
    "negative",
    "too_large",
    "shortened_number",
    "captured_differently",
]
Warning_ = Literal["day_first", "not_utf8"]


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One cell that cannot be taken, by the column's name as it stands in the file."""

    code: RowCode
    field: str = ""
    value: str = ""


class FileProblem(Exception):  # noqa: N818  (it is shown to people as a problem of their file, not as a fault of ours)
    """The file as a whole cannot be read; nothing of it was taken."""

    def __init__(self, code: FileCode, columns: tuple[str, ...] = (), kind: str = "", row: int | None = None) -> None:
        super().__init__(code)
        self.code: FileCode = code
        self.columns = columns
        self.kind = kind
        self.row = row
