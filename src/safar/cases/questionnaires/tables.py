"""A workbook as its sheets: read with limits first, so that a file made to break a server does not."""

import warnings
import zipfile
from dataclasses import asdict, dataclass, field
from io import BytesIO
from typing import Any

from django.utils.translation import gettext_lazy as _
from pyxform.errors import PyXFormError
from pyxform.xls2json_backends import DefinitionData, get_xlsform

from safar.cases.questionnaires.problems import Problem, Words

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 80 * 1024 * 1024
MOST_QUESTIONS = 2000
MOST_CHOICES = 20_000
Row = dict[str, str]


class UnreadableError(ValueError):
    """The file is no form; `problems` say where and why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(str(problems[0].original or problems[0].text) if problems else "")
        self.problems = problems


@dataclass(slots=True)
class Tables:
    """The sheets of a workbook; row n of a sheet stands at place n - 2, as its heading is row 1."""

    data: DefinitionData
    survey: list[Row] = field(default_factory=list)
    choices: list[Row] = field(default_factory=list)
    settings: Row = field(default_factory=dict)

    def definition(self) -> dict[str, Any]:
        """Return the sheets as the converter takes them."""
        sheets = {"survey": self.survey, "choices": self.choices, "settings": [self.settings]}
        headings = {
            f"{name}_header": [dict.fromkeys(column for row in rows for column in row)] for name, rows in sheets.items()
        }
        kept = {name: value for name, value in asdict(self.data).items() if value is not None}
        return kept | sheets | headings


def read(content: bytes) -> Tables:
    """Read a workbook; raise UnreadableError for what is none, is too large, or unpacks to too much."""
    check_size(content)
    try:
        # What openpyxl cannot keep of a workbook (print settings, drop-down lists) is nothing a form is made of.
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module="openpyxl")
            data = get_xlsform(content, file_type=".xlsx")
    except (PyXFormError, ValueError, IndexError, StopIteration) as error:
        raise _refusal(_("This file cannot be read as an Excel workbook."), str(error)) from error
    survey = [_clean(row) for row in data.survey or []]
    choices = [_clean(row) for row in data.choices or []]
    if not survey:
        raise _refusal(_("The workbook needs a sheet called survey with one question a row."))
    if len(survey) > MOST_QUESTIONS or len(choices) > MOST_CHOICES:
        raise _refusal(_("The form is too long: at most 2,000 rows of questions and 20,000 choices."))
    return Tables(data, survey, choices, dict((data.settings or [{}])[0]))


def _clean(row: Row) -> Row:
    return {str(key).strip(): str(value) for key, value in row.items() if key}


def check_size(content: bytes) -> None:
    """Refuse what is no workbook, is too large, or unpacks to too much."""
    if len(content) > MOST_BYTES:
        raise _refusal(_("The file is larger than 5 MB."))
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile as error:
        raise _refusal(_("This file cannot be read as an Excel workbook."), str(error)) from error
    if unpacked > MOST_UNPACKED:
        raise _refusal(_("The file unpacks to more than a form can hold."))


def _refusal(text: Words, original: str = "") -> UnreadableError:
    return UnreadableError([Problem(text=text, original=original)])
