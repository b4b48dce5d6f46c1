"""Draws a RegionMap as SVG in the light palette.

Written by hand and not as Vega-Lite geoshapes: those keep every decimal of every border, and hatch nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from math import log, pi, radians, tan
from typing import Any, TypeAlias

from django.utils.translation import gettext as _

from safar.kernel.chart import RegionMap
from safar.ui.numbers import written_number
from safar.ui.palette import LIGHT, classes_for

Point: TypeAlias = tuple[float, float]
Ring: TypeAlias = list[Point]

WIDTH = 720.0
MAX_HEIGHT = 560.0
MAX_BYTES = 58_000
_GRIDS = (2.5, 3.5, 4.5)  # about a pixel as pages show it; coarser until the drawing is small enough
_MAX_CLASSES = 5
_LABEL = 13
_LETTER = _LABEL * 0.54  # mean width of a letter, enough to tell whether a name fits
_SCAN_LINES = 9
_ROW = 24
_POLE = 85.0


@dataclass(frozen=True, slots=True)
class Area:
    """A region on the canvas."""

    code: str
    name: str
    rings: list[Ring]


def _mercator(longitude: float, latitude: float) -> Point:
    held = max(-_POLE, min(_POLE, latitude))
    return radians(longitude), -log(tan(pi / 4 + radians(held) / 2))


def _rings(geometry: dict[str, Any] | None) -> Iterator[Ring]:
    if not geometry:
        return
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        for ring in polygon:
            yield [_mercator(point[0], point[1]) for point in ring]


def areas_of(shapes: Any) -> tuple[list[Area], float, float]:
    """Project the shapes and fit them into the canvas; give them with the size they take."""
    raw = [
        Area(str(feature["properties"]["code"]), str(feature["properties"]["name"]), list(_rings(feature["geometry"])))
        for feature in shapes["features"]
    ]
    points = [point for area in raw for ring in area.rings for point in ring]
    if not points:
        return [], WIDTH, 0.0
    left, top = min(x for x, _y in points), min(y for _x, y in points)
    span_x, span_y = max(x for x, _y in points) - left, max(y for _x, y in points) - top
    scale = min(WIDTH / (span_x or 1), MAX_HEIGHT / (span_y or 1))
    shift = (WIDTH - span_x * scale) / 2
    placed = [
        Area(
            area.code,
            area.name,
            [[((x - left) * scale + shift, (y - top) * scale) for x, y in ring] for ring in area.rings],
        )
        for area in raw
    ]
    return placed, WIDTH, span_y * scale


def _short(number: float) -> str:
    return f"{number:.1f}".rstrip("0").rstrip(".")


def path_of(rings: Iterable[Ring], grid: float) -> str:
    """Write rings as a path. Points are snapped to a grid and not simplified one by one: neighbours keep one border."""
    parts: list[str] = []
    for ring in rings:
        snapped: list[Point] = []
        for x, y in ring:
            point = (round(x / grid) * grid, round(y / grid) * grid)
            if not snapped or snapped[-1] != point:
                snapped.append(point)
        if len(set(snapped)) > 2:  # noqa: PLR2004  (fewer corners enclose nothing)
            parts.append(_outline([(round(x * 10), round(y * 10)) for x, y in snapped[:-1]]))
    return "".join(parts)


def _outline(tenths: Sequence[tuple[int, int]]) -> str:
    """Write a ring by its steps, which are short and alike and so half as long on the way; steps straight on are one."""
    steps: list[tuple[int, int]] = []
    for (x1, y1), (x2, y2) in pairwise(tenths):
        step = (x2 - x1, y2 - y1)
        if steps and _goes_on(steps[-1], step):
            step = (steps[-1][0] + step[0], steps.pop()[1] + step[1])
        steps.append(step)
    moved = " ".join(f"{_short(x / 10)} {_short(y / 10)}" for x, y in steps).replace(" -", "-")
    return f"M{_short(tenths[0][0] / 10)} {_short(tenths[0][1] / 10)}l{moved}Z"


def _goes_on(step: tuple[int, int], following: tuple[int, int]) -> bool:
    """Whether the second step leads on in the direction of the first."""
    (x1, y1), (x2, y2) = step, following
    return x1 * y2 == y1 * x2 and x1 * x2 + y1 * y2 > 0


def _widest_gap(rings: Sequence[Ring], y: float) -> tuple[float, float]:
    crossings = sorted(
        x1 + (y - y1) * (x2 - x1) / (y2 - y1)
        for ring in rings
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True)
        if (y1 > y) != (y2 > y)
    )
    pairs = [(end - start, (start + end) / 2) for start, end in zip(crossings[::2], crossings[1::2], strict=False)]
    return max(pairs, default=(0.0, 0.0))


def label_place(area: Area) -> tuple[float, float, float]:
    """Find where in a region a name has most room: x, y and the room there."""
    heights = [y for ring in area.rings for _x, y in ring]
    if not heights:
        return 0.0, 0.0, 0.0
    top, bottom = min(heights), max(heights)
    best = (0.0, 0.0, 0.0)
    for step in range(1, _SCAN_LINES + 1):
        y = top + (bottom - top) * step / (_SCAN_LINES + 1)
        # The name has a height too: what counts is the room along its upper and lower edge.
        room, x = min(_widest_gap(area.rings, y - _LABEL / 2), _widest_gap(area.rings, y + _LABEL / 2))
        if room > best[2]:
            best = (x, y, room)
    return best


def class_limits(values: Iterable[float]) -> list[tuple[float, float]]:
    """Cut the values into at most five classes of about equally many regions; equal values never part."""
    ordered = sorted(values)
    if not ordered:
        return []
    count = min(_MAX_CLASSES, len(set(ordered)))
    limits: list[tuple[float, float]] = []
    start = 0
    for step in range(1, count + 1):
        end = max(start + 1, round(len(ordered) * step / count))
        while end < len(ordered) and ordered[end] == ordered[end - 1]:
            end += 1
        if start < len(ordered):
            limits.append((ordered[start], ordered[min(end, len(ordered)) - 1]))
        start = end
    return limits


def _fill(value: float | None, limits: list[tuple[float, float]], hatch: str) -> str:
    if value is None:
        return f"url(#{hatch})"
    tokens = classes_for(len(limits))
    place = next(index for index, (_low, high) in enumerate(limits) if value <= high)
    return LIGHT[tokens[place]]


def _text(x: float, y: float, text: str, *, size: float = _LABEL, more: str = "") -> str:
    return f'<text x="{_short(x)}" y="{_short(y)}" font-family="Safar Sans" font-size="{size}" {more}>{escape(text)}</text>'


def _legend(picture: RegionMap, limits: list[tuple[float, float]], hatch: str, top: float) -> tuple[str, float]:
    entries = [
        (LIGHT[token], written_number(low) if low == high else f"{written_number(low)} – {written_number(high)}")
        for token, (low, high) in zip(classes_for(len(limits)), limits, strict=True)
    ]
    codes = [str(feature["properties"]["code"]) for feature in picture.shapes["features"]]
    if any(picture.values.get(code) is None for code in codes):
        entries.append((f"url(#{hatch})", _("no data")))
    parts, x, y = [], 0.0, top
    for fill, text in entries:
        room = 34 + len(text) * _LETTER + 22
        if x and x + room > WIDTH:
            x, y = 0.0, y + _ROW
        box = f'<rect x="{_short(x + 1)}" y="{_short(y)}" width="24" height="15" rx="2" fill="{fill}" stroke="{LIGHT["line-strong"]}" stroke-width=".75"/>'
        parts.append(box + _text(x + 32, y + 12, text, more=f'fill="{LIGHT["ink"]}"'))
        x += room
    return "".join(parts), y + _ROW


def _shape(picture: RegionMap, area: Area, fill: str, grid: float) -> str:
    value = picture.values.get(area.code)
    said = f"{area.name}: {written_number(value)}" + (f" {picture.unit}" if value is not None else "")
    return f'<path d="{path_of(area.rings, grid)}" fill="{fill}"><title>{escape(said)}</title></path>'


def _labels(areas: list[Area]) -> str:
    parts = []
    for area in areas:
        x, y, room = label_place(area)
        if len(area.name) * _LETTER < room:
            parts.append(_text(x, y + _LABEL / 3, area.name))
    halo = f'fill="{LIGHT["ink"]}" stroke="{LIGHT["surface"]}" stroke-width="3" stroke-linejoin="round" paint-order="stroke" text-anchor="middle"'
    return f"<g {halo}>{''.join(parts)}</g>"


def _heading(picture: RegionMap) -> tuple[str, float]:
    ink, soft = f'fill="{LIGHT["ink"]}" font-weight="700"', f'fill="{LIGHT["ink-soft"]}"'
    lines = [_text(0, 18, str(picture.title), size=17, more=ink), _text(0, 40, str(picture.unit), more=soft)]
    if picture.note:
        lines.append(_text(0, 60, str(picture.note), more=soft))
    return "".join(lines), 36.0 + 20 * (len(lines) - 1)


def _drawing(picture: RegionMap, hatch: str, grid: float, *, headed: bool) -> str:
    areas, width, height = areas_of(picture.shapes)
    limits = class_limits(value for area in areas if (value := picture.values.get(area.code)) is not None)
    shapes = "".join(_shape(picture, area, _fill(picture.values.get(area.code), limits, hatch), grid) for area in areas)
    heading, top = _heading(picture) if headed else ("", 0.0)
    legend, bottom = _legend(picture, limits, hatch, top + height + 18)
    lines = f'<path d="M0 6L6 0" stroke="{LIGHT["line-strong"]}" stroke-width="1"/>'
    pattern = f'<pattern id="{hatch}" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="{LIGHT["map-none"]}"/>{lines}</pattern>'
    body = f'<g transform="translate(0 {_short(top)})"><g stroke="{LIGHT["surface"]}" stroke-width="1.25" stroke-linejoin="round">{shapes}</g>{_labels(areas)}</g>'
    size = f'width="{_short(width)}" height="{_short(bottom)}" viewBox="-2 -2 {_short(width + 4)} {_short(bottom + 4)}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><defs>{pattern}</defs>{heading}{body}{legend}</svg>'


def draw(picture: RegionMap, *, mark: str, headed: bool) -> str:
    """Draw the map; `mark` makes the name of its hatching unique on a page."""
    drawing = ""
    for grid in _GRIDS:
        drawing = _drawing(picture, f"hatch-{mark}", grid, headed=headed)
        if len(drawing.encode()) <= MAX_BYTES:
            break
    return drawing
