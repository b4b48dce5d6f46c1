"""Signing in when it goes wrong, and with a second factor; passkeys: tests/desk/trust/test_passkeys_in_browser.py."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.e2e import ways
from tests.e2e.node import Node


def test_guessing_is_locked_and_the_page_says_for_how_long(page_of: Callable[..., Page]) -> None:
    page = page_of()
    for _ in range(5):
        ways.type_login(page, "analyst", "a guess")
    assert page.locator("input[name=password]").count() == 0
    assert "minutes" in page.locator("main").inner_text()
    ways.type_login(page, "analyst")
    assert "/desk/account/login/" in page.url, "the right password opened a locked sign-in"


def test_an_authenticator_app_is_enrolled_and_asked_for_at_the_next_sign_in(
    page_of: Callable[..., Page], node: Node
) -> None:
    page = page_of()
    ways.app_add(page, node)
    secret = page.locator(".secret").inner_text().strip()
    ways.give_code(page, node, secret)
    assert node.rows(
        """SELECT type FROM mfa_authenticator WHERE type = 'totp' AND user_id =
        (SELECT id FROM trust_staff WHERE email = 'counsellor3@demo.example')"""
    ) == [("totp",)]
    page.context.clear_cookies()

    ways.type_login(page, "counsellor3")
    assert "/login/code/" in page.url
    page.goto("/desk/")
    assert "/account/login/" in page.url, "the password alone opened the desk"
    page.context.clear_cookies()
    ways.type_login(page, "counsellor3")
    ways.give_code(page, node, secret)
    assert page.url.endswith("/desk/")
