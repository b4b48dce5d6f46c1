"""Draws the charts of `safar.kernel.chart`: SVG that follows the page's theme, PNG for documents, and the values as rows."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from html import escape
from pathlib import Path
from typing import Any

from babel import numbers
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from safar import kernel
from safar.kernel.chart import Picture, RegionMap
from safar.ui import chart_spec, region_map
from safar.ui.numbers import locale_of
from safar.ui.palette import LIGHT

FONTS = Path(kernel.__path__[0]) / "fonts"
_TOKEN_OF = {colour: token for token, colour in LIGHT.items()}
_NEEDLESS = re.compile(r'\s(?:aria-[a-z]+|role|pointer-events|class|xmlns:xlink|version|style)="[^"]*"')
# A label that has no room is drawn all the same, as glass.
_HIDDEN = re.compile(
    r'<path(?=[^>]*\sdisplay="none")[^>]*/>|<path d="M0,0h0v0h0Z"/>|<text(?=[^>]*\sopacity="0")[^>]*>[^<]*</text>'
)
_PLAIN = re.compile(r' (?:opacity|stroke-width)="1"')
_LONG_NUMBER = re.compile(r"(\d+\.\d{2})\d+")
_COLOUR = re.compile("|".join(_TOKEN_OF))
_ROOT = re.compile(r"^<svg [^>]*>")


@dataclass(frozen=True, slots=True)
class Row:
    """One category with a value for every series."""

    label: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture and the same values as a table; no picture where every value is missing."""

    svg: SafeString | str
    unit: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Order:
    """A picture to draw, known to the cache by the digest of what it says and the language it says it in."""

    digest: str
    language: str
    headed: bool
    picture: Picture = field(compare=False)


def _order(picture: Picture, *, headed: bool) -> _Order:
    if isinstance(picture, RegionMap):
        said: Any = [picture.title, picture.unit, picture.note, dict(picture.values), picture.shapes]
    else:
        said = [picture.kind, picture.title, picture.unit, picture.note, picture.categories]
        said += [[series.name, series.values] for series in picture.series]
    digest = blake2b(json.dumps(said, default=str).encode(), digest_size=8).hexdigest()
    return _Order(digest, get_language() or "en", headed, picture)


def _number_format(language: str) -> dict[str, Any]:
    locale = locale_of(language)
    return {
        "decimal": numbers.get_decimal_symbol(locale),
        "thousands": numbers.get_group_symbol(locale),
        "grouping": [3],
        "currency": ["", ""],
    }


@lru_cache(maxsize=1)
def _engine() -> Any:
    """Import once: the first drawing of a process costs half a second, the next ones some milliseconds."""
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert


@lru_cache(maxsize=256)
def _light_svg(order: _Order) -> str:
    picture = order.picture
    if isinstance(picture, RegionMap):
        return region_map.draw(picture, mark=order.digest, headed=order.headed)
    spec = chart_spec.vega_lite(picture, headed=order.headed)
    # No base address is allowed: a specification never fetches anything.
    drawing = _engine().vegalite_to_svg(spec, format_locale=_number_format(order.language), allowed_base_urls=[])
    return str(drawing)


@lru_cache(maxsize=256)
def _themed_svg(order: _Order) -> str:
    drawing = _light_svg(order)
    drawing = _PLAIN.sub("", _HIDDEN.sub("", _NEEDLESS.sub("", drawing))).replace(
        f' font-family="{chart_spec.FONT}"', ""
    )
    drawing = _LONG_NUMBER.sub(r"\1", drawing)
    drawing = _COLOUR.sub(lambda found: f"var(--{_TOKEN_OF[found[0]]}, {found[0]})", drawing)
    drawing = re.sub(r'(id="|url\(#)(clip|gradient)', rf"\g<1>{order.digest}-\g<2>", drawing)
    title, said = escape(str(order.picture.title)), escape(chart_spec.described(order.picture))
    named = f'role="img" aria-labelledby="t-{order.digest} d-{order.digest}" font-family="inherit"'
    opening = f'<title id="t-{order.digest}">{title}</title><desc id="d-{order.digest}">{said}</desc>'
    return _ROOT.sub(lambda root: f"{root[0][:-1]} {named}>{opening}", drawing, count=1)


def _values(picture: Picture) -> Iterator[float | None]:
    if isinstance(picture, RegionMap):
        yield from picture.values.values()
    else:
        for series in picture.series:
            yield from series.values


def svg(picture: Picture) -> SafeString:
    """Draw for a page: colours are the page's variables, no style attribute, values reachable in the table beside it."""
    return mark_safe(_themed_svg(_order(picture, headed=False)))  # noqa: S308  (built here; texts escaped)


def png(picture: Picture) -> bytes:
    """Draw for a document: light, with title, unit and note in the picture, at twice the size for print."""
    drawing = _light_svg(_order(picture, headed=True))
    size = _ROOT.match(drawing)
    opening = size[0] if size else ""
    paper = f'{opening}<rect x="-9" y="-9" width="120%" height="120%" fill="#ffffff"/>'
    return bytes(_engine().svg_to_png(drawing.replace(opening, paper, 1), scale=2))


def _sorted_places(picture: RegionMap) -> Sequence[tuple[str, str]]:
    named = [
        (str(feature["properties"]["name"]), str(feature["properties"]["code"]))
        for feature in picture.shapes["features"]
    ]
    return sorted(named)


def drawn(picture: Picture) -> Drawn:
    """Give the drawing with its values as rows, for `<c-chart>`."""
    if isinstance(picture, RegionMap):
        head: tuple[str, ...] = (_("Region"), str(picture.unit))
        rows = tuple(Row(name, (picture.values.get(code),)) for name, code in _sorted_places(picture))
    else:
        head = ("", *(str(series.name) for series in picture.series))
        rows = tuple(
            Row(str(category), tuple(series.values[place] for series in picture.series))
            for place, category in enumerate(picture.categories)
        )
    is_empty = all(value is None for value in _values(picture))
    return Drawn("" if is_empty else svg(picture), str(picture.unit), head, rows)
