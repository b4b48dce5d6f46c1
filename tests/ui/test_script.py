"""The comforts of ui.js, in a real browser; every page works without them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright
from pytest_socket import enable_socket

from safar import ui
from tests.e2e.conftest import CHROMIUM_ARGUMENTS, PHONE, chromium_path, without_browser
from tests.e2e.watching import comes_true

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(without_browser(), reason="asked to run without a browser"),
]
SITE = "http://safar.test"
SCRIPT = (Path(ui.__path__[0]) / "static" / "ui" / "ui.js").read_text()
# As on the demo and at a centre: the script may load, and nothing inline may run.
POLICY = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; form-action 'self'",
    "Cache-Control": "no-store",
}
TEXTS = (
    'data-text-offline="No connection." data-text-online="Back." data-text-failed="Failed." '
    'data-text-restored="Put back." data-text-copied="Copied." data-text-close="Close"'
)
FORM = """
<input data-search>
<details data-drop><summary>Menu</summary><a href="/other/">In it</a></details>
<button type="button" data-dialog="more">More</button><dialog id="more"><form method="dialog"><button>Close</button></form></dialog>
<button type="button" data-theme-choice="dark">Dark</button><button type="button" data-theme-choice="">Device</button>
<form method="post" action="/send/">
  <input name="method"><input type="checkbox" name="agreed"><input type="password" name="secret">
  <select name="topics" multiple><option>a</option><option>b</option></select>
  <button name="act" value="save">Save</button>
</form><a href="/other/">Away</a>
"""
BODIES = {
    "/form/": FORM,
    "/other/": "<p>Other</p>",
    "/mistake/": '<div role="alert" tabindex="-1" data-focus>Check</div>',
    "/said/": '<div class="toast tone-good" data-toast><p>Saved.</p></div>',
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
    sent: list[str] = []

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(SITE)
        if path == "/ui.js":
            route.fulfill(body=SCRIPT, content_type="text/javascript")
            return
        if path == "/send/":
            sent.append(route.request.post_data or "")
        error = " data-error" if path == "/send/" and "agreed" in sent[-1] else ""
        inside = BODIES.get(path, "<button type='button' data-back>Back</button>")
        toasts = f'<div role="status" data-toasts {TEXTS}></div>'
        if path == "/said/":
            toasts, inside = f'<div role="status" data-toasts {TEXTS}>{inside}</div>', ""
        document = f'<!DOCTYPE html><html lang="en"><title>t</title><script type="module" src="/ui.js"></script><body{error}>{inside}{toasts}</body></html>'
        route.fulfill(body=document, content_type="text/html", headers=POLICY)

    opened.route("**/*", answer)
    opened.sent = sent
    yield opened
    opened.close()


@pytest.fixture
def tab(visit: BrowserContext) -> Page:
    opened = visit.new_page()
    opened.on("dialog", lambda dialog: dialog.accept())
    opened.goto(f"{SITE}/form/")
    opened.wait_for_selector("html[data-live]")
    return opened


def _toasts(tab: Page) -> list[str]:
    return [text.removesuffix("×").strip() for text in tab.locator("[data-toasts] > *").all_inner_texts()]


def test_the_slash_key_goes_to_the_search_but_not_while_one_writes(tab):
    tab.keyboard.press("/")
    assert tab.evaluate("document.activeElement.matches('[data-search]')")
    tab.fill("[name=method]", "")
    tab.locator("[name=method]").press("/")
    assert tab.input_value("[name=method]") == "/"


def test_escape_and_a_click_beside_close_a_menu(tab):
    tab.click("summary")
    tab.keyboard.press("Escape")
    assert tab.locator("details[open]").count() == 0
    assert tab.evaluate("document.activeElement.tagName") == "SUMMARY"
    tab.click("summary")
    tab.click("[data-search]")
    assert tab.locator("details[open]").count() == 0


def test_a_dialog_opens_and_closes(tab):
    tab.click("[data-dialog]")
    assert tab.locator("dialog[open]").count() == 1
    tab.keyboard.press("Escape")
    assert tab.locator("dialog[open]").count() == 0


def test_the_theme_can_be_tried_and_left(tab):
    tab.click("[data-theme-choice=dark]")
    assert tab.get_attribute("html", "data-theme") == "dark"
    assert tab.get_attribute("[data-theme-choice=dark]", "aria-pressed") == "true"
    tab.click("[data-theme-choice='']")
    assert tab.get_attribute("html", "data-theme") is None


def test_a_lost_connection_loses_nothing_typed_and_says_so(tab, visit):
    tab.fill("[name=method]", "Oʻtkir")
    tab.fill("[name=secret]", "hush")
    tab.check("[name=agreed]")
    tab.select_option("[name=topics]", ["b"])
    visit.set_offline(True)
    tab.wait_for_selector("text=No connection.")
    tab.click("form[action] button")
    assert visit.sent == []
    assert tab.url == f"{SITE}/form/"
    assert "hush" not in tab.evaluate("JSON.stringify(sessionStorage)")
    visit.set_offline(False)
    tab.wait_for_selector("text=Back.")
    tab.goto(f"{SITE}/other/")
    tab.goto(f"{SITE}/form/")
    tab.wait_for_selector("text=Put back.")
    assert tab.input_value("[name=method]") == "Oʻtkir"
    assert tab.is_checked("[name=agreed]")
    assert (
        tab.eval_on_selector("[name=topics]", "select => [...select.selectedOptions].map(o => o.value).join()") == "b"
    )
    assert tab.input_value("[name=secret]") == ""


def test_a_form_is_sent_once_with_the_button_that_was_pressed(tab, visit):
    tab.fill("[name=method]", "x")
    tab.dblclick("form[action] button")
    tab.wait_for_url("**/send/")
    assert len(visit.sent) == 1
    assert "act=save" in visit.sent[0]
    assert comes_true(tab, "!Object.keys(sessionStorage).some(key => key.startsWith('typed:'))", 5000)


def test_what_was_sent_comes_back_when_the_answer_is_an_error(tab, visit):
    tab.fill("[name=method]", "Not lost")
    tab.check("[name=agreed]")
    tab.click("form[action] button")
    tab.wait_for_url("**/send/")
    tab.click("[data-back]")
    tab.wait_for_selector("text=Put back.")
    assert tab.input_value("[name=method]") == "Not lost"


def test_a_warning_comes_before_typed_text_is_left(tab):
    asked: list[str] = []
    tab.on("dialog", lambda dialog: asked.append(dialog.type))
    tab.click("text=Away")
    tab.wait_for_url("**/other/")
    assert asked == []
    tab.goto(f"{SITE}/form/")
    tab.locator("[name=method]").press_sequentially("x")
    tab.click("text=Away")
    tab.wait_for_url("**/other/")
    assert asked == ["beforeunload"]


def test_the_summary_of_mistakes_takes_the_focus(tab):
    tab.goto(f"{SITE}/mistake/")
    tab.wait_for_selector("html[data-live]")
    assert tab.evaluate("document.activeElement.matches('[data-focus]')")


def test_a_message_can_be_closed(tab):
    tab.goto(f"{SITE}/said/")
    tab.click("[aria-label=Close]")
    assert _toasts(tab) == []


def test_a_code_can_be_copied(tab):
    tab.evaluate("document.body.insertAdjacentHTML('beforeend', '<button data-copy value=AB-12>Copy</button>')")
    tab.evaluate(
        "Object.defineProperty(navigator, 'clipboard', {value: {writeText: async (text) => (window.copied = text)}})"
    )
    tab.click("[data-copy]")
    tab.wait_for_selector("text=Copied.")
    assert tab.evaluate("window.copied") == "AB-12"
