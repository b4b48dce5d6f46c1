"""The processing register as a Word document to hand in and as a workbook to work on."""

from io import BytesIO
from typing import Any

from safar.trust.queries.register import FilledArray, Sheet

KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_TAGS = {"uz": "uz-Latn-UZ", "uz-cyrl": "uz-Cyrl-UZ", "ru": "ru-RU", "ky": "ky-KG", "tg": "tg-Cyrl-TJ", "en": "en-GB"}


def written(sheet: Sheet, kind: str) -> bytes:
    """Return the file of one of KINDS."""
    return _workbook(sheet) if kind == "xlsx" else _document(sheet)


def _workbook(sheet: Sheet) -> bytes:
    """One row an array, one column a question: what an authority's own table can be filled from."""
    import xlsxwriter

    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    cell = book.add_format({"text_wrap": True, "valign": "top"})
    page = book.add_worksheet()
    page.set_landscape()
    for column, (heading, _answer) in enumerate(sheet.arrays[0].rows):
        page.set_column(column, column, 32)
        page.write_string(0, column, heading, head)
    for row, array in enumerate(sheet.arrays, start=1):
        for column, (_heading, answer) in enumerate(array.rows):
            page.write_string(row, column, answer, cell)
    page.freeze_panes(1, 0)
    book.set_properties({"title": sheet.title, "subject": sheet.law})
    book.close()
    return target.getvalue()


def _document(sheet: Sheet) -> bytes:
    import docx
    from docx.shared import Cm, Pt

    file = docx.Document()
    for page in file.sections:
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2)
    file.styles["Normal"].font.name, file.styles["Normal"].font.size = "Calibri", Pt(10)
    _set_language(file, _TAGS.get(sheet.language, sheet.language))
    file.core_properties.title, file.core_properties.subject = sheet.title, sheet.law
    file.core_properties.author = file.core_properties.comments = ""
    file.add_heading(sheet.title, 0)
    file.add_paragraph(sheet.law, style="Subtitle")
    for number, array in enumerate(sheet.arrays, start=1):
        _array(file, number, array)
    buffer = BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def _array(file: Any, number: int, array: FilledArray) -> None:
    from docx.shared import Cm

    file.add_heading(f"{number}. {array.name}", 1)
    table = file.add_table(rows=0, cols=2, style="Table Grid")
    for heading, answer in array.rows:
        cells = table.add_row().cells
        cells[0].width, cells[1].width = Cm(4.5), Cm(12.5)
        cells[0].text, cells[1].text = heading, answer
        cells[0].paragraphs[0].runs[0].bold = True


def _set_language(file: Any, tag: str) -> None:
    """Mark the language, so that a word processor does not underline every word and a screen reader reads it right."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    language = OxmlElement("w:lang")
    language.set(qn("w:val"), tag)
    file.styles["Normal"].element.get_or_add_rPr().append(language)
