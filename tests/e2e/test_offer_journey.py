"""An offer is checked together with a client, without a mouse, until it says to stop and call."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.keyboard import Keyboard
from tests.e2e.node import Node


def test_a_suspicious_offer_is_stopped_by_keyboard_alone(page_of: Callable[..., Page], node: Node) -> None:
    page = page_of("counsellor")
    contact = node.id(
        "SELECT id FROM cases_contact WHERE person_id IS NOT NULL AND voided_at IS NULL ORDER BY id DESC LIMIT 1"
    )
    page.goto(f"/desk/counselling/contacts/{contact}/")
    keys = Keyboard(page)
    keys.go_to("a[href$='/check-offer/']")
    keys.enter()
    keys.go_to("[name=offered_by]")
    keys.pick("[name=offered_by][value=broker]")
    keys.go_to("[name=channel]")
    keys.pick("[name=channel][value=acquaintance]")
    keys.choose("#id_visa_type", "tourist")
    keys.go_to("[name=contract]")
    keys.pick("[name=contract][value=no]")
    keys.go_to("[name=payees][value=person]")
    keys.press("Space")
    keys.go_to("[name=passport]")
    keys.pick("[name=passport][value=kept]")
    keys.go_to("main form button[type=submit]")
    keys.enter()
    expect(page.get_by_role("heading", level=1)).to_have_text("Stop and call")
    main = page.locator("main")
    for text in ("in cash or to a card", "tourist visa", "passport has been handed over", "Kursiv"):
        expect(main).to_contain_text(text)
    kept = node.one("SELECT outcome FROM cases_offercheck ORDER BY recorded_at DESC LIMIT 1")
    assert kept == "stop_and_call"
    page.goto(f"/desk/counselling/contacts/{contact}/")
    expect(page.locator("main")).to_contain_text("Check an offer")
