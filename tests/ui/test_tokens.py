"""The colours can be read, by everybody, in both themes; and no sheet says other colours than the tokens do."""

import gzip
import re
from pathlib import Path

import pytest

from safar import ui
from safar.ui import palette

STATIC = Path(ui.__path__[0]) / "static" / "ui"
TEXT = 4.5
SHAPE = 3.0

READABLE = [
    (front, back)
    for back in ("paper", "surface", "sunken")
    for front in ("ink", "ink-soft", "tile", "tile-deep", "saffron", "danger", "good", "info", "warn")
] + [
    ("ink", "tile-wash"),
    ("tile", "tile-wash"),
    ("on-tile", "tile"),
    ("on-tile", "tile-deep"),
    ("on-danger", "danger"),
    *((tone, f"{tone}-wash") for tone in ("good", "info", "warn", "danger")),
    *(("ink", f"{tone}-wash") for tone in ("good", "info", "warn", "danger")),
    ("ink-soft", "tile-wash"),
    *zip(palette.ON_SERIES, palette.SERIES, strict=True),
]
SEEN = [(front, back) for front in ("line-strong", "focus", "danger") for back in ("paper", "surface", "sunken")]


def _block(sheet: str, opening: str) -> dict[str, str]:
    start = sheet.index("{", sheet.index(opening)) + 1
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", sheet[start : sheet.index("}", start)]))


TOKENS = (STATIC / "tokens.css").read_text()
PORTAL = (STATIC / "portal.css").read_text()
LIGHT = _block(TOKENS, ":root {")
DARK_BY_DEVICE = _block(TOKENS, ':root:not([data-theme="light"])')
DARK_BY_CHOICE = _block(TOKENS, ':root[data-theme="dark"]')


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, relative luminance, written here from the definition."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_contrast_measure_gives_the_known_values():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", [LIGHT, DARK_BY_CHOICE], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back"), READABLE)
def test_text_can_be_read(theme, front, back):
    assert contrast(theme[front], theme[back]) >= TEXT


@pytest.mark.parametrize("theme", [LIGHT, DARK_BY_CHOICE], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back"), SEEN)
def test_edges_of_controls_and_the_focus_ring_can_be_seen(theme, front, back):
    assert contrast(theme[front], theme[back]) >= SHAPE


@pytest.mark.parametrize("theme", [LIGHT, DARK_BY_CHOICE], ids=["light", "dark"])
def test_the_classes_of_a_map_go_one_way_and_differ(theme):
    steps = [_luminance(theme[token]) for token in palette.CLASSES]
    assert steps == sorted(steps) or steps == sorted(steps, reverse=True)
    neighbours = zip(palette.CLASSES, palette.CLASSES[1:], strict=False)
    assert all(contrast(theme[one], theme[next_]) >= 1.25 for one, next_ in neighbours)


def test_both_ways_into_the_dark_lead_to_the_same_colours():
    assert DARK_BY_DEVICE == DARK_BY_CHOICE


def test_the_dark_theme_answers_every_colour_of_the_light_one():
    assert set(DARK_BY_CHOICE) == {name for name, value in LIGHT.items() if value.startswith(("#", "rgb"))}


def test_the_public_sheet_has_the_colours_of_the_tokens():
    light, dark = _block(PORTAL, ":root {"), _block(PORTAL, "@media (prefers-color-scheme: dark) {\n  :root")
    assert light
    assert dark
    assert {name: value for name, value in light.items() if LIGHT.get(name) != value} == {
        "sans": light["sans"],
        "serif": light["serif"],
    }
    assert dark.items() <= DARK_BY_CHOICE.items()
    assert set(dark) == {name for name, value in light.items() if value.startswith("#")}


def test_charts_are_drawn_in_the_colours_of_the_light_theme():
    assert {token: LIGHT[token] for token in palette.LIGHT} == palette.LIGHT


def test_every_chart_colour_is_its_own_so_that_it_can_be_found_again():
    assert len(set(palette.LIGHT.values())) == len(palette.LIGHT)


@pytest.mark.parametrize("sheet", sorted(STATIC.glob("*.css")), ids=lambda path: path.name)
def test_no_sheet_names_a_colour_outside_the_tokens(sheet):
    text = re.sub(r"--[\w-]+:\s*[^;]+;", "", sheet.read_text())
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgb\(|hsl\(", text) == []


@pytest.mark.parametrize("sheet", sorted(STATIC.glob("*.css")), ids=lambda path: path.name)
def test_every_variable_a_sheet_uses_is_defined(sheet):
    text = sheet.read_text()
    known = set(LIGHT) if sheet.name != "portal.css" else set(_block(PORTAL, ":root {"))
    assert set(re.findall(r"var\(--([\w-]+)", text)) <= known


def test_the_public_sheet_is_small_enough_for_a_slow_line():
    assert len(gzip.compress((STATIC / "portal.css").read_bytes(), 9)) <= 6 * 1024


def test_what_a_staff_page_loads_of_the_kit_is_small():
    """Sheets, scripts, drawings and the fonts of a page in Cyrillic, compressed: 92 KB leaves 8 KB for the page."""
    texts = ["tokens.css", "base.css", "components.css", "ui.js", "suggest.js", "icons.svg"]
    compressed = sum(len(gzip.compress((STATIC / name).read_bytes(), 9)) for name in [*texts, "part.js"])
    fonts = [f"fonts/safar-{family}-{part}.woff2" for family in ("sans", "serif") for part in ("latin", "cyrillic")]
    assert compressed + sum((STATIC / name).stat().st_size for name in fonts) <= 94 * 1024
    assert len(texts) + 1 + len(fonts) <= 12
