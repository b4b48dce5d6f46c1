"""Writes the workbooks of this folder from their sources: `python -m safar.cases.questionnaires.library.build`.

The product reads the workbooks only, as it reads those of any centre; a test proves that they are in step with the sources.
"""

import datetime as dt
import re
import sys
from collections.abc import Iterable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
import yaml

import safar
from safar.methods.names.transliteration import to_cyrillic

FOLDER = Path(__file__).parent
LANGUAGES = ("English (en)", "Русский (ru)", "Oʻzbekcha (uz)", "Ўзбекча (uz-cyrl)")
_WORD = re.compile(r"[A-Za-zʻʼ]+")
_COLUMNS = ("appearance", "required", "relevant", "constraint", "calculation", "choice_filter", "repeat_count")
_TRANSLATED = ("hint", "constraint_message")
Table = list[dict[str, str]]
_THE_DAY = dt.datetime(2026, 1, 1)  # noqa: DTZ001  (a workbook knows no time zone)


@cache
def _stems() -> dict[str, str]:
    """Return the words the rule gets wrong, as the catalogues of the interface keep them."""
    listed = yaml.safe_load(
        (Path(safar.__path__[0]) / "locale" / "uz_Cyrl_exceptions.yaml").read_text(encoding="utf-8")
    )
    return {str(latin): str(cyrillic) for latin, cyrillic in listed["words"].items()}


def cyrillic(text: str) -> str:
    """Return a text in Uzbek Latin script in Cyrillic: by rule, but for the words the rule gets wrong."""
    return _WORD.sub(lambda found: _word(found[0]), text)


def _word(word: str) -> str:
    for length in range(len(word), 2, -1):
        if stem := _stems().get(word[:length].lower()):
            return (stem.capitalize() if word[0].isupper() else stem) + to_cyrillic(word[length:])
    return to_cyrillic(word)


def texts(column: str, written: Iterable[str]) -> dict[str, str]:
    """Return the columns of one text: Uzbek in Cyrillic follows from Uzbek in Latin script by rule."""
    english, russian, uzbek = written
    told = (english, russian, uzbek, cyrillic(uzbek))
    return {f"{column}::{language}": text for language, text in zip(LANGUAGES, told, strict=True)}


def tables(source: dict[str, Any], code: str) -> dict[str, Table]:
    """Return the three sheets of a source."""
    survey: Table = []
    for kind, *rest in source["survey"]:
        if not rest:
            survey.append({"type": kind})
            continue
        name, *labels, more = rest
        row = {"type": kind, "name": name} | texts("label", labels)
        row |= {column: more[column] for column in _COLUMNS if column in more}
        for column in _TRANSLATED:
            row |= texts(column, more[column]) if column in more else {}
        survey.append(row)
    choices = [
        {"list_name": list_name, "name": name} | texts("label", labels)
        for list_name, entries in source["lists"].items()
        for name, *labels in entries
    ]
    titles = source["title"]
    settings = [{"form_title": titles[0], "form_id": code, "default_language": LANGUAGES[0]}]
    return {"survey": survey, "choices": choices, "settings": settings}


def workbook(sheets: dict[str, Table]) -> bytes:
    """Return the sheets as a workbook, the same bytes every time."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.set_properties({"created": _THE_DAY})
        bold = book.add_format({"bold": True})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            columns = list(dict.fromkeys(column for row in rows for column in row))
            sheet.write_row(0, 0, columns, bold)
            for number, row in enumerate(rows, start=1):
                for place, column in enumerate(columns):
                    if column in row:
                        sheet.write_string(number, place, row[column])
            sheet.set_column(0, len(columns), 24)
            sheet.freeze_panes(1, 0)
    return made.getvalue()


def codes() -> list[str]:
    """Return the codes of all sources, in order."""
    return sorted(path.name.partition(".")[0] for path in FOLDER.glob("*.form.yaml"))


def built(code: str) -> bytes:
    """Return the workbook of one source."""
    source = yaml.safe_load((FOLDER / f"{code}.form.yaml").read_text(encoding="utf-8"))
    return workbook(tables(source, code))


def write() -> None:
    for code in codes():
        (FOLDER / f"{code}.xlsx").write_bytes(built(code))


if __name__ == "__main__":
    write()
    sys.stdout.write(f"{len(codes())} workbooks written\n")
