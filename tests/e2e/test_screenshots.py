"""The pictures of the documentation are taken here, so that none shows a page as it no longer is.

`SAFAR_WRITE_SCREENSHOTS=1 ./safar test tests/e2e/test_screenshots.py` takes them; without it the test only checks that each
listed page has its two pictures and that no picture is left over.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page as Tab

from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.node import Node
from tests.e2e.pages import PAGES, TRANSLATED, Page
from tests.e2e.pictures import small_png

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
WRITES = os.environ.get("SAFAR_WRITE_SCREENSHOTS") == "1"
TALLEST = 1300
MOST_BYTES = 25_000_000
EVERY = [*PAGES, *TRANSLATED]


def test_each_page_has_its_pictures_and_no_picture_is_left_over() -> None:
    if WRITES:
        pytest.skip("the pictures are being taken")
    wanted = {f"{page.name}{end}.png" for page in EVERY for end in ("", "-phone")}
    there = {path.name for path in FOLDER.glob("*.png")}
    assert sorted(wanted - there) == []
    assert sorted(there - wanted) == []


def test_the_pictures_stay_small_enough_for_a_repository() -> None:
    assert sum(path.stat().st_size for path in FOLDER.glob("*.png")) <= MOST_BYTES


@pytest.mark.skipif(not WRITES, reason="SAFAR_WRITE_SCREENSHOTS is not 1")
@pytest.mark.parametrize("entry", EVERY, ids=lambda entry: entry.name)
def test_a_picture_is_taken(entry: Page, page_of: Callable[..., Tab], node: Node, speaks: Callable) -> None:
    speaks(entry.who, entry.language)
    tab = page_of(entry.who)
    entry.open(tab, node)
    take(tab, FOLDER / f"{entry.name}.png", DESKTOP)
    take(tab, FOLDER / f"{entry.name}-phone.png", PHONE)


def take(tab: Tab, path: Path, window: dict[str, int]) -> None:
    tab.set_viewport_size(window)
    tab.evaluate("document.fonts.ready.then(() => scrollTo(0, 0))")
    height = min(TALLEST, max(window["height"], tab.evaluate("document.documentElement.scrollHeight")))
    tab.set_viewport_size({"width": window["width"], "height": height})
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(small_png(tab, tab.screenshot(animations="disabled", caret="hide")))
