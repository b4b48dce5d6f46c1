"""A platform's export is looked at, imported, and adds nothing the second time."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.campaigns.exports import instagram, row
from tests.e2e import ways
from tests.e2e.node import Node

COUNT = "SELECT (SELECT count(*) FROM campaigns_post), (SELECT count(*) FROM campaigns_metricsnapshot)"
EXPORT = instagram(
    row(Permalink="https://www.instagram.com/p/E2E1/", Description="Ask for the licence"),
    row(Permalink="https://www.instagram.com/p/E2E2/", Description="Read before you sign", Views="950"),
)


def test_an_export_is_imported_once_however_often_it_is_sent(page_of: Callable[..., Page], node: Node) -> None:
    page = page_of("officer")
    before = node.rows(COUNT)[0]
    upload(page, "posts.csv", EXPORT)
    assert page.locator("main").get_by_text("Ask for the licence").count() == 1
    assert node.rows(COUNT)[0] == before, "the dry run wrote something"
    centre = page.locator("[name=centre]")
    if centre.count():
        centre.select_option(index=1)
    ways.press(page, "Import")
    after = node.rows(COUNT)[0]
    assert after[0] == before[0] + 2
    assert after[1] > before[1]

    upload(page, "the same again.csv", EXPORT)
    assert page.get_by_role("button", name="Import", exact=True).count() == 0
    assert node.rows(COUNT)[0] == after


def test_a_file_that_is_no_export_is_refused_with_the_reason(page_of: Callable[..., Page], node: Node) -> None:
    page = page_of("officer")
    before = node.rows(COUNT)[0]
    upload(page, "holiday.csv", b"Day;Who\n1;2\n")
    assert page.locator("main [role=alert], main .error-summary").count() >= 1
    assert page.locator("input[type=file]").count() == 1
    assert node.rows(COUNT)[0] == before


def upload(page: Page, name: str, content: bytes) -> None:
    page.goto("/desk/campaigns/imports/")
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    ways.press(page, "See what would change")
