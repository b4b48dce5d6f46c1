import pytest
from playwright.sync_api import BrowserContext, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_device_that_was_there_once_opens_the_pages_without_network(live_server, device: BrowserContext) -> None:
    page = device.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.goto(f"{live_server.url}/field/")
    expect(page.get_by_text("These pages are kept on this device")).to_be_visible()
    expect(page.get_by_text("This device is connected.")).to_be_visible()
    assert refused == []

    device.set_offline(True)
    expect(page.get_by_text("This device has no network.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Works without network", exact=True)).to_be_visible()
    page.get_by_role("link", name="The empty sign sheet and tally form, to print or to copy by hand").click()
    expect(page.get_by_role("heading", name="Tally of people who do not sign")).to_be_visible()
    # The kept style sheets and fonts draw it: the page does not fall back to bare HTML.
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Safar Sans"')
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px \"Safar Sans\"'))")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_what_was_never_promised_is_not_kept(live_server, device: BrowserContext) -> None:
    page = device.new_page()
    page.goto(f"{live_server.url}/field/")
    expect(page.get_by_text("These pages are kept on this device")).to_be_visible()
    kept = page.evaluate(
        "caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name).then((cache) => cache.keys()))))"
        ".then((lists) => lists.flat().map((request) => new URL(request.url).pathname))"
    )
    assert kept
    assert all(path.startswith(("/field/", "/static/")) for path in kept)
    assert sum(path.endswith(".woff2") for path in kept) >= 4
