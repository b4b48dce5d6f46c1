"""Somebody is asked whether they are ready: the form follows the answers, by keyboard, in the language of the person."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.node import Node
from tests.e2e.pages import ASSESSED


def test_form_follows_its_answers_by_keyboard_and_its_result_is_shown(page_of: Callable[..., Page], node: Node) -> None:
    page = page_of("counsellor")
    page.goto(f"/desk/counselling/assess/person/{node.id(ASSESSED['person_id'])}/readiness/")
    hidden = page.get_by_text("Have you looked up the licence of the agency")
    expect(hidden).to_have_count(0)
    page.locator("[name='q-where/channel'][value=agency]").focus()
    page.keyboard.press("Space")
    expect(hidden).to_be_visible()
    expect(page.locator("[name='q-where/channel'][value=agency]")).to_be_focused()
    page.locator("#id_language").select_option("Ўзбекча (uz-cyrl)")
    expect(page.get_by_text("Ишга ким жойлайди?")).to_be_visible()
    expect(page.get_by_text("Қаерга ва қандай")).to_be_visible()
    for name, value in {
        "where/destination": "KR",
        "where/licence": "yes",
        "papers/documents": "permit",
        "papers/contract": "own_language",
        "money/costs": "no",
        "money/contact_home": "yes",
    }.items():
        page.locator(f"[name='q-{name}'][value={value}]").check()
    page.get_by_role("button", name="Keep the answers").click()
    expect(page.get_by_role("heading", name="Are you ready to go?")).to_be_visible()
    expect(page.get_by_text("The answers are kept.")).to_be_visible()
