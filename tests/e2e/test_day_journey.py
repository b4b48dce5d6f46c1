"""The day by keyboard: a number is given, called and served; and a visit booked by a reader of Uzbek in Cyrillic."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e import ways
from tests.e2e.conftest import PHONE
from tests.e2e.keyboard import Keyboard
from tests.e2e.node import Node


def test_a_walk_in_is_served_by_keyboard_alone(page_of: Callable[..., Page], node: Node) -> None:
    page = page_of("counsellor")
    page.goto("/desk/counselling/day/")
    keys = Keyboard(page)
    keys.go_to("a[href*='/numbers/new/']")
    keys.enter()
    form = Keyboard(page)
    form.go_to("[name=need]")
    form.press("ArrowDown")
    form.enter()
    latest = "FROM cases_ticket ORDER BY recorded_at DESC LIMIT 1"
    assert node.one(f"SELECT need {latest}") == "emergency"
    line = f"[id='line-{node.id(f'SELECT id {latest}')}']"
    keys = Keyboard(page)
    keys.go_to("main a[href*='/counselling/day/']")
    keys.enter()
    for state in ("serving", "done"):
        Keyboard(page).go_to(f"{line} button[value={state}]", most=120)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert node.one(f"SELECT state {latest}") == state
    expect(page.locator(f".day-over {line}")).to_be_visible()


def test_a_visit_is_booked_in_cyrillic_without_scripts_and_called_off(page_of: Callable[..., Page], node: Node) -> None:
    visitor = page_of("", java_script_enabled=False, viewport=PHONE)
    visitor.goto("/uz-cyrl/book/")
    visitor.locator("main a[href*='/book/']").first.click()
    visitor.locator("[name=starts_at]").last.check()
    visitor.locator("[name=name]").fill("Гулнора")
    ways.press(visitor)
    code = visitor.locator("main .code").inner_text().strip()
    assert node.rows("SELECT language, contact, person_id FROM cases_appointment WHERE name = 'Гулнора'") == [
        ("uz-cyrl", "", None)
    ]
    for button in (".button-primary", "[name=call_off]"):
        if button == ".button-primary":
            visitor.goto("/uz-cyrl/booking/")
            visitor.locator("[name=code]").fill(code.lower())
        with visitor.expect_navigation():
            visitor.locator(f"main {button}").first.click()
    assert node.one("SELECT state FROM cases_appointment WHERE name = 'Гулнора'") == "cancelled"
    assert code not in visitor.url
