"""A referral from the desk to a partner's phone and back: drafted, agreed, sent by link, accepted in Russian, confirmed by the client."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e import ways
from tests.e2e.conftest import PHONE
from tests.e2e.node import Node

SOMEBODY = (
    """SELECT person_id FROM cases_referral WHERE person_id IS NOT NULL AND state = 'closed' ORDER BY id DESC LIMIT 1"""
)


def test_a_partner_answers_on_a_phone_and_the_client_has_the_last_word(
    page_of: Callable[..., Page], node: Node
) -> None:
    desk = page_of("counsellor")
    write_and_send(desk, node)
    address = make_link(desk)
    partner = page_of("", viewport=PHONE, java_script_enabled=False, locale="ru-RU")

    partner.goto(address)
    assert "/ru/r/" in partner.url
    assert node.one("SELECT count(*) FROM cases_referralmove WHERE via = 'link' AND to_state = 'acknowledged'") == seen(
        node
    )
    ways.press(partner)
    assert address.split("/r/")[1] not in partner.url
    assert "Юридическая помощь" in partner.locator("h1").inner_text()
    assert partner.locator("html").get_attribute("lang") == "ru"
    assert partner.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for _answer in ("accept", "start", "complete"):
        ways.press(partner)
    assert partner.url.endswith("/ru/r/thanks/")

    desk.goto("/desk/counselling/referrals/answers/")
    desk.locator(
        "main a", has_text=str(node.one("SELECT family_name FROM people_person WHERE id = ?", who(node)))
    ).first.click()
    expect(desk.locator("main")).to_contain_text("There is an answer")
    ways.press(desk, "I have seen it")
    desk.locator("[name=answer][value=yes]").check(force=True)
    ways.press(desk, "Record what the client says")
    expect(desk.locator("main")).to_contain_text("Closed")
    assert node.one("SELECT client_answer FROM cases_referral ORDER BY recorded_at DESC LIMIT 1") == "yes"
    assert partner.goto(address).status == 410  # type: ignore[union-attr]


def write_and_send(desk: Page, node: Node) -> None:
    """Choose the service and who offers it, ask the person, and send."""
    desk.goto(f"/desk/counselling/referrals/of/{node.id(SOMEBODY)}/")
    desk.locator("main select[name=service]").select_option("legal_aid")
    ways.press(desk, "Show who offers it")
    desk.locator("[name=chosen_offer]").first.check(force=True)
    ways.press(desk, "Write the referral")
    consent = desk.locator("main [name=consent]")
    if consent.count():
        consent.check(force=True)
    ways.press(desk, "Mark as sent")


def make_link(desk: Page) -> str:
    desk.locator("main select[name=language]").select_option("ru")
    ways.press(desk, "Make the link")
    return desk.locator("#fresh-link").inner_text()


def seen(node: Node) -> object:
    """How many links were opened: looking at one opens nothing."""
    return node.one("SELECT count(*) FROM cases_referrallink WHERE opened_at IS NOT NULL")


def who(node: Node) -> object:
    return node.one("SELECT person_id FROM cases_referral ORDER BY recorded_at DESC LIMIT 1")
