"""The public pages do everything without scripts, and keep no cookie on what anybody may read."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.e2e import ways
from tests.e2e.conftest import PHONE
from tests.e2e.node import Node

READ_BY_ALL = ["/en/", "/en/centres/", "/en/sessions/", "/en/guide/", "/en/guide/kr/", "/en/about/"]


@pytest.fixture
def visitor(page_of: Callable[..., Page]) -> Page:
    return page_of("", java_script_enabled=False, viewport=PHONE)


def test_reading_leaves_no_cookie_and_may_be_kept_by_caches(visitor: Page) -> None:
    for address in READ_BY_ALL:
        response = visitor.goto(address)
        assert response
        assert response.status == 200, address
        assert "public" in response.headers["cache-control"], address
        assert "set-cookie" not in response.headers, address
    assert visitor.context.cookies() == []


def test_a_place_in_a_session_is_taken_without_scripts(visitor: Page, node: Node) -> None:
    before = node.one("SELECT count(*) FROM awareness_signup")
    visitor.goto("/en/")
    visitor.locator("a[href='/en/sessions/']").first.click()
    visitor.locator("main a[href*='/sessions/']").last.click()
    visitor.locator("[name=name]").fill("Gulnora")
    ways.press(visitor)
    reference = str(node.one("SELECT reference FROM awareness_signup WHERE name = 'Gulnora'"))
    assert reference in visitor.locator("main").inner_text()
    assert node.one("SELECT count(*) FROM awareness_signup") == int(str(before)) + 1


def test_a_question_is_asked_and_its_answer_read_with_the_code(
    visitor: Page, page_of: Callable[..., Page], node: Node
) -> None:
    visitor.goto("/en/ask/")
    visitor.locator("[name=text]").fill("Does the test have to be taken in Tashkent?")
    ways.press(visitor)
    code = visitor.locator("main .code").inner_text().strip()
    read(visitor, code)
    assert "Nobody has answered yet" in visitor.locator("main").inner_text()

    counsellor = page_of("counsellor")
    enquiry = node.id("SELECT id FROM messaging_enquiry WHERE text LIKE 'Does the test have%'")
    counsellor.goto(f"/desk/messages/{enquiry}/")
    counsellor.locator("[name=text]").fill("No, also in Samarkand and Fergana.")
    ways.press(counsellor, "Answer")

    read(visitor, code)
    assert "also in Samarkand" in visitor.locator("main").inner_text()
    assert code not in visitor.url


def read(visitor: Page, code: str) -> None:
    visitor.goto("/en/answer/")
    visitor.locator("[name=code]").fill(code)
    ways.press(visitor)
