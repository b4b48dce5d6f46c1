"""How the pages of a referral are reached that no address alone opens: a link in sight once, and what its recipient sees."""

from playwright.sync_api import Page as Tab

from tests.e2e import ways
from tests.e2e.node import Node

SENT = """SELECT id FROM cases_referral WHERE state = 'sent' AND to_centre_id IS NULL AND service = 'employment'
AND text = '' ORDER BY id DESC LIMIT 1"""


def offers_shown(tab: Tab, node: Node) -> None:
    """Who offers a service, nearest first."""
    person = node.id("SELECT person_id FROM cases_referral WHERE state = 'draft' ORDER BY id DESC LIMIT 1")
    tab.goto(f"/desk/counselling/referrals/of/{person}/")
    tab.locator("main select[name=service]").select_option("vocational_training")
    ways.press(tab, "Show who offers it")


def link_shown(tab: Tab, node: Node) -> None:
    """A fresh link, in sight once."""
    tab.goto(f"/desk/counselling/referrals/{node.id(SENT)}/")
    if (again := tab.get_by_text("Make a new link", exact=True)).count():
        again.click()
    ways.press(tab, "Make the link")
    tab.locator("#fresh-link").wait_for()


def door(tab: Tab, node: Node) -> None:
    """What the recipient of a link sees before opening it."""
    link_shown(tab, node)
    tab.goto(tab.locator("#fresh-link").inner_text())


def opened(tab: Tab, node: Node) -> None:
    """What the recipient sees after opening it."""
    door(tab, node)
    with tab.expect_navigation():
        tab.locator("main .button-primary").click()
