"""Suggestions while typing, in a real browser: keyboard, mouse, and what leaves the machine."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright
from pytest_socket import enable_socket

from safar import ui
from tests.e2e.conftest import CHROMIUM_ARGUMENTS, PHONE, chromium_path, without_browser

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(without_browser(), reason="asked to run without a browser"),
]
SITE = "http://safar.test"
SCRIPT = (Path(ui.__path__[0]) / "static" / "ui" / "suggest.js").read_text()
POLICY = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; connect-src 'self'; form-action 'self'",
    "Cache-Control": "no-store",
}
NOBODY = "00000000-0000-0000-0000-000000000000"
ZILOLA, ANVAR = "01890000-0000-7000-8000-000000000001", "01890000-0000-7000-8000-000000000002"
FOUND = f"""<ul role="listbox">
<li role="option" aria-selected="false" data-value="{ZILOLA}" data-fill="TAS-26-00001" data-label="Karimova Zilola" data-hint="TAS-26-00001 · 1990">Karimova Zilola</li>
<li role="option" aria-selected="false" data-value="{ANVAR}" data-fill="TAS-26-00002" data-label="Karimov Anvar" data-hint="TAS-26-00002">Karimov Anvar</li>
</ul><p data-said hidden>2 people are suggested.</p>"""
NONE = "<p data-said>Nobody found so far.</p>"


def form(attributes: str, inside: str = "", action: str = "/send/") -> str:
    return (
        f'<form method="post" action="{action}"><input type="hidden" name="csrfmiddlewaretoken" value="secret">'
        f'<div data-suggest="/suggest/" {attributes}><input type="search" name="q"></div>{inside}<button>Find</button></form>'
    )


BODIES = {
    "/go/": form(f'data-go="/people/{NOBODY}/" data-label="People found"'),
    "/fill/": form("data-fill"),
    "/into/": form(
        'data-into="who" data-choose="who"',
        '<div id="who"><label><input type="radio" name="who" value="new">New</label></div>',
    ),
    "/submit/": form('data-submit="add"')
    + '<form id="add" hidden method="post" action="/add/"><input type="hidden" name="person_id"></form>',
    "/bare/": '<div data-suggest="/suggest/"><input type="search"></div>',
}


@pytest.fixture(scope="module")
def running() -> Iterator[Browser]:
    enable_socket()
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def visit(running: Browser) -> Iterator[BrowserContext]:
    opened = running.new_context(viewport=PHONE)
    opened.asked, opened.sent = [], []

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(SITE)
        if path == "/suggest.js":
            route.fulfill(body=SCRIPT, content_type="text/javascript")
        elif path == "/suggest/":
            typed = parse_qs(route.request.post_data or "")["q"][0]
            opened.asked.append((route.request.method, typed, route.request.headers["x-csrftoken"]))
            if typed == "lost":
                route.abort()
            elif typed == "broken":
                route.fulfill(status=403)
            else:
                route.fulfill(body=FOUND if typed.startswith("Kar") else NONE, content_type="text/html")
        else:
            if route.request.method == "POST":
                opened.sent.append((path, parse_qs(route.request.post_data or "")))
            body = BODIES.get(path, "<p>Elsewhere</p>")
            document = f'<!DOCTYPE html><html lang="en"><title>t</title><script type="module" src="/suggest.js"></script><body>{body}'
            route.fulfill(body=document, content_type="text/html", headers=POLICY)

    opened.route("**/*", answer)
    yield opened
    opened.close()


@pytest.fixture
def tab(visit: BrowserContext) -> Page:
    opened = visit.new_page()
    opened.set_default_timeout(10_000)
    return opened


def typed_in(tab: Page, page: str, text: str = "Karim") -> None:
    tab.goto(f"{SITE}/{page}/")
    tab.locator("[role=combobox]").wait_for()
    tab.locator("[name=q]").press_sequentially(text)
    tab.wait_for_selector("[data-said]", state="attached")


def test_one_question_leaves_after_a_pause_and_by_post_alone(tab, visit):
    typed_in(tab, "go")
    assert visit.asked == [("POST", "Karim", "secret")]
    assert tab.url == f"{SITE}/go/"


def test_two_letters_ask_nobody_and_deleting_closes_the_list(tab, visit):
    typed_in(tab, "go")
    for _ in range(3):
        tab.keyboard.press("Backspace")
    expect(tab.locator(".suggest-panel")).to_be_hidden()
    assert visit.asked == [("POST", "Karim", "secret")]
    assert tab.get_attribute("[name=q]", "aria-expanded") == "false"


def test_arrows_move_and_the_box_is_part_of_the_round(tab):
    typed_in(tab, "go")
    box = tab.locator("[name=q]")
    assert box.get_attribute("aria-expanded") == "true"
    assert tab.locator(f"#{box.get_attribute('aria-controls')}").get_attribute("aria-label") == "People found"
    said = []
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"):
        tab.keyboard.press(key)
        said.append(tab.locator("[aria-selected=true]").all_inner_texts())
        active = box.get_attribute("aria-activedescendant")
        assert (active is None) is (said[-1] == [])
        assert active is None or tab.locator(f"#{active}").inner_text() == said[-1][0]
    assert said == [["Karimova Zilola"], ["Karimov Anvar"], [], ["Karimov Anvar"], ["Karimova Zilola"]]
    assert tab.locator("[role=status]").inner_text() == "2 people are suggested."


def test_enter_on_a_choice_goes_there(tab, visit):
    typed_in(tab, "go")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"{SITE}/people/{ZILOLA}/")
    assert visit.sent == []


def test_enter_without_a_choice_sends_the_form_as_without_scripts(tab, visit):
    typed_in(tab, "go")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    ((path, data),) = visit.sent
    assert (path, data["q"]) == ("/send/", ["Karim"])


def test_a_scanner_that_types_and_presses_enter_at_once_only_sends_the_form(tab, visit):
    tab.goto(f"{SITE}/go/")
    tab.locator("[role=combobox]").wait_for()
    tab.locator("[name=q]").press_sequentially("7K3M9QXA2BCD4EFG")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert visit.asked == []


def test_escape_closes_and_arrow_down_asks_again(tab, visit):
    typed_in(tab, "go")
    tab.keyboard.press("Escape")
    expect(tab.locator(".suggest-panel")).to_be_hidden()
    assert tab.input_value("[name=q]") == "Karim"
    tab.keyboard.press("ArrowDown")
    tab.locator("[role=option]").first.wait_for()
    assert len(visit.asked) == 2


def test_leaving_the_box_closes_the_list(tab):
    typed_in(tab, "go")
    tab.keyboard.press("Tab")
    expect(tab.locator(".suggest-panel")).to_be_hidden()


def test_a_click_fills_the_number_in(tab):
    typed_in(tab, "fill")
    tab.get_by_text("Karimov Anvar").click()
    assert tab.input_value("[name=q]") == "TAS-26-00002"
    assert tab.evaluate("document.activeElement.name") == "q"


def test_somebody_chosen_becomes_the_checked_choice_and_the_box_is_empty(tab):
    typed_in(tab, "into")
    tab.get_by_text("Karimov Anvar").click()
    assert tab.locator("[name=who]:checked").input_value() == ANVAR
    assert tab.locator("#who label").first.inner_text().startswith("Karimov Anvar")
    assert tab.input_value("[name=q]") == ""
    tab.locator("[name=q]").press_sequentially("Karimo")
    tab.get_by_text("Karimova Zilola").last.click()
    assert tab.locator("[name=who]").evaluate_all("radios => radios.map((radio) => radio.value)") == [ZILOLA, "new"]


def test_a_choice_can_be_the_whole_answer(tab, visit):
    typed_in(tab, "submit")
    with tab.expect_navigation():
        tab.get_by_text("Karimova Zilola").click()
    assert visit.sent == [("/add/", {"person_id": [ZILOLA]})]


def test_nobody_is_said_and_nothing_can_be_chosen(tab):
    typed_in(tab, "go", "Zzzz")
    assert tab.locator("[role=status]").inner_text() == "Nobody found so far."
    tab.keyboard.press("ArrowDown")
    assert tab.locator("[aria-selected=true]").count() == 0
    assert tab.get_attribute("[name=q]", "aria-expanded") == "false"


def test_a_refusal_shows_nothing_and_a_box_without_a_form_stays_bare(tab, visit):
    tab.goto(f"{SITE}/go/")
    tab.locator("[role=combobox]").wait_for()
    with tab.expect_response("**/suggest/"):
        tab.locator("[name=q]").press_sequentially("broken")
    expect(tab.locator(".suggest-panel")).to_be_hidden()
    tab.goto(f"{SITE}/bare/")
    assert tab.locator("[role=combobox]").count() == 0


def test_without_a_network_the_page_stays_as_it_is(tab):
    tab.goto(f"{SITE}/go/")
    tab.locator("[role=combobox]").wait_for()
    with tab.expect_event("requestfailed"):
        tab.locator("[name=q]").press_sequentially("lost")
    expect(tab.locator(".suggest-panel")).to_be_hidden()
    tab.locator("[name=q]").fill("Karim")
    tab.locator("[role=option]").first.wait_for()
