"""What the demo does not hold and pages need: done in the browser, once, by the people whose work it is."""

import datetime as dt

from playwright.sync_api import Browser, Page

from tests.campaigns.exports import instagram, row
from tests.e2e import ways
from tests.e2e.node import Node
from tests.e2e.second_factor import code_now


def furnish(chromium: Browser, node: Node) -> None:
    ask_and_answer(chromium, node)
    take_place(chromium, node)
    coordinator(chromium, node)
    second_factor(chromium, node)


def ask_and_answer(chromium: Browser, node: Node) -> None:
    visitor = tab(chromium, node)
    visitor.goto("/en/ask/")
    visitor.locator("main textarea").first.fill(
        "My brother signed with an agency in Namangan. How do I see whether it has a licence?"
    )
    ways.press(visitor)
    (node.folder / "answer-code").write_text(code_on(visitor), encoding="utf-8")
    counsellor = tab(chromium, node, "counsellor")
    question = node.id("SELECT id FROM messaging_enquiry ORDER BY id DESC LIMIT 1")
    counsellor.goto(f"/desk/messages/{question}/")
    counsellor.locator("main textarea").first.fill(
        "Ask for the number of the licence and compare it with the public register of agencies."
    )
    ways.press(counsellor)
    visitor.goto("/en/visit/")
    visitor.locator("main textarea").first.fill(
        "I would like to come on Thursday morning with my passport and the contract."
    )
    ways.press(visitor)
    counsellor.context.close()
    visitor.context.close()


def code_on(page: Page) -> str:
    """Return the code the page shows for reading the answer later."""
    return page.locator("main .code").inner_text().strip()


def take_place(chromium: Browser, node: Node) -> None:
    visitor = tab(chromium, node)
    ways.signed_up(visitor, node)
    visitor.context.close()


def coordinator(chromium: Browser, node: Node) -> None:
    """Upload an export with a row that cannot be read, and freeze the month that is over."""
    page = tab(chromium, node, "coordinator")
    page.goto("/desk/campaigns/imports/")
    export = instagram(row(), row(Permalink="https://www.instagram.com/p/BBB/", Views="many"))
    page.locator("input[type=file]").set_input_files({"name": "posts.csv", "mimeType": "text/csv", "buffer": export})
    ways.press(page)
    ways.month(page, node)
    page.goto(f"/desk/figures/?month={last_month()}")
    # The auditor of disclosure solves a linear program a table before anything may be frozen.
    page.set_default_timeout(600_000)
    ways.press(page, "Freeze this month")
    page.context.close()


def second_factor(chromium: Browser, node: Node) -> None:
    page = tab(chromium, node, ways.TOTP_OWNER)
    page.goto("/desk/account/factors/app/add/")
    ways.confirm(page, node)
    secret = page.locator(".secret").inner_text().strip()
    (node.folder / "totp-secret").write_text(secret, encoding="ascii")
    (node.folder / "totp-used").write_text(code_now(secret), encoding="ascii")
    page.locator("[name=code]").fill(code_now(secret))
    ways.press(page)
    assert "/factors/" in page.url or "/me/" in page.url, page.locator("main").inner_text()
    page.context.close()


def last_month() -> str:
    first = dt.datetime.now(dt.UTC).date().replace(day=1)
    return f"{first - dt.timedelta(days=1):%Y-%m}"


def tab(chromium: Browser, node: Node, who: str = "") -> Page:
    page = chromium.new_context(base_url=node.url, locale="en-GB").new_page()
    page.set_default_timeout(90_000)
    if who:
        ways.type_login(page, who)
    return page
