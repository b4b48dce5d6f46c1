"""Before departure from the first contact to the outcome, by somebody without a mouse."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.keyboard import Keyboard
from tests.e2e.node import Node


def _pick_up(page: Page, selector: str) -> Keyboard:
    keys = Keyboard(page)
    keys.go_to(selector, most=120)
    return keys


def test_a_departure_is_prepared_and_followed_by_keyboard_alone(page_of: Callable[..., Page], node: Node) -> None:
    page = page_of("counsellor")

    # 1 contact, 2 triage opens from it, 3 consent, 4 profile, 5 question and topic.
    page.goto("/desk/counselling/new-contact/")
    keys = Keyboard(page)
    keys.go_to("#q")
    keys.type("Sayfiddinzoda")
    keys.enter()
    keys.pick("#who-new")
    keys.go_to("#id_person-family_name")
    keys.type("Sayfiddinzoda")
    keys.press("Tab")
    keys.type("Malika")
    keys.go_to("[name$=keep_file]")
    keys.press("Space")
    keys.go_to("[name$=be_contacted]")
    keys.press("Space")
    keys.choose("#id_topic", "legal_channels")
    keys.choose("#id_destination", "KR")
    page.wait_for_load_state("networkidle")
    page.locator("#card-1").wait_for()
    # 7 advice from dated cards, kept in the version that was told.
    keys.go_to("#card-1")
    keys.press("Space")
    keys.enter("Control+Enter")
    contact = page.url

    # 6 checks with the client: costs, then papers.
    _pick_up(page, "a[href*='/departure/contact/']").enter()
    hub = page.url
    _pick_up(page, "a[href$='/costs/']").enter()
    keys = _pick_up(page, "#id_wage")
    keys.type("2300000")
    for field, amount in (("contract_months", "12"), ("ticket", "4 000 000"), ("rate", "9,2")):
        keys.go_to(f"#id_{field}")
        keys.type(amount)
    keys.go_to("button[value=count]")
    keys.enter()
    expect(page.locator(".notice-title").first).to_contain_text("earned back after 1 month")
    _pick_up(page, "button[value=keep]").enter()
    assert page.url == hub
    _pick_up(page, "a[href$='/papers/']").enter()
    keys = _pick_up(page, "#item-passport-has")
    keys.press("Space")
    keys.go_to("#item-eps_topik-has")
    keys.press("ArrowDown")
    keys.go_to("button[value=keep]")
    keys.enter()
    expect(page.get_by_text("1 paper missing")).to_be_visible()

    # What is taken home: what was said, what is missing.
    _pick_up(page, "a[href$='/sheet/']").enter()
    expect(page.locator(".take-home li strong").first).to_be_visible()
    assert page.locator(".take-home .line-missing").count() == 1

    # 8 a referral opens from the contact; 9 a day to ask again, 10 what became of it.
    page.goto(contact)
    _pick_up(page, "a[href$='/refer/']").enter()
    page.goto(hub)
    _pick_up(page, "a[href*='/departures/contact/']").enter()
    keys = _pick_up(page, "[name=outcome]")
    keys.press("Space")
    keys.go_to("button[type=submit].button-primary")
    keys.enter()
    expect(page.locator(".timeline")).to_contain_text("Still preparing")
    assert node.rows(
        """SELECT o.outcome, p.kind FROM cases_departureoutcome o JOIN cases_departurepaper p ON p.contact_id = o.contact_id
        JOIN people_person n ON n.id = p.person_id WHERE n.family_name = 'Sayfiddinzoda' ORDER BY p.kind"""
    ) == [("still_preparing", "checklist"), ("still_preparing", "costs")]
