"""What goes wrong ends in a clear message, and nobody types anything twice."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.e2e import ways
from tests.e2e.node import Node
from tests.e2e.pages import DESK
from tests.e2e.pages import Page as Entry
from tests.e2e.ways import REGISTERS

OPEN_TO_THE_MINISTRY = {
    "desk:board", "desk:guide:board", "desk:guide:destination", "desk:guide:fact", "desk:insights:month",
    "desk:insights:definitions", "desk:insights:indicator", "desk:insights:run", "desk:trust:me",
}  # fmt: skip
TYPED = {
    "family_name": "Abdumannonova",
    "given_name": "Shirinoy",
    "patronymic": "Qodir qizi",
    "safe_times": "after six",
}


@pytest.mark.parametrize("entry", [page for page in DESK if not page.way], ids=lambda entry: entry.name)
def test_a_ministry_viewer_reaches_no_page_about_people(entry: Entry, page_of: Callable[..., Page], node: Node) -> None:
    response = page_of("ministry").request.get(entry.path(node))
    shown = response.text()
    if entry.url_name in OPEN_TO_THE_MINISTRY:
        assert response.status == 200
    else:
        assert response.status == 403
        assert "desk" in response.url
        assert re.search(r"<h1[^>]*>\s*This page is not open to you\s*</h1>", shown)
    numbers = {str(line[0]) for line in node.rows("SELECT client_number FROM people_person")}
    assert not [number for number in numbers if number in shown]


def test_a_form_pressed_twice_registers_one_person(page_of: Callable[..., Page], node: Node) -> None:
    page = page_of("counsellor")
    fill_registration(page, "Ikkibosildi")
    page.evaluate(
        """() => { const form = document.querySelector("[name=family_name]").form;
        for (let press = 0; press < 2; press += 1) fetch(location.href, {method: "POST", body: new FormData(form)}); }"""
    )
    with page.expect_navigation():
        page.get_by_role("button", name="Open the file").dblclick()
    page.wait_for_load_state("networkidle")
    assert node.rows("SELECT count(*) FROM people_person WHERE family_name = 'Ikkibosildi'") == [(1,)]


def test_a_lost_connection_keeps_a_long_form_until_it_can_be_sent(page_of: Callable[..., Page], node: Node) -> None:
    page = page_of("counsellor")
    fill_registration(page, "Aloqauzildi")
    page.context.set_offline(True)
    page.get_by_role("button", name="Open the file").click()
    page.locator(".toast").filter(has_text="connection").first.wait_for()
    assert values(page) == TYPED | {"family_name": "Aloqauzildi"}
    page.context.set_offline(False)
    ways.press(page, "Open the file")
    # Journeys before this one registered the same given name and father's name: they are shown for comparison first.
    if (as_new := page.get_by_role("button", name="None of them: register as new")).count():
        with page.expect_navigation():
            as_new.click()
    assert node.rows("SELECT given_name FROM people_person WHERE family_name = 'Aloqauzildi'") == [("Shirinoy",)], (
        page.locator("main").inner_text()
    )


def test_a_form_older_than_its_token_is_still_there_on_the_way_back(page_of: Callable[..., Page]) -> None:
    page = page_of("counsellor")
    fill_registration(page, "Eskirgan")
    page.context.clear_cookies(name="csrftoken")
    ways.press(page, "Open the file")
    assert page.locator("h1").count() == 1
    page.go_back()
    page.wait_for_load_state("networkidle")
    assert values(page) == TYPED | {"family_name": "Eskirgan"}


def test_a_mistake_gives_back_everything_typed_and_says_where(page_of: Callable[..., Page]) -> None:
    page = page_of("counsellor")
    fill_registration(page, "Xatolik")
    page.locator("[name=phone]").fill("12")
    ways.press(page, "Open the file")
    assert values(page) == TYPED | {"family_name": "Xatolik"}
    assert page.locator(".error-summary a").count() >= 1
    assert page.locator("[name=phone]").get_attribute("aria-invalid") == "true"


def test_a_register_full_of_mistakes_is_shown_row_by_row_before_anything_is_written(
    page_of: Callable[..., Page], node: Node
) -> None:
    page = page_of("coordinator")
    before = node.rows("SELECT count(*) FROM cases_contact")
    page.goto(reverse("desk:cases:import"))
    page.locator("input[type=file]").set_input_files(REGISTERS / "uz_cyrillic.xlsx")
    ways.press(page)
    assert page.locator("main table tbody tr").count() > 0
    assert node.rows("SELECT count(*) FROM cases_contact") == before


def test_a_file_that_is_no_register_is_refused_in_words(page_of: Callable[..., Page]) -> None:
    page = page_of("coordinator")
    page.goto(reverse("desk:cases:import"))
    page.locator("input[type=file]").set_input_files(
        {"name": "register.xlsx", "mimeType": "application/octet-stream", "buffer": b"this is no workbook"}
    )
    ways.press(page)
    assert page.locator("main [role=alert], main .error-summary, main .field-error").count() >= 1
    assert page.locator("input[type=file]").count() == 1


def fill_registration(page: Page, family: str) -> None:
    page.goto("/desk/people/new/")
    for name, text in TYPED.items():
        page.locator(f"[name={name}]").fill(text)
    page.locator("[name=family_name]").fill(family)
    page.locator("[name=keep_file]").check(force=True)


def values(page: Page) -> dict[str, str]:
    return {name: page.locator(f"[name={name}]").input_value() for name in TYPED}
