"""Parts of a page that follow what is typed, in a real browser."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

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
SCRIPT = (Path(ui.__path__[0]) / "static" / "ui" / "part.js").read_text()
POLICY = {"Content-Security-Policy": "default-src 'none'; script-src 'self'; connect-src 'self'; form-action 'self'"}
FORM = """<form method="post" action="/send/"><input type="hidden" name="csrfmiddlewaretoken" value="secret">
<div id="fields"><input name="family"><label><input type="radio" name="sex" value="f">f</label><input type="radio" name="sex" value="m"></div>
<select id="topic" name="topic"><option></option><option>visa</option><option>patent</option></select><textarea name="note">private</textarea>
<div id="posted" data-part="/alike/" data-part-post data-part-from="#fields" data-part-on="input" data-part-pause="150" data-part-add="prefix=p"><b>old</b></div>
<div id="got" data-part="/cards/" data-part-from="#topic"></div></form>"""
CARDS = '<i>%s</i><input type="checkbox" name="card" value="1"><input type="checkbox" name="card" value="2">'
ALIKE = """<input type="hidden" name="not_same" value="1"><p data-said>One looks the same.</p><h2 tabindex="-1">Who</h2>
<button name="rule_out" value="2" data-part-press>No</button><button name="other">Send</button>"""


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
    opened.asked = []

    def answer(route: Route) -> None:
        request = route.request
        path = urlsplit(request.url).path
        if path == "/part.js":
            route.fulfill(body=SCRIPT, content_type="text/javascript")
        elif path in {"/alike/", "/cards/"}:
            sent = parse_qsl(request.post_data or urlsplit(request.url).query)
            opened.asked.append((request.method, path, sent, request.headers.get("x-csrftoken", "")))
            if ("family", "lost") in sent:
                route.abort()
                return
            refused = ("family", "refused") in sent
            route.fulfill(
                status=403 if refused else 200, body=ALIKE if path == "/alike/" else CARDS % dict(sent).get("topic", "")
            )
        else:
            document = f'<!DOCTYPE html><html lang="en"><title>t</title><script type="module" src="/part.js"></script><body>{FORM}'
            route.fulfill(body=document, content_type="text/html", headers=POLICY)

    opened.route("**/*", answer)
    yield opened
    opened.close()


@pytest.fixture
def tab(visit: BrowserContext) -> Page:
    opened = visit.new_page()
    opened.set_default_timeout(10_000)
    opened.goto(f"{SITE}/form/")
    opened.wait_for_selector("#posted + [role=status]", state="attached")
    return opened


def test_what_is_followed_leaves_after_a_pause_by_post_and_nothing_else(tab, visit):
    tab.locator("[name=family]").press_sequentially("Kar")
    tab.wait_for_selector("#posted h2")
    assert visit.asked == [("POST", "/alike/", [("prefix", "p"), ("family", "Kar")], "secret")]
    expect(tab.locator("#posted + [role=status]")).to_have_text("One looks the same.")
    assert tab.locator("#posted b").count() == 0
    assert tab.evaluate("document.activeElement.name") == "family"


def test_what_the_part_remembers_and_the_pressed_button_go_along(tab, visit):
    tab.locator("[name=sex]").first.check()
    tab.get_by_role("button", name="No").click()
    expect(tab.get_by_role("heading", name="Who")).to_be_focused()
    assert visit.asked[0][2] == [("prefix", "p"), ("sex", "f")]
    assert visit.asked[1][2] == [("prefix", "p"), ("sex", "f"), ("not_same", "1"), ("rule_out", "2")]
    assert tab.url == f"{SITE}/form/"


def test_another_button_of_the_part_sends_the_form(tab):
    tab.locator("[name=family]").fill("Kar")
    with tab.expect_navigation():
        tab.get_by_role("button", name="Send").click()
    assert tab.url == f"{SITE}/send/"


def test_codes_without_a_name_in_them_may_go_in_the_address(tab, visit):
    tab.locator("#topic").select_option("visa")
    tab.wait_for_selector("#got i")
    assert visit.asked == [("GET", "/cards/", [("topic", "visa")], "")]


def test_what_was_ticked_stays_ticked_when_the_part_offers_it_again(tab, visit):
    tab.locator("#topic").select_option("visa")
    tab.locator("#got [value='2']").check()
    tab.locator("#topic").select_option("patent")
    expect(tab.locator("#got i")).to_have_text("patent")
    expect(tab.locator("#got [value='2']")).to_be_checked()
    assert not tab.locator("#got [value='1']").is_checked()


def test_a_refusal_and_a_lost_network_leave_the_part_as_it_is(tab, visit):
    with tab.expect_response("**/alike/"):
        tab.locator("[name=family]").fill("refused")
    with tab.expect_event("requestfailed"):
        tab.locator("[name=family]").fill("lost")
    assert tab.locator("#posted b").inner_text() == "old"
