"""The Word report: headings that make a table of contents, tables that can be edited, charts as pictures."""

import datetime as dt
from io import BytesIO
from typing import Any

from safar.insights.reports.document import Document, Grid, Section
from safar.insights.reports.written import written
from safar.kernel.chart import DrawPng

_FONT = "Calibri"
_LANGUAGES = {"en": "en-GB", "ru": "ru-RU", "uz": "uz-Latn-UZ", "uz-cyrl": "uz-Cyrl-UZ"}


def report(document: Document, draw: DrawPng, *, made_at: dt.datetime) -> bytes:
    """Return the report as .docx; `draw` makes the pictures, because a domain holds no pen."""
    import docx
    from docx.shared import Cm, Pt

    file = docx.Document()
    for page in file.sections:
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        page.left_margin = page.right_margin = Cm(2)
        page.top_margin = page.bottom_margin = Cm(2)
    file.styles["Normal"].font.name, file.styles["Normal"].font.size = _FONT, Pt(10)
    _set_language(file, _LANGUAGES.get(document.language, document.language))
    file.core_properties.title, file.core_properties.subject = document.title, document.subtitle
    file.core_properties.author, file.core_properties.comments = "", ""
    file.core_properties.created = file.core_properties.modified = made_at.replace(tzinfo=None)
    _front(file, document)
    for section in document.sections:
        if not section.only_in_workbook:
            _section(file, section, draw)
    _footer(file, document)
    buffer = BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def _set_language(file: Any, tag: str) -> None:
    """Mark the language, so that a word processor does not underline every word and a screen reader reads it right."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    language = OxmlElement("w:lang")
    language.set(qn("w:val"), tag)
    file.styles["Normal"].element.get_or_add_rPr().append(language)


def _front(file: Any, document: Document) -> None:
    file.add_heading(document.title, 0)
    file.add_paragraph(document.subtitle, style="Subtitle")
    for mark in document.marks:
        file.add_paragraph(mark, style="Intense Quote")
    table = file.add_table(rows=0, cols=2, style="Light List")
    for term, value in document.facts:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = term, written(value)


def _section(file: Any, section: Section, draw: DrawPng) -> None:
    from docx.shared import Cm

    file.add_heading(section.title, 1)
    for note in section.notes:
        file.add_paragraph(note)
    for _name, chart in section.pictures:
        picture = file.add_picture(BytesIO(draw(chart)), width=Cm(13))
        picture._inline.docPr.set("descr", f"{chart.title}. {chart.unit}")  # noqa: SLF001  (no public way to say what it shows)
    if section.grid is not None:
        _grid(file, section.grid)


def _grid(file: Any, grid: Grid) -> None:
    from docx.shared import Cm

    table = file.add_table(rows=1, cols=len(grid.columns), style="Table Grid")
    table.autofit = False
    whole = sum(column.width for column in grid.columns)
    widths = [Cm(17 * column.width / whole) for column in grid.columns]
    for cell, column, width in zip(table.rows[0].cells, grid.columns, widths, strict=True):
        _fill(cell, column.label, width, bold=True, right=column.kind == "number")
    _repeat_on_each_page(table.rows[0])
    for number, row in enumerate(grid.rows, start=1):
        is_total = grid.has_total and number == len(grid.rows)
        added = table.add_row()
        _keep_together(added)
        for cell, value, column, width in zip(added.cells, row, grid.columns, widths, strict=True):
            _fill(cell, written(value), width, bold=is_total, right=column.kind == "number")
    file.add_paragraph()


def _fill(cell: Any, text: str, width: Any, *, bold: bool, right: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    cell.width = width
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(8.5)
    paragraph.paragraph_format.space_after = Pt(1)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _repeat_on_each_page(row: Any) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001  (no public way)


def _keep_together(row: Any) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001  (no public way)


def _footer(file: Any, document: Document) -> None:
    file.sections[0].footer.paragraphs[0].text = f"{document.title} · {document.subtitle}"
