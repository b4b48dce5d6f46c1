"""What is wrong with a workbook, told by sheet and row in words of somebody who made it, the converter's own words beside."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

Words = str | Promise


def _filled(words: Words, told: dict[str, str]) -> Words:
    """Put details into words that are translated when they are shown."""
    return lazy(lambda: str(words).format(**told), str)()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that keeps a workbook from being a form; row 0 when it is about a sheet or the whole file."""

    text: Words
    sheet: str = ""
    row: int = 0
    column: str = ""
    original: str = ""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One thing that was read more kindly than it is written. Each is shown before the form is published."""

    code: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    detail: str = ""

    @property
    def text(self) -> Words:
        return _filled(ADJUSTMENTS[self.code], {"detail": self.detail})


ADJUSTMENTS: dict[str, Words] = {
    "duplicate_choices": _(
        "The list {detail} names a choice more than once. All of them are kept; which one is offered follows from the filter."
    ),
    "doubled_choice": _(
        "The list {detail} has the same choice twice without a filter between them. The first one counts."
    ),
    "unknown_in_formula": _("The calculation names {detail}, which is not in this form. It is read as empty."),
    "unknown_in_condition": _("The condition names {detail}, which is not in this form. The question is always asked."),
    "unknown_in_constraint": _("The check names {detail}, which is not in this form. It is left out."),
    "unknown_in_filter": _("The filter names {detail}, which is not in this form. All choices are offered."),
    "unknown_in_text": _("The text names {detail}, which is not in this form. A gap is shown in its place."),
    "unknown_in_count": _("The number of repeats names {detail}, which is not in this form. Rows are added by hand."),
    "no_device": _(
        "The column asks for something of the device ({detail}). A form filled at the desk leaves it empty."
    ),
    "untranslated": _("Texts without a translation are shown in the first language that has them: {detail}."),
    "missing_file": _(
        "The list comes from the file {detail}, which was not uploaded with the form. It has no choices and may be left out."
    ),
}

# The converter's sentences, as far as they are met often; what is not among them is shown as it came.
_SENTENCES: list[tuple[str, Words]] = [
    (r"Could not find the name '(?P<detail>[^']+)'", _("A formula names the question {detail}, which is not in this form.")),
    (r"There is no sheet named|must have a sheet called: survey", _("The workbook needs a sheet called survey.")),
    (r"There should be a choices sheet", _("The question takes its choices from a list, and there is no sheet called choices.")),
    (r"Unknown question type '(?P<detail>[^']+)'", _("There is no kind of question called {detail}.")),
    (r"List name not in choices sheet: (?P<detail>\S+)", _("The list {detail} is not on the sheet choices.")),
    (r"Question or group with no name|no name", _("The question has no name. Give it a short one of letters and numbers.")),
    (r"(?i:names must begin|names? may contain)", _("The name may hold letters, numbers, - and _ and begins with a letter.")),
    (r"Unmatched '?(?:begin|end)|Unmatched", _("A group or repeat is opened and not closed, or closed and not opened.")),
    (r"Choice names must be unique", _("A choice stands twice in its list.")),
    (r"(?s:name.*(?:unique|more than one|duplicate))", _("Two questions have the same name.")),
    (r"no label|must have a label|Missing label", _("The question has no text.")),
    (r"missing list name|specify.*list", _("The question does not say from which list its choices come.")),
]  # fmt: skip
_ROW = re.compile(r"\[row\s*:\s*(?P<row>\d+)\]")
_SHEET = re.compile(r"[Oo]n the '(?P<sheet>\w+)' sheet|'(?P<other>survey|choices|settings|entities)' sheet")
_COLUMN = re.compile(r"the '(?P<column>[\w: ]+)' value is invalid")


def problems_of(message: str, kinds: Sequence[str] = ()) -> list[Problem]:
    """Return what the converter said, one problem a row it names; `kinds` of the questions find a row it does not name."""
    parts = [part for part in re.split(r"\n(?=\[row)", message.strip()) if part.strip()]
    return [_placed(_problem(part.strip()), kinds) for part in parts]


def _placed(problem: Problem, kinds: Sequence[str]) -> Problem:
    """Give a problem the row of the first question whose kind it speaks of."""
    if problem.row:
        return problem
    told = re.search(r"question type '(?P<kind>[^']+)'|choices sheet: (?P<list>\S+)", problem.original)
    wanted = (
        next((name for name in told.groups() if name), "")
        if told
        else "select"
        if "choices sheet" in problem.original
        else ""
    )
    row = next((number for number, kind in enumerate(kinds, start=2) if wanted and wanted in kind), 0)
    return replace(problem, sheet="survey", row=row, column="type") if row else problem


def _problem(part: str) -> Problem:
    row, sheet, column = _ROW.search(part), _SHEET.search(part), _COLUMN.search(part)
    return Problem(
        text=_words(part),
        sheet=next((name for name in sheet.groups() if name), "survey") if sheet else "survey" if row else "",
        row=int(row["row"]) if row else 0,
        column=column["column"] if column else "",
        original=part,
    )


def _words(part: str) -> Words:
    for pattern, words in _SENTENCES:
        if found := re.search(pattern, part):
            return _filled(words, found.groupdict())
    return _("The converter does not understand this place.")
