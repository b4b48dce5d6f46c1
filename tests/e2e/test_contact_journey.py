"""The contact of a new client, from sign-in to saved record, without a mouse."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.e2e.keyboard import Keyboard
from tests.e2e.node import PASSWORD, Node

# A practised typist makes three presses a second: 200 are 67 seconds, and leave the rest of 90 for listening.
MOST_PRESSES = 200


def test_a_new_client_is_registered_and_counselled_by_keyboard_alone(page_of: Callable[..., Page], node: Node) -> None:
    page = page_of()
    page.goto("/desk/account/login/")
    keys = Keyboard(page)
    keys.go_to("input[name=login]")
    keys.type("counsellor@demo.example")
    keys.go_to("input[name=password]")
    keys.type(PASSWORD)
    keys.enter()
    keys.go_to("nav a[href$='/new-contact/']")
    keys.enter()

    contact = Keyboard(page)
    contact.go_to("#q", most=1)
    contact.type("Yoqubjonzoda")
    contact.enter()
    contact.pick("#who-new")
    contact.go_to("#id_person-family_name")
    contact.type("Yoqubjonzoda")
    contact.press("Tab")
    contact.type("Zilola")
    contact.go_to("#id_person-phone")
    contact.type("901234567")
    contact.go_to("[name$=keep_file]")
    contact.press("Space")
    contact.go_to("[name$=be_contacted]")
    contact.press("Space")
    contact.choose("#id_topic", "legal_channels")
    contact.choose("#id_destination", "KR")
    # The cards come twice, for the topic and for the destination: a tick on the first would go with them.
    page.wait_for_load_state("networkidle")
    page.locator("#card-1").wait_for()
    contact.go_to("#card-1")
    contact.press("Space")
    contact.choose("#id_next_step", "documents_to_bring")
    contact.go_to("[name=follow_up]")
    contact.press("ArrowRight", "ArrowRight")
    contact.enter("Control+Enter")

    assert "/counselling/contacts/" in page.url, page.locator("main").inner_text()[:1500]
    ((topic, destination, step, named, told, days),) = node.rows(
        """SELECT primary_topic, destination, next_step, person_id IS NOT NULL,
        (SELECT count(*) FROM cases_contactadvice WHERE contact_id = cases_contact.id),
        round(julianday(follow_up_on) - julianday(date(occurred_at, '+5 hours')))
        FROM cases_contact ORDER BY id DESC LIMIT 1"""
    )
    assert (topic, destination, step, named) == ("legal_channels", "KR", "documents_to_bring", 1)
    assert told == 1
    assert days == 7
    assert node.rows("SELECT given_name FROM people_person WHERE family_name = 'Yoqubjonzoda'") == [("Zilola",)]
    assert node.rows(
        """SELECT granted FROM people_consentgrant WHERE purpose = 'keep_file' AND person_id =
        (SELECT id FROM people_person WHERE family_name = 'Yoqubjonzoda')"""
    ) == [(1,)]
    assert contact.pressed <= MOST_PRESSES
