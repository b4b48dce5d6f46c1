"""Somebody registered in one script is found in the other, from whatever page one is on."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.e2e import ways
from tests.e2e.node import Node


@pytest.mark.parametrize(
    ("family", "given", "typed"),
    [("Шукурбекова", "Меҳрибону", "Shukurbekova"), ("Gʻulomqodirov", "Shahriyor", "Ғуломқодиров")],
    ids=["written in Cyrillic, sought in Latin", "written in Latin, sought in Cyrillic"],
)
def test_a_person_is_found_in_the_other_script(
    family: str, given: str, typed: str, page_of: Callable[..., Page], node: Node
) -> None:
    page = page_of("counsellor")
    page.goto("/desk/people/new/")
    page.locator("[name=family_name]").fill(family)
    page.locator("[name=given_name]").fill(given)
    page.locator("[name=keep_file]").check(force=True)
    ways.press(page, "Open the file")
    assert node.rows("SELECT given_name FROM people_person WHERE family_name = ?", family) == [(given,)]

    page.goto("/desk/guide/")
    page.keyboard.press("/")
    page.keyboard.type(typed)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("main table").get_by_role("link", name=f"{family} {given}").count() == 1
    assert typed not in page.url
