"""The PDF report: typeset by Typst with the fonts we ship, so that every letter of every language is there."""

import datetime as dt
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.utils.translation import gettext as _

from safar import kernel
from safar.insights.reports.document import Document, Grid, Section
from safar.insights.reports.written import written
from safar.kernel.chart import DrawPng

_TEMPLATE = Path(__file__).parent / "month.typ"
_FONTS = Path(kernel.__path__[0]) / "fonts"
# Typst breaks lines at spaces; an address has none, so invisible break points are put after its signs.
_BREAK = "\u200b"


def report(document: Document, draw: DrawPng, *, made_at: dt.datetime) -> bytes:
    """Return the report as tagged PDF; the same run drawn with the same `made_at` gives the same bytes."""
    import typst

    with TemporaryDirectory(prefix="safar-report-") as name:
        folder = Path(name)
        (folder / "month.typ").write_bytes(_TEMPLATE.read_bytes())
        (folder / "report.json").write_text(json.dumps(_data(document), ensure_ascii=False), encoding="utf-8")
        for section in document.sections:
            for picture_name, picture in section.pictures:
                (folder / f"{picture_name}.png").write_bytes(draw(picture))
        made: bytes = typst.compile(
            str(folder / "month.typ"),
            root=str(folder),
            font_paths=[str(_FONTS)],
            ignore_system_fonts=True,
            timestamp=made_at.replace(microsecond=0),
        )
    return made


def _data(document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "lang": document.language.split("-", maxsplit=1)[0],
        "marks": list(document.marks),
        "facts": [[term, written(value)] for term, value in document.facts],
        "sections": [_section(section) for section in document.sections if not section.only_in_workbook],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "notes": list(section.notes),
        "pictures": [
            {"file": f"{name}.png", "alt": f"{picture.title}. {picture.unit}", "caption": picture.note}
            for name, picture in section.pictures
        ],
        "grid": _grid(section.grid) if section.grid else None,
        "empty": _("Nothing in this month."),
    }


def _grid(grid: Grid) -> dict[str, Any]:
    return {
        "columns": [column.label for column in grid.columns],
        "widths": [column.width for column in grid.columns],
        "numbers": [column.kind == "number" for column in grid.columns],
        "rows": [[_breakable(written(cell)) for cell in row] for row in grid.rows],
        "total": grid.has_total,
    }


def _breakable(text: str) -> str:
    return text.replace("/", f"/{_BREAK}").replace("_", f"_{_BREAK}") if "://" in text else text
