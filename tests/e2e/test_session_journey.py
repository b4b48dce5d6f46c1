"""A session from plan to lock; who held it cannot approve it."""

import datetime as dt
from collections.abc import Callable

from playwright.sync_api import Page

from tests.e2e import ways
from tests.e2e.node import Node


def test_a_session_is_planned_held_counted_and_locked_by_two_people(page_of: Callable[..., Page], node: Node) -> None:
    officer = page_of("officer")
    yesterday = dt.datetime.now(dt.UTC).date() - dt.timedelta(days=1)
    officer.goto("/desk/sessions/plan/")
    officer.locator("[name=title]").fill("Contracts before you sign")
    officer.locator("[name=session_type]").select_option(index=1)
    officer.locator("[name=day]").fill(str(yesterday))
    officer.locator("[name=starts]").fill("10:00")
    officer.locator("[name=ends]").fill("11:30")
    officer.locator("main select[name=language]").select_option("uz")
    officer.locator("[name=modules]").first.check(force=True)
    ways.press(officer)
    address = officer.url
    session = node.one("SELECT id FROM awareness_session WHERE title = 'Contracts before you sign'")

    step(officer, "hold")
    officer.goto(f"{address}count/")
    one_more = officer.locator("[data-bump='1']")
    for _ in range(3):
        one_more.first.click()
    one_more.nth(2).click()
    ways.press(officer, "Save the count")
    number = str(node.one("SELECT client_number FROM people_person ORDER BY id LIMIT 1"))
    officer.goto(f"{address}named/")
    officer.locator("#find").fill(number)
    ways.press(officer, "Find")
    ways.press(officer, "Add")
    officer.goto(address)
    step(officer, "submit")
    assert officer.locator("form[action$='/step/approve/']").count() == 0
    assert state(node, session) == "submitted"

    coordinator = page_of("coordinator")
    coordinator.goto(address)
    step(coordinator, "approve")
    step(coordinator, "lock")
    assert state(node, session) == "locked"
    assert node.rows("SELECT sum(count) FROM awareness_countedattendance WHERE session_id = ?", session) == [(4,)]
    assert node.rows("SELECT count(*) FROM awareness_namedattendance WHERE session_id = ?", session) == [(1,)]


def step(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.locator(f"form[action$='/step/{name}/'] button").click()


def state(node: Node, session: object) -> str:
    return str(node.one("SELECT state FROM awareness_session WHERE id = ?", session))
