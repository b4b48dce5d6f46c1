from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, expect, sync_playwright

from tests.factories import awareness

pytestmark = [pytest.mark.browser, pytest.mark.slow]
_ARGUMENTS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-sync"


@pytest.fixture
def phone() -> Iterator[BrowserContext]:
    # The driver keeps an event loop in this thread, which Django takes for asynchronous code; nothing here is.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=_ARGUMENTS.split())
        yield browser.new_context(viewport={"width": 375, "height": 740}, has_touch=True)
        browser.close()


def test_a_tap_counts_one_more_without_loading_the_page(
    phone: BrowserContext, live_server, client_of, home_centre
) -> None:
    made = awareness.held(home_centre)
    awareness.counted(made, sex="female", age_band="u18", count=4)
    client: Client = client_of("outreach_officer")
    cookie = client.cookies["sessionid"].value
    phone.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page = phone.new_page()
    page.goto(live_server.url + reverse("desk:awareness:counts", args=[made.pk]))
    page.evaluate("window.stayed = true")
    women = page.get_by_role("group", name="Female").first
    women.get_by_role("button", name="One more: Under 18").tap()
    expect(women.get_by_label("Under 18", exact=True)).to_have_value("5")
    expect(page.locator("[data-tally-sum]")).to_have_text("5")
    less = women.get_by_role("button", name="One less: 18–29")
    less.tap()
    expect(women.get_by_label("18–29", exact=True)).to_have_value("0")
    women.get_by_label("30–44", exact=True).fill("12")
    expect(page.locator("[data-tally-sum]")).to_have_text("17")
    assert page.evaluate("window.stayed")
