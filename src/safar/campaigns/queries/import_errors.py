"""The refused rows as a workbook: the same rows, and beside each what to mend. Mended, it can be imported as it is."""

import io

from django.utils.translation import gettext as _

from safar.campaigns.importers.reading import NOTE
from safar.campaigns.queries.import_messages import row_message
from safar.campaigns.queries.imports import ImportPreview

_WIDE, _NARROW = 70, 16


def errors_workbook(preview: ImportPreview) -> bytes:
    """Return .xlsx bytes; every cell is text, so that Excel neither ruins ids again nor runs a caption that starts with `=`."""
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(_("Rows to mend"))
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    header = [f"{NOTE} {_('Row in the file')}", f"{NOTE} {_('What to mend')}", *preview.header]
    for place, name in enumerate(header):
        sheet.write_string(0, place, name, bold)
    for line, bad in enumerate(preview.refused, start=1):
        sheet.write_number(line, 0, bad.row, wrapped)
        sheet.write_string(line, 1, "\n".join(row_message(problem) for problem in bad.problems), wrapped)
        for place, cell in enumerate(bad.cells, start=2):
            sheet.write_string(line, place, cell)
    sheet.set_column(0, 0, _NARROW)
    sheet.set_column(1, 1, _WIDE)
    sheet.set_column(2, len(header) - 1, _NARROW)
    sheet.freeze_panes(1, 2)
    book.close()
    return target.getvalue()
