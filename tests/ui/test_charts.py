"""A chart says the same as its table, follows the theme, and never draws a missing value as nought."""

import re
from itertools import accumulate, pairwise
from xml.etree import ElementTree as ET

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from safar.kernel.chart import Chart, RegionMap, Series
from safar.ui import charts, gallery, palette, region_map
from tests.ui.rendering import render

PICTURES = [*gallery.sample_charts(), gallery.sample_map()]
NAMES = [f"{picture.title}" for picture in PICTURES]


def _bars(*values: float | None, **more) -> Chart:
    categories = tuple(f"c{place}" for place in range(len(values)))
    return Chart(
        **(
            {"kind": "bar", "title": "T", "categories": categories, "series": (Series("s", values),), "unit": "persons"}
            | more
        )
    )


def _texts(svg: str) -> list[str]:
    return ["".join(element.itertext()) for element in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]  # noqa: S314


@pytest.mark.parametrize("picture", PICTURES, ids=NAMES)
def test_a_drawing_is_one_image_with_a_name(picture):
    svg = charts.svg(picture)
    root = ET.fromstring(svg)  # noqa: S314
    assert root.get("role") == "img"
    named = {element.get("id"): element.text for element in root if element.tag.endswith(("}title", "}desc"))}
    title, description = (root.get("aria-labelledby") or "").split()
    assert named[title] == picture.title
    assert "table" in (named[description] or "")
    assert svg.count("role=") == 1


@pytest.mark.parametrize("picture", PICTURES, ids=NAMES)
def test_a_drawing_follows_the_theme_and_the_security_policy(picture):
    svg = charts.svg(picture)
    assert "style=" not in svg
    assert "<script" not in svg
    assert "http://" not in svg.replace("http://www.w3.org/2000/svg", "")
    assert "var(--ink, #1d2b2e)" in svg
    loose = re.sub(r"var\(--[\w-]+, #[0-9a-f]{6}\)", "", svg)
    assert re.findall(r'(?:fill|stroke)="(?!none|url|transparent|inherit|")[^"]+"', loose) == []
    assert len(svg.encode()) <= 60 * 1024


@pytest.mark.parametrize("picture", PICTURES, ids=NAMES)
def test_every_value_stands_in_the_table_behind_the_drawing(picture):
    text = render('<c-chart :chart="picture" />', picture=picture)
    table = text[text.index("<table") :]
    values = (
        picture.values.values() if isinstance(picture, RegionMap) else [v for s in picture.series for v in s.values]
    )
    for value in values:
        assert f">{'no data' if value is None else f'{value:,.0f}'}<" in table
    assert picture.unit in text
    assert picture.note in text


def test_ids_of_two_drawings_on_a_page_do_not_meet():
    together = "".join(charts.svg(picture) for picture in PICTURES)
    ids = re.findall(r'\bid="([^"]+)"', together)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]+)\)", together)) <= set(ids)


def test_a_missing_bar_is_written_out_and_not_drawn_as_nought():
    svg = charts.svg(_bars(12, None, 0))
    assert [text for text in _texts(svg) if text in ("12", "0", "no data")] == ["12", "no data", "0"]


def test_a_line_breaks_where_a_value_is_missing():
    whole = charts.svg(_bars(1, 2, 3, 4, 5, kind="line"))
    broken = charts.svg(_bars(1, 2, None, 4, 5, kind="line"))
    line = re.compile(rf'<path d="(M[^"]+)" stroke="var\(--chart-1, {palette.LIGHT["chart-1"]}\)" stroke-width="2.5"')
    assert line.search(whole)[1].count("M") == 1
    assert line.search(broken)[1].count("M") == 2
    assert len(re.findall(r"translate\([\d.,]+\)", broken)) < len(re.findall(r"translate\([\d.,]+\)", whole))


def test_a_line_without_any_value_in_one_series_is_still_drawn():
    chart = Chart("line", "T", ("a", "b"), (Series("known", (1, 2)), Series("unknown", (None, None))), "persons")
    assert "known" in charts.svg(chart)


def test_a_picture_of_nothing_says_so_instead_of_an_empty_frame():
    text = render('<c-chart :chart="picture" />', picture=_bars(None, None))
    assert "Nothing to draw" in text
    assert text.count("<td") == 2


def test_parts_are_numbers_beside_names_and_not_colours_only():
    texts = _texts(charts.svg(gallery.sample_charts()[3]))
    assert {"School", "Mahalla", "Job fair", "24", "31", "22"} <= set(texts)


def test_numbers_are_written_for_the_reader():
    chart = _bars(1234567.0, 1.5)
    with translation.override("ru"):
        assert "1\xa0234\xa0567" in _texts(charts.svg(chart))
    with translation.override("en"):
        assert "1,234,567" in _texts(charts.svg(chart))


def test_the_axis_of_a_line_is_written_for_the_reader_too():
    chart = _bars(0, 20000, kind="line")
    with translation.override("ru"):
        assert any(text.replace("\xa0", " ") == "10 000" for text in _texts(charts.svg(chart)))


def test_fractions_keep_their_fraction():
    assert "0.5" in _texts(charts.svg(_bars(0.5, 2.25, kind="line")))


def test_words_of_a_chart_cannot_become_markup():
    chart = Chart("bar", "<b>&", ("<i>x</i>",), (Series("<u>", (1,)),), "<s>", "<em>")
    text = render('<c-chart :chart="picture" />', picture=chart)
    assert not re.search(r"<(b|i|u|s|em)>", text)
    bad = RegionMap("<b>", {"features": [_feature("<i>", "<i>")]}, {"<i>": 1.0}, "<s>")
    assert not re.search(r"<(b|i|s)>", charts.svg(bad))


def test_more_series_than_colours_are_drawn_all_the_same():
    chart = Chart("bar", "T", ("a",), tuple(Series(f"s{place}", (place,)) for place in range(8)), "persons")
    assert {f"s{place}" for place in range(8)} <= set(_texts(charts.svg(chart)))


@pytest.mark.parametrize("picture", PICTURES, ids=NAMES)
def test_a_document_gets_a_picture_with_its_title_in_it(picture):
    image = charts.png(picture)
    assert image.startswith(b"\x89PNG")
    width = int.from_bytes(image[16:20], "big")
    assert width >= 1200
    headed = charts._light_svg(charts._order(picture, headed=True))
    assert picture.title in _texts(headed)
    assert "var(" not in headed


def test_the_same_picture_is_drawn_once():
    chart = _bars(3, 4, title="Drawn once")
    charts.svg(chart)
    before = charts._light_svg.cache_info().misses
    charts.svg(_bars(3, 4, title="Drawn once"))
    assert charts._light_svg.cache_info().misses == before


def _feature(code: str, name: str, left: float = 60.0, *, kind: str = "Polygon", steps: int = 1) -> dict:
    edge = [[left + step / steps, 40.0] for step in range(steps)] + [
        [left + 1, 40.0 + step / steps] for step in range(steps)
    ]
    ring = [*edge, [left + 1, 41.0], [left, 41.0], [left, 40.0]]
    coordinates = [[ring]] if kind == "MultiPolygon" else [ring]
    return {
        "type": "Feature",
        "properties": {"code": code, "name": name},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def test_a_region_without_a_value_is_hatched_and_the_legend_says_so():
    shapes = {"features": [_feature("A", "Anor", 60), _feature("B", "Bogʻ", 61, kind="MultiPolygon")]}
    svg = charts.svg(RegionMap("T", shapes, {"A": 5.0}, "persons"))
    assert "Bogʻ: no data<" in svg
    assert "Anor: 5 persons<" in svg
    assert "no data" in _texts(svg)
    assert len(re.findall(r'fill="url\(#hatch-\w+\)"', svg)) == 2
    full = charts.svg(RegionMap("T", shapes, {"A": 5.0, "B": 0.0}, "persons"))
    assert "no data" not in _texts(full)
    assert "Bogʻ: 0 persons<" in full


def test_a_name_stands_where_it_fits_and_nowhere_else():
    narrow = _feature("N", "A very long name indeed", 60)
    for point in narrow["geometry"]["coordinates"][0]:
        point[0] = 60 + (point[0] - 60) / 30
    shapes = {"features": [narrow, _feature("W", "Wide", 62)]}
    texts = _texts(charts.svg(RegionMap("T", shapes, {"N": 1.0, "W": 2.0}, "persons")))
    assert "Wide" in texts
    assert "A very long name indeed" not in texts


def test_a_map_with_endless_borders_is_made_coarser_until_it_is_small():
    features = [_feature(f"R{place}", f"R{place}", 60 + place, steps=6000) for place in range(9)]
    svg = charts.svg(RegionMap("T", {"features": features}, {"R1": 1.0}, "persons"))
    assert len(svg.encode()) <= 60 * 1024


def test_a_feature_without_shape_is_left_out_of_the_drawing_but_not_of_the_table():
    empty = {"type": "Feature", "properties": {"code": "E", "name": "Empty"}, "geometry": None}
    drawn = charts.drawn(RegionMap("T", {"features": [empty, _feature("A", "A")]}, {"E": 3.0, "A": 1.0}, "persons"))
    assert [row.label for row in drawn.rows] == ["A", "Empty"]
    assert drawn.svg


def test_a_long_legend_takes_a_second_line_and_a_map_without_note_no_third():
    features = [_feature(f"R{place}", f"R{place}", 60 + place) for place in range(12)]
    values = {f"R{place}": place * 111_111_111.5 for place in range(11)}
    svg = charts._light_svg(charts._order(RegionMap("T", {"features": features}, values, "persons"), headed=True))
    heights = {float(y) for y in re.findall(r'<rect x="[\d.]+" y="([\d.]+)" width="24"', svg)}
    assert len(heights) == 2
    assert _texts(svg)[:2] == ["T", "persons"]


def test_a_map_of_no_shapes_can_be_asked_for():
    assert "<svg" in charts.svg(RegionMap("T", {"features": []}, {"A": 1.0}, "persons"))


def _corners(path: str) -> set[tuple[float, float]]:
    """Follow a path of one ring from its first point by its steps."""
    start, steps = re.fullmatch(r"M(.+)l(.+)Z", path).groups()
    numbers = [float(each) for part in (start, steps) for each in re.findall(r"-?[\d.]+", part)]
    xs, ys = accumulate(numbers[::2]), accumulate(numbers[1::2])
    return {(round(x, 1), round(y, 1)) for x, y in zip(xs, ys, strict=True)}


def test_neighbours_keep_one_border_when_it_is_made_coarser():
    border = [(10.0 + 4 * (step % 2), step * 2.2) for step in range(7)]
    left = region_map.path_of([[*border, (0.0, 14.0), (0.0, 0.0), border[0]]], 2.0)
    right = region_map.path_of([[*reversed(border), (20.0, 0.0), (20.0, 14.0), border[-1]]], 2.0)
    inner = [{corner for corner in _corners(path) if 9 < corner[0] < 15} for path in (left, right)]
    assert inner[0] == inner[1]
    assert len(inner[0]) == 7


def test_steps_straight_on_are_one():
    assert region_map.path_of([[(0, 0), (2, 0), (4, 0), (4, 4), (2, 2), (0, 0)]], 2.0) == "M0 0l4 0 0 4-2-2Z"
    there_and_back = [[(0, 0), (4, 0), (2, 0), (2, 4), (0, 0)]]
    assert region_map.path_of(there_and_back, 2.0) == "M0 0l4 0-2 0 0 4Z"


def test_a_speck_smaller_than_the_grid_is_not_drawn():
    assert region_map.path_of([[(0.1, 0.1), (0.2, 0.1), (0.2, 0.2), (0.1, 0.1)]], 1.0) == ""


@given(st.lists(st.integers(0, 50).map(float), min_size=1, max_size=60))
def test_classes_hold_every_value_once_and_in_order(values):
    limits = region_map.class_limits(values)
    assert 1 <= len(limits) <= 5
    assert all(low <= high for low, high in limits)
    assert all(one[1] < other[0] for one, other in pairwise(limits))
    assert all(sum(low <= value <= high for low, high in limits) == 1 for value in values)


def test_no_values_make_no_classes():
    assert region_map.class_limits([]) == []


@pytest.mark.parametrize("count", range(6))
def test_a_scale_of_few_classes_still_spans_light_to_dark(count):
    chosen = palette.classes_for(count)
    assert len(chosen) == len(set(chosen)) == count
    if count >= 2:
        assert (chosen[0], chosen[-1]) == ("map-1", "map-5")
