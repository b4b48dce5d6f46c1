"""Passkeys from enrolment to sign-in in a real browser, with a virtual authenticator and the strict content policy on."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from safar.trust.models import AuditEntry, Staff
from tests.factories import trust
from tests.trust.emptying import empty_trail

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORD = "correct horse battery"


@pytest.fixture(scope="module", autouse=True)
def _database_beside_a_loop() -> Iterator[None]:
    """The browser library keeps an event loop in this thread, where Django else refuses to use its database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture
def counsellor(transactional_db: None) -> Iterator[Staff]:
    yield trust.staff("counsellor")
    empty_trail()


@pytest.fixture
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        running = play.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser, live_server, counsellor: Staff) -> Iterator[Page]:
    """A page of a browser that owns an authenticator with fingerprint; anything the policy blocks fails the test."""
    context = browser.new_context(base_url=live_server.url.replace("127.0.0.1", "localhost"))
    opened = context.new_page()
    devtools = context.new_cdp_session(opened)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options | {"automaticPresenceSimulation": True}})
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert complaints == []


def _sign_in(page: Page, member: Staff) -> None:
    page.goto("/desk/account/login/")
    page.fill("[name=login]", member.email)
    page.fill("[name=password]", PASSWORD)
    page.click("main .button-primary")


def _sign_out(page: Page) -> None:
    page.goto("/desk/account/logout/")
    page.click("main .button-primary")
    page.wait_for_url("**/desk/account/login/")


def _add_key(page: Page, name: str, *, alone: bool) -> None:
    page.goto("/desk/account/factors/keys/add/")
    if page.locator("[name=password]").count():
        page.fill("[name=password]", PASSWORD)
        page.click("main .button-primary")
    page.fill("[name=name]", name)
    page.set_checked("[name=passwordless]", alone)
    page.click("#passkey-add")
    page.wait_for_url("**/factors/codes/")


def test_a_passkey_is_added_signs_in_alone_is_renamed_and_removed(page: Page, counsellor: Staff) -> None:
    _sign_in(page, counsellor)
    _add_key(page, "Office computer", alone=True)
    page.goto("/desk/office/me/")
    assert "Signs in alone" in page.inner_text("main")
    _sign_out(page)

    page.click("#passkey-login")
    page.wait_for_url("**/desk/")
    page.goto("/desk/office/me/")
    page.click("text=Rename")
    if page.locator("[name=password]").count():
        page.fill("[name=password]", PASSWORD)
        page.click("main .button-primary")
    page.fill("[name=name]", "Front desk")
    page.click("main .button-primary")
    page.click("a:has-text('Remove Front desk')")
    page.click("main .button-danger")
    page.wait_for_url("**/desk/office/me/")
    assert "None yet." in page.inner_text("main")
    actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"trust.account.factor_added", "trust.account.factor_removed"} <= actions


def test_a_security_key_is_the_second_step_after_the_password(page: Page, counsellor: Staff) -> None:
    _sign_in(page, counsellor)
    _add_key(page, "Small key", alone=False)
    _sign_out(page)
    _sign_in(page, counsellor)
    page.wait_for_url("**/desk/account/login/code/")
    page.click("#passkey-authenticate")
    page.wait_for_url("**/desk/")
    page.goto("/desk/account/confirm/key/?next=/desk/office/me/")
    page.click("#passkey-again")
    page.wait_for_url("**/desk/office/me/")
    assert "Second step" in page.inner_text("main")


def test_where_the_browser_knows_no_passkeys_none_is_offered(browser: Browser, live_server, counsellor: Staff) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/desk/account/login/")
    assert not page.is_visible("#passkey-login")
    _sign_in(page, counsellor)
    page.wait_for_url("**/desk/")
    context.close()
