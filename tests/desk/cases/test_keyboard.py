"""The contact of a minute and a half, in a real browser, by keyboard alone."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect, sync_playwright

from safar.cases.models import Contact
from safar.guide.actions import content
from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from tests.e2e.conftest import CHROMIUM_ARGUMENTS, PATIENCE, chromium_path
from tests.factories import cases as make
from tests.factories import people
from tests.trust.emptying import empty_trail

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
MOST_KEYS = 40


class Keyboard:
    """Counts every key pressed."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def type(self, text: str) -> None:
        self.pressed += len(text)
        self.page.keyboard.type(text)

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.pressed += 1
            self.page.keyboard.press(key)

    def tab_to(self, selector: str) -> None:
        for _ in range(25):
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
            self.press("Tab")
        pytest.fail(f"{selector} is not reached by the Tab key")


@pytest.fixture
def tab(transactional_db, monkeypatch) -> Iterator[Page]:
    # The driver keeps an event loop in this thread, which Django takes for asynchronous code; nothing here is.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS)
        opened = browser.new_page()
        opened.set_default_timeout(PATIENCE)
        yield opened
        browser.close()
    empty_trail()


def test_a_typical_contact_takes_at_most_forty_keys(live_server, client_of, home_centre, tab):
    content.load(by=MACHINE)
    yes = people.consent("be_contacted")
    person = make.person(home_centre, yes, family_name="Йўлдошева", given_name="Гулнора", sex="female")
    client = client_of("counsellor")
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    tab.context.add_cookies([session])
    tab.goto(live_server.url + reverse("desk:cases:new_contact"))
    keyboard = Keyboard(tab)

    keyboard.type("Yuldosh")
    with tab.expect_navigation():
        keyboard.press("Enter")
    expect(tab.locator("#id_topic")).to_be_focused()
    keyboard.type("Pat")
    keyboard.tab_to("#id_destination")
    with tab.expect_response("**/cards/**") as cards:
        keyboard.type("Rus")
    assert cards.value.url.partition("?")[2].count("=") == 2  # topic and destination, never who or what was typed
    tab.wait_for_selector("#card-1")
    keyboard.tab_to("#card-1")
    keyboard.press("Space")
    keyboard.tab_to("[name=follow_up]")
    keyboard.press("ArrowRight", 2)
    with tab.expect_navigation():
        keyboard.press("Control+Enter")

    assert "The contact is recorded." in tab.content()
    contact = Contact.objects.get()
    assert (contact.person, contact.primary_topic, contact.destination) == (person, "patent_registration_RU", "RU")
    assert contact.advice.count() == 1
    assert (contact.follow_up_on - today()).days == 7
    assert keyboard.pressed <= MOST_KEYS
