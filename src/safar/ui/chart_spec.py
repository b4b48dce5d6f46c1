"""Turns a Chart into a Vega-Lite specification in the light palette."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from safar.kernel.chart import Chart, Picture
from safar.ui.numbers import written_number
from safar.ui.palette import LIGHT, ON_SERIES, SERIES

FONT = "Safar Sans"
WIDTH = 500  # of all of it, so that writing is equally large in every chart of a page
WIDTH_ALONE = 760
_ROOM_FOR_NUMBERS = 1.16  # bars end earlier than the plot: their numbers stand behind them
_END_LABEL = 48
_LINE_HEIGHT = 250
_BAR_STEP = 30
_GROUP_STEP = 20
_LABELLED_SHARE = 0.07  # a narrower part of a stack has no room for its number
_TEXT = 13


def _rows(chart: Chart) -> Iterator[dict[str, Any]]:
    for order, series in enumerate(chart.series):
        for place, (category, value) in enumerate(zip(chart.categories, series.values, strict=True)):
            yield {
                "category": str(category),
                "place": place,
                "series": str(series.name),
                "order": order,
                "value": value,
                "at": value or 0,
                "written": written_number(value),
                "known": value is not None,
            }


def _colour(chart: Chart, tokens: tuple[str, ...] = SERIES, *, legend: bool = False) -> dict[str, Any]:
    names = [str(series.name) for series in chart.series]
    shown = {"orient": "top", "title": None, "symbolType": "square", "labelLimit": 0, "columns": 3} if legend else None
    scale = {"domain": names, "range": [LIGHT[tokens[index % len(tokens)]] for index in range(len(names))]}
    return {"field": "series", "type": "nominal", "scale": scale, "legend": shown}


def _categories(chart: Chart) -> dict[str, Any]:
    return {
        "field": "category",
        "type": "nominal",
        "sort": None,
        "scale": {"domain": [str(category) for category in chart.categories]},
    }


def _number_axis(chart: Chart) -> dict[str, Any]:
    whole = all(value is None or float(value).is_integer() for series in chart.series for value in series.values)
    return {"title": None, "format": ",d" if whole else ",.2~f", "tickMinStep": 1 if whole else None, "tickCount": 5}


def _text(colour: str, **more: Any) -> dict[str, Any]:
    return {"type": "text", "font": FONT, "fontSize": _TEXT, "color": LIGHT[colour], **more}


def _bars(chart: Chart) -> dict[str, Any]:
    many = len(chart.series) > 1
    band = {**_categories(chart), "axis": {"title": None, "ticks": False, "domain": False, "labelPadding": 8}}
    shared: dict[str, Any] = {"y": band}
    if many:
        shared["yOffset"] = {"field": "series", "sort": [str(series.name) for series in chart.series]}
    longest = max((value or 0 for series in chart.series for value in series.values), default=0)
    length = {"field": "at", "type": "quantitative", "scale": {"domain": [0, longest * _ROOM_FOR_NUMBERS or 1]}}
    bar = {
        "mark": {"type": "bar", "height": {"band": 0.86}},
        "encoding": {
            "x": {**length, "axis": None},
            "color": _colour(chart, legend=many),
        },
    }
    label = {
        "mark": _text("ink", align="left", dx=6, baseline="middle"),
        "encoding": {
            "x": length,
            "text": {"field": "written"},
            "color": {"condition": {"test": "datum.known", "value": LIGHT["ink"]}, "value": LIGHT["ink-soft"]},
        },
    }
    step = {"step": _GROUP_STEP * len(chart.series) + 12, "for": "position"} if many else {"step": _BAR_STEP}
    return {"height": step, "encoding": shared, "layer": [bar, label]}


def _stacks(chart: Chart) -> dict[str, Any]:
    longest = max(
        (sum(series.values[place] or 0 for series in chart.series) for place in range(len(chart.categories))), default=0
    )
    band = {**_categories(chart), "axis": {"title": None, "ticks": False, "domain": False, "labelPadding": 8}}
    stacked = {"field": "at", "type": "quantitative", "stack": "zero", "axis": {**_number_axis(chart), "grid": True}}
    order = {"field": "order", "type": "quantitative"}
    bar = {
        "mark": {"type": "bar", "height": {"band": 0.8}, "stroke": LIGHT["surface"], "strokeWidth": 1},
        "encoding": {"x": stacked, "color": _colour(chart, legend=True), "order": order},
    }
    label = {
        "mark": {"type": "text", "font": FONT, "fontSize": _TEXT, "baseline": "middle"},
        "encoding": {
            "x": {**stacked, "bandPosition": 0.5},
            "text": {"condition": {"test": f"datum.at > {longest * _LABELLED_SHARE}", "field": "written"}, "value": ""},
            "color": _colour(chart, ON_SERIES),
            "order": order,
        },
    }
    return {
        "height": {"step": _BAR_STEP + 4},
        "encoding": {"y": band, "detail": {"field": "series"}},
        "layer": [bar, label],
        "resolve": {"scale": {"color": "independent"}},
    }


def _lines(chart: Chart) -> dict[str, Any]:
    axis = {"title": None, "labelAngle": 0, "labelOverlap": "greedy", "ticks": False, "labelPadding": 8}
    x = {**_categories(chart), "axis": axis}
    y = {"field": "value", "type": "quantitative", "axis": {**_number_axis(chart), "domain": False, "ticks": False}}
    coloured = _colour(chart, legend=len(chart.series) > 1)
    last = [
        max((place for place, value in enumerate(series.values) if value is not None), default=-1)
        for series in chart.series
    ]
    line: dict[str, Any] = {"type": "line", "strokeWidth": 2.5, "invalid": "break-paths-show-domains"}
    known = {
        "transform": [{"filter": "datum.known"}],
        "mark": {"type": "point", "filled": True, "size": 44, "opacity": 1},
    }
    # A step says already where each value begins; points would only hide it.
    drawn = [{"mark": line | {"interpolate": "step-after"}}] if chart.kind == "step" else [{"mark": line}, known]
    ends = " || ".join(f"(datum.order == {order} && datum.place == {place})" for order, place in enumerate(last))
    return {
        "height": _LINE_HEIGHT,
        "encoding": {"x": x, "y": y, "color": coloured},
        "layer": [
            *drawn,
            {
                "transform": [{"filter": ends or "false"}],
                "mark": {"type": "text", "font": FONT, "fontSize": _TEXT, "align": "left", "dx": 8, "fontWeight": 600},
                "encoding": {"text": {"field": "written"}, "color": {"value": LIGHT["ink"]}},
            },
        ],
    }


def _style() -> dict[str, Any]:
    soft, line = LIGHT["ink-soft"], LIGHT["line"]
    return {
        "font": FONT,
        "view": {"stroke": None},
        "background": None,
        "axis": {
            "labelFont": FONT,
            "labelFontSize": _TEXT,
            "labelColor": soft,
            "labelLimit": 210,
            "gridColor": line,
            "domainColor": LIGHT["line-strong"],
            "tickColor": line,
        },
        "axisY": {"labelColor": LIGHT["ink"]},
        "legend": {
            "symbolOpacity": 1,
            "labelFont": FONT,
            "labelFontSize": _TEXT,
            "labelColor": LIGHT["ink"],
            "offset": 12,
        },
        "title": {
            "anchor": "start",
            "frame": "bounds",
            "font": FONT,
            "fontSize": 17,
            "fontWeight": 700,
            "color": LIGHT["ink"],
            "subtitleFont": FONT,
            "subtitleFontSize": _TEXT,
            "subtitleColor": soft,
            "offset": 14,
        },
    }


def vega_lite(chart: Chart, *, headed: bool) -> dict[str, Any]:
    """Write the specification; `headed` puts title, unit and note into the picture, for where no page stands around it."""
    draw = {"bar": _bars, "line": _lines, "step": _lines, "stacked": _stacks}[chart.kind]
    spec: dict[str, Any] = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": WIDTH_ALONE if headed else WIDTH,
        "padding": {"left": 4, "top": 4, "right": _END_LABEL if draw is _lines else 6, "bottom": 4},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "data": {"values": list(_rows(chart))},
        "config": _style(),
        **draw(chart),
    }
    if headed:
        under = [str(chart.unit), *([str(chart.note)] if chart.note else [])]
        spec["title"] = {"text": str(chart.title), "subtitle": under}
    return spec


def described(chart: Picture) -> str:
    """Say in one sentence what the drawing shows, for who does not see it."""
    return _("%(title)s, in %(unit)s. The same values stand in the table.") % {
        "title": chart.title,
        "unit": chart.unit,
    }
