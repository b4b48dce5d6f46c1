"""Papers the desk prints for a person, typeset by Typst with the fonts we ship, so that every letter of every language is there."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.http import HttpResponse

from safar import kernel
from safar.kernel.multilingual import Multilingual

_TEMPLATE = Path(__file__).parent / "paper.typ"
_FONTS = Path(kernel.__path__[0]) / "fonts"


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a paper under one heading: words, terms with their values, a table, boxes to tick."""

    title: str = ""
    paragraphs: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    choices: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """What is printed, in one language; `signatures` are lines to sign on, by what stands under them."""

    title: str
    language: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    footer: str = ""
    signatures: tuple[str, ...] = ()


def language_for(person_language: str) -> str:
    """Return the language of the interface a person reads best: their own, else the nearest we have."""
    offered = Multilingual({code: code for code, _name in settings.LANGUAGES})
    return offered.language_used(person_language)


def pdf(paper: Paper, *, made_at: dt.datetime) -> bytes:
    """Return the paper as tagged PDF; the same words with the same `made_at` give the same bytes."""
    data = asdict(paper) | {"lang": paper.language.split("-", maxsplit=1)[0]}
    return typeset(_TEMPLATE, data, made_at=made_at)


def typeset(
    template: Path, data: Mapping[str, Any], *, made_at: dt.datetime, drawings: Mapping[str, bytes] | None = None
) -> bytes:
    """Return what a Typst template makes of `data`, which it reads as paper.json; `drawings` lie beside it by file name."""
    import typst

    with TemporaryDirectory(prefix="safar-paper-") as name:
        folder = Path(name)
        (folder / "paper.typ").write_bytes(template.read_bytes())
        (folder / "paper.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        for drawing, content in (drawings or {}).items():
            (folder / drawing).write_bytes(content)
        made: bytes = typst.compile(
            str(folder / "paper.typ"),
            root=str(folder),
            font_paths=[str(_FONTS)],
            ignore_system_fonts=True,
            timestamp=made_at.replace(microsecond=0),
        )
    return made


def download(content: bytes, *, name: str, content_type: str) -> HttpResponse:
    """Answer with a file to keep; what stands in it is about a person, so no cache may."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=content_type, headers=headers)
