"""A family comes to the desk: look-alikes are compared, a child gets a guardian, and a card finds the file again."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e import ways
from tests.e2e.keyboard import Keyboard
from tests.e2e.node import Node

FAMILY, GIVEN = "Ғуломқодирова", "Шаҳзода"


def register(page: Page, family: str, given: str, **more: str) -> str:
    """Open a file and return its address."""
    page.goto("/desk/people/new/")
    for name, text in {"family_name": family, "given_name": given, **more}.items():
        page.locator(f"[name={name}]").fill(text)
    page.locator("[name=keep_file]").check(force=True)
    ways.press(page, "Open the file")
    return page.url


def test_a_mother_and_her_daughter_are_registered_and_found_again(page_of: Callable[..., Page], node: Node) -> None:
    page = page_of("counsellor")
    mother = register(page, FAMILY, GIVEN, birth_year="1988", phone="90 765 43 21")
    assert "/new/" not in mother, page.locator("main").inner_text()[:800]
    namesake = rule_her_out(page)
    assert node.one("SELECT count(*) FROM people_notsamepair WHERE by_id IS NOT NULL") == 1
    child = register_her_child(page)
    assert len({mother, namesake, child}) == 3
    keep_house(page, mother)
    code = give_card(page, mother)
    assert code not in str(node.rows("SELECT * FROM people_clientcard"))

    page.goto("/desk/guide/")
    page.keyboard.press("/")
    page.keyboard.type(code)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == mother


def rule_her_out(page: Page) -> str:
    """Type the same name in the other script: her file stands beside the form before anything is sent."""
    page.goto("/desk/people/new/")
    for name, text in {"family_name": "Gʻulomqodirova", "given_name": "Shahzoda", "birth_year": "1988"}.items():
        page.locator(f"[name={name}]").fill(text)
    panel = page.locator(".alike-panel")
    expect(panel).to_contain_text(FAMILY)
    panel.get_by_role("button", name="Not the same person").first.click()
    expect(page.locator("#alike")).to_contain_text("Nobody else looks the same")
    expect(page.get_by_role("button", name="Register as new")).to_be_focused()
    page.locator("[name=keep_file]").check(force=True)
    ways.press(page, "Register as new")
    return page.url


def register_her_child(page: Page) -> str:
    """The birth asks for a guardian, and the guardian's number is found by her name."""
    page.goto("/desk/people/new/")
    page.locator("[name=family_name]").fill(FAMILY)
    page.locator("[name=given_name]").fill("Дилором")
    asked = page.get_by_role("group", name="This is a child")
    expect(asked).to_be_hidden()
    page.locator("[name=birth_year]").fill("2016")
    expect(asked).to_be_visible()
    page.locator("label.choice:has([value=guardian])").click()
    page.locator("[name=guardian_relation]").select_option("mother")
    page.locator("[name=guardian_number]").focus()
    keys = Keyboard(page)
    keys.type("Gulomqodirova Shahzoda")
    page.locator("[role=option]").first.wait_for()
    options = page.locator("[role=option]").all_inner_texts()
    place = next(place for place, text in enumerate(options) if FAMILY in text)
    keys.press(*["ArrowDown"] * (place + 1), "Enter")
    page.locator("[name=keep_file]").check(force=True)
    ways.press(page, "Open the file")
    assert "/new/" not in page.url, page.locator("main").inner_text()[:800]
    expect(page.locator("main")).to_contain_text(f"Mother: {FAMILY}")
    return page.url


def keep_house(page: Page, mother: str) -> None:
    """Begin a household with the mother, and add the child by a search from its page."""
    page.goto(mother)
    page.get_by_role("link", name="Begin a household").click()
    ways.press(page, "Begin the household")
    page.locator("#household-search").press_sequentially("Gulomqodirova Dilorom")
    page.locator("main [role=option]").first.click()
    page.wait_for_url("**/add/**")
    page.locator("label.choice:has([value=child])").click()
    ways.press(page, "Add")
    expect(page.locator("main table")).to_contain_text("Son or daughter")


def give_card(page: Page, mother: str) -> str:
    """Return the code on a fresh card, as a scanner types it."""
    page.goto(f"{mother}card/")
    ways.press(page, "Make a card")
    return page.locator("#card-code").inner_text().strip().replace("-", "")


def test_a_contact_goes_on_with_somebody_suggested(page_of: Callable[..., Page], node: Node) -> None:
    page = page_of("counsellor")
    family, given, person_id = node.rows(
        """SELECT family_name, given_name, id FROM people_person
        WHERE given_name != '' AND merged_into_id IS NULL AND birth_year < 2000 ORDER BY id DESC LIMIT 1"""
    )[0]
    page.goto("/desk/counselling/new-contact/")
    page.locator("#q").press_sequentially(f"{family} {given}")
    page.locator("[role=option]").first.wait_for()
    place = page.locator("[role=option]").evaluate_all(
        "(options, id) => options.findIndex((option) => option.dataset.value.replaceAll('-', '') === id)",
        str(person_id).replace("-", ""),
    )
    for key in (*["ArrowDown"] * (place + 1), "Enter"):
        page.keyboard.press(key)
    chosen = page.locator("[name=who]:checked")
    assert chosen.input_value().replace("-", "") == str(person_id).replace("-", "")
    page.locator("#id_topic").select_option("contract")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert "/counselling/contacts/" in page.url, page.locator("main").inner_text()[:800]
    assert node.one("SELECT person_id FROM cases_contact ORDER BY id DESC LIMIT 1") == person_id
