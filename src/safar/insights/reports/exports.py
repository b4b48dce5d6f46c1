"""The three files of one frozen run."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import translation

from safar.insights.models import MonthRun
from safar.insights.queries import runs
from safar.insights.reports import excel, pdf, word
from safar.insights.reports.document import Document
from safar.insights.reports.sections import document
from safar.kernel.chart import DrawPng

# Other languages of the desk fall back through gettext to English, sentence by sentence; these two are complete.
LANGUAGES = ("en", "ru")
Draw = Callable[[Document, DrawPng, MonthRun], bytes]


@dataclass(frozen=True, slots=True)
class Format:
    ending: str
    content_type: str
    draw: Draw


def _excel(document: Document, draw: DrawPng, run: MonthRun) -> bytes:
    return excel.workbook(document, made_at=run.frozen_at)


def _word(document: Document, draw: DrawPng, run: MonthRun) -> bytes:
    return word.report(document, draw, made_at=run.frozen_at)


def _pdf(document: Document, draw: DrawPng, run: MonthRun) -> bytes:
    return pdf.report(document, draw, made_at=run.frozen_at)


_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS = {
    one.ending: one
    for one in (
        Format("docx", f"{_OFFICE}.wordprocessingml.document", _word),
        Format("xlsx", f"{_OFFICE}.spreadsheetml.sheet", _excel),
        Format("pdf", "application/pdf", _pdf),
    )
}


def export(run: MonthRun, ending: str, *, language: str, hide: bool, draw: DrawPng) -> bytes:
    """Return the run as a file; figures come from the frozen content and from nowhere else."""
    with translation.override(language):
        return FORMATS[ending].draw(document(runs.report_of(run, hide=hide), run), draw, run)


def file_name(run: MonthRun, ending: str, *, language: str, hide: bool) -> str:
    """Return a name that says what it is; an internal copy says so before it is opened."""
    place = run.centre.code if run.centre else "all"
    inside = "" if hide else "-INTERNAL"
    return f"month-report-{run.month}-{place}-{language}{inside}.{ending}"
