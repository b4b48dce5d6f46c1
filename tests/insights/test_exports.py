"""Three files of one run say the same: each is opened and compared with the frozen content."""

import datetime as dt
import re
import subprocess
from io import BytesIO

import docx
import openpyxl
import pytest
from django.utils import translation

from safar.insights.models import MonthRun
from safar.insights.queries import runs
from safar.insights.reports import labels
from safar.insights.reports.excel import _sheet_name
from safar.insights.reports.exports import FORMATS, export, file_name
from safar.insights.reports.sections import document
from safar.insights.reports.written import written
from tests.insights.reported import frozen, one_pixel

pytestmark = pytest.mark.usefixtures("data_folder")


_counted_once: dict[str, object] = {}


@pytest.fixture
def run(actor):
    """Give one frozen month to every test: counting it takes seconds, and none of these tests is about counting."""
    by = actor("coordinator")
    if _counted_once:
        return MonthRun.objects.create(**_counted_once | {"frozen_by_id": by.id})
    first = frozen(by, contacts=300)
    _counted_once.update({field.attname: getattr(first, field.attname) for field in MonthRun._meta.concrete_fields})
    return first


def drawn(run, ending, language="en", *, hide=True):
    return export(run, ending, language=language, hide=hide, draw=one_pixel)


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("hide", [True, False])
def test_the_workbook_holds_every_figure_as_a_number_and_every_date_as_a_date(run, language, hide):
    book = openpyxl.load_workbook(BytesIO(drawn(run, "xlsx", language, hide=hide)))
    report = runs.report_of(run, hide=hide)
    with translation.override(language):
        expected = document(report, run)
    sheets = [section for section in expected.sections if section.grid is not None]
    assert len(book.worksheets) == len(sheets) + 1
    for sheet, section in zip(book.worksheets[1:], sheets, strict=True):
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref
        for number, row in enumerate(section.grid.rows, start=2):
            for column, cell in enumerate(row, start=1):
                found = sheet.cell(number, column).value
                found = found.date() if isinstance(found, dt.datetime) else found
                assert found == ("[c]" if repr(cell) == "HIDDEN" else cell or (0 if cell == 0 else None))
    cover = " ".join(str(cell.value) for row in book.worksheets[0] for cell in row if cell.value)
    assert run.sha256 in cover
    assert expected.marks[0] in cover


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_word_report_holds_the_same_cells(run, language):
    file = docx.Document(BytesIO(drawn(run, "docx", language)))
    with translation.override(language):
        expected = document(runs.report_of(run, hide=True), run)
        grids = [one.grid for one in expected.sections if one.grid is not None and not one.only_in_workbook]
        assert len(file.tables) == len(grids) + 1
        for table, grid in zip(file.tables[1:], grids, strict=True):
            wanted = [[written(cell) for cell in row] for row in grid.rows]
            assert [[cell.text for cell in row.cells] for row in table.rows][1:] == wanted
    headings = [one.text for one in file.paragraphs if one.style.name == "Heading 1"]
    assert headings == [one.title for one in expected.sections if not one.only_in_workbook]
    assert len(file.inline_shapes) == sum(len(one.pictures) for one in expected.sections)
    assert run.sha256 in "".join(cell.text for row in file.tables[0].rows for cell in row.cells)


def pdf_text(data, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(data)
    return subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_pdf_holds_the_same_figures(run, language, tmp_path):
    from shutil import which

    data = drawn(run, "pdf", language)
    assert data.startswith(b"%PDF-")
    if not which("pdftotext"):
        pytest.skip("pdftotext (Debian package poppler-utils) is not installed")
    text = pdf_text(data, tmp_path)
    with translation.override(language):
        for line in runs.report_of(run, hide=True).figures:
            value = "[c]" if line.value is None else written(line.value)
            words = r"\s+".join(map(re.escape, labels.indicator(line.code).split()[:1]))
            assert re.search(rf"^\s*{line.number}\s+{words}.*\s{re.escape(value)}\s", text, re.MULTILINE), line
    assert run.sha256 in text


def test_a_run_drawn_twice_gives_the_same_pdf(run):
    assert drawn(run, "pdf") == drawn(run, "pdf")


def test_every_format_is_offered_and_an_internal_copy_says_so_in_its_name(run):
    assert list(FORMATS) == ["docx", "xlsx", "pdf"]
    assert file_name(run, "pdf", language="en", hide=True) == "month-report-2026-09-all-en.pdf"
    assert file_name(run, "pdf", language="en", hide=False) == "month-report-2026-09-all-en-INTERNAL.pdf"


def test_demo_figures_are_marked_in_every_file(actor, settings):
    settings.SAFAR_IS_DEMO = True
    run = frozen(actor("coordinator"))
    assert "invented" in document(runs.report_of(run, hide=True), run).marks[0]


def test_sheet_names_fit_excel_and_never_meet():
    taken = set()
    names = [_sheet_name("Contacts through a campaign, by campaign [all]", taken) for _ in range(3)]
    assert len({name.casefold() for name in names}) == 3
    assert all(len(name) <= 31 and "[" not in name for name in names)
