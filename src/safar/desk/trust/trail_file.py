"""The trail as a workbook: real dates, filters, a sheet that explains the columns, any number of rows."""

from collections.abc import Iterable
from io import BytesIO
from itertools import islice
from typing import Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from safar.trust.models import AuditEntry
from safar.trust.queries.audit import label

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS_A_SHEET = 1_000_000  # Excel ends at 1,048,576; a trail cut off there would look complete


def workbook(entries: Iterable[AuditEntry], rows_a_sheet: int = ROWS_A_SHEET) -> bytes:
    """Return the workbook; a trail longer than a sheet goes on in the next one."""
    target = BytesIO()
    # Text that begins with "=" must stay text: a reason is typed by people.
    book = xlsxwriter.Workbook(
        target, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
    }
    rest = iter(entries)
    total, number = 0, 0
    while True:
        chunk = list(islice(rest, rows_a_sheet))
        if not chunk and number:
            break
        number += 1
        title = _("Trail") if number == 1 else f"{_('Trail')} {number}"
        total += _write_sheet(book.add_worksheet(title), chunk, formats)
    _write_definitions(book.add_worksheet(_("Definitions")), total, formats)
    book.close()
    return target.getvalue()


def _columns() -> list[tuple[str, int, str]]:
    """Return the heading, the width and the meaning of each column."""
    return [
        (_("When"), 20, _("Date and time at the centre.")),
        (
            _("Who"),
            28,
            _("The member of staff; empty for a visitor of the public pages and for the installation itself."),
        ),
        (_("As"), 10, _("staff, visitor or machine.")),
        (_("What"), 44, _("The event in words.")),
        (_("Kind"), 14, _("Opened, searched, changed, exported, erased, or signing in.")),
        (_("Code"), 32, _("The event as the software names it; codes never change.")),
        (_("Person’s key"), 38, _("The key of the person it concerned. The trail never holds a name or a value.")),
        (_("Subject’s key"), 38, _("The key of any other thing it concerned.")),
        (_("Fields"), 32, _("Which fields were touched, never what stood in them.")),
        (_("Reason"), 40, _("What was given as the reason, where one is asked for.")),
    ]


def _write_sheet(sheet: Any, entries: Iterable[AuditEntry], formats: dict[str, Any]) -> int:
    columns = _columns()
    for index, (heading, width, _meaning) in enumerate(columns):
        sheet.set_column(index, index, width)
        sheet.write_string(0, index, heading, formats["head"])
    sheet.freeze_panes(1, 0)
    row = 0
    for row, entry in enumerate(entries, start=1):
        sheet.write_datetime(row, 0, timezone.localtime(entry.recorded_at).replace(tzinfo=None), formats["moment"])
        for index, text in enumerate(_texts(entry), start=1):
            sheet.write_string(row, index, text)
    sheet.autofilter(0, 0, row, len(columns) - 1)
    return row


def _texts(entry: AuditEntry) -> list[str]:
    return [
        entry.staff.full_name if entry.staff else "",
        entry.actor_kind,
        label(entry.action),
        str(entry.get_verb_display()),
        entry.action,
        str(entry.person_key or ""),
        str(entry.subject_key or ""),
        ", ".join(entry.fields),
        entry.reason,
    ]


def _write_definitions(sheet: Any, total: int, formats: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    sheet.write_row(0, 0, [_("Column"), _("Meaning")], formats["head"])
    for row, (heading, _width, meaning) in enumerate(_columns(), start=1):
        sheet.write_row(row, 0, [heading, meaning])
    sheet.write_row(len(_columns()) + 2, 0, [_("Rows in this file"), total])
