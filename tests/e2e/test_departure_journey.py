"""Before departure from the first contact to the outcome, by somebody without a mouse."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.keyboard import Keyboard
from tests.e2e.node import Node

FAMILY = "Vlaxmatzoda"


def _at(page: Page, selector: str) -> Keyboard:
    keys = Keyboard(page)
    keys.go_to(selector, most=120)
    return keys


def _talk(page: Page) -> None:
    """Steps 1 to 5 and 7 of the work before departure: contact, consent, profile, question, advice from a dated card."""
    page.goto("/desk/counselling/new-contact/")
    keys = Keyboard(page)
    keys.go_to("#q")
    keys.type(FAMILY)
    keys.enter()
    keys.go_to("#who-new")
    keys.press("Space")
    keys.go_to("#id_person-family_name")
    keys.type(FAMILY)
    keys.press("Tab")
    keys.type("Malika")
    keys.go_to("#id_person-phone")
    keys.type("901234599")
    for consent in ("keep_file", "be_contacted"):
        keys.go_to(f"[name$={consent}]")
        keys.press("Space")
    keys.choose("#id_topic", "legal_channels")
    keys.choose("#id_destination", "KR")
    # The cards come twice, for the topic and for the destination: a tick on the first would go with them.
    page.wait_for_load_state("networkidle")
    page.locator("#card-1").wait_for()
    keys.go_to("#card-1")
    keys.press("Space")
    keys.enter("Control+Enter")


def _check(page: Page) -> None:
    """Step 6: costs and debts, then the papers, each kept at the client's wish."""
    hub = page.url
    _at(page, "a[href$='/costs/']").enter()
    for field, amount in (("wage", "2300000"), ("contract_months", "12"), ("ticket", "4 000 000"), ("rate", "9,2")):
        _at(page, f"#id_{field}").type(amount)
    _at(page, "button[value=count]").enter()
    expect(page.locator(".notice-title").first).to_contain_text("earned back after 1 month")
    _at(page, "button[value=keep]").enter()
    assert page.url == hub
    _at(page, "a[href$='/papers/']").enter()
    _at(page, "#item-passport-has").press("Space")
    _at(page, "#item-eps_topik-has").press("ArrowDown")
    _at(page, "button[value=keep]").enter()
    expect(page.get_by_text("1 paper missing")).to_be_visible()


def test_a_departure_is_prepared_and_followed_by_keyboard_alone(page_of: Callable[..., Page], node: Node) -> None:
    page = page_of("counsellor")
    _talk(page)
    contact = page.url
    _at(page, "a[href*='/departure/contact/']").enter()
    hub = page.url
    _check(page)

    _at(page, "a[href$='/sheet/']").enter()
    expect(page.locator(".take-home li strong").first).to_be_visible()
    assert page.locator(".take-home .line-missing").count() == 1

    # 8 a referral opens from the contact; 9 and 10: what became of it, and when to ask again.
    page.goto(contact)
    _at(page, "a[href$='/refer/']").enter()
    page.goto(hub)
    _at(page, "a[href*='/departures/contact/']").enter()
    _at(page, "[name=outcome]").press("Space")
    _at(page, "main button[type=submit]").enter()
    expect(page.locator(".timeline")).to_contain_text("Still preparing")
    assert node.rows(
        """SELECT o.outcome, p.kind FROM cases_departureoutcome o JOIN cases_departurepaper p ON p.contact_id = o.contact_id
        JOIN people_person n ON n.id = p.person_id WHERE n.family_name = ? ORDER BY p.kind""",
        FAMILY,
    ) == [("still_preparing", "checklist"), ("still_preparing", "costs")]
