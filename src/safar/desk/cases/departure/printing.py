"""The papers of a departure as PDF: the take-home sheet with its drawings, and the four papers of the preparation."""

import datetime as dt
import re
from dataclasses import asdict
from functools import cache
from pathlib import Path

from safar import ui
from safar.desk import papers
from safar.desk.cases.departure.sheet import TakeHome

_TEMPLATE = Path(__file__).parent / "sheet.typ"
_SPRITE = Path(ui.__path__[0]) / "static" / "ui" / "icons.svg"
_DRAWING = re.compile(r'<symbol id="(?P<name>[\w-]+)"(?P<attributes>[^>]*)>(?P<body>.*?)</symbol>', re.DOTALL)


def sheet_pdf(sheet: TakeHome, *, made_at: dt.datetime) -> bytes:
    """Return the sheet for the printer: one page as a rule, with letters of every script we write."""
    data = asdict(sheet) | {"lang": sheet.language.split("-", maxsplit=1)[0]}
    icons = {f"{part.icon}.svg": drawings()[part.icon] for part in sheet.parts}
    return papers.typeset(_TEMPLATE, data, made_at=made_at, drawings=icons)


@cache
def drawings() -> dict[str, bytes]:
    """Return the drawings of the design kit as files of their own, in black."""
    text = _SPRITE.read_text(encoding="utf-8")
    return {found["name"]: _alone(found) for found in _DRAWING.finditer(text)}


def _alone(found: re.Match[str]) -> bytes:
    attributes = found["attributes"].replace("currentColor", "#000")
    return f'<svg xmlns="http://www.w3.org/2000/svg"{attributes}>{found["body"]}</svg>'.encode()
