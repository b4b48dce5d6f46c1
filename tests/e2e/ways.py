"""How a page is reached that no address alone opens: after a search, a mistake, a lockout, a second factor."""

import re
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from django.test import RequestFactory
from django.urls import reverse
from playwright.sync_api import Page as Tab

from tests.e2e.node import PASSWORD, Node
from tests.e2e.second_factor import code_now

REGISTERS = Path(__file__).parents[1] / "data" / "registers"
LOGIN = "/desk/account/login/"
TOTP_OWNER = "officer2"


def type_login(tab: Tab, who: str, password: str = PASSWORD) -> None:
    tab.goto(LOGIN)
    tab.locator("input[name=login]").fill(f"{who}@demo.example")
    tab.locator("input[name=password]").fill(password)
    press(tab)


def press(tab: Tab, text: str = "") -> None:
    """Press the main button of the page, or the one that says `text`, and wait for the answer."""
    button = (
        tab.get_by_role("button", name=text, exact=True).last if text else tab.locator("main .button-primary").first
    )
    with tab.expect_navigation():
        button.click()


def found(tab: Tab, node: Node) -> None:
    name = node.one(
        "SELECT family_name FROM people_person GROUP BY family_name ORDER BY count(*) DESC, family_name LIMIT 1"
    )
    tab.goto("/desk/people/")
    tab.locator("#person-search").fill(str(name))
    press(tab, "Search")


def suggested(tab: Tab, node: Node) -> None:
    """The list under the search box while somebody types, with one of it marked."""
    family, given = node.rows(
        "SELECT family_name, given_name FROM people_person WHERE given_name != '' ORDER BY id LIMIT 1"
    )[0]
    tab.goto("/desk/people/")
    tab.locator("#person-search").press_sequentially(f"{family} {given}")
    tab.locator("main [role=option]").first.wait_for()
    tab.keyboard.press("ArrowDown")


def too_many(tab: Tab, node: Node) -> None:
    """A search so wide that it is only counted."""
    tab.goto("/desk/people/")
    tab.locator("#person-search").fill("ka")
    press(tab, "Search")


def register_look_alike(tab: Tab, node: Node) -> None:
    """Somebody is typed who has a file: it stands beside the form."""
    family, given, year = node.rows(
        """SELECT family_name, given_name, birth_year FROM people_person
        WHERE birth_day IS NOT NULL AND given_name != '' AND merged_into_id IS NULL ORDER BY id LIMIT 1"""
    )[0]
    tab.goto("/desk/people/new/")
    for name, text in (("family_name", family), ("given_name", given), ("birth_year", year)):
        tab.locator(f"[name={name}]").fill(str(text))
    tab.locator(".alike-panel").first.wait_for()


def card_to_print(tab: Tab, node: Node) -> None:
    """A fresh card, in sight once."""
    bearer = node.id("SELECT person_id FROM people_clientcard ORDER BY id LIMIT 1")
    tab.goto(f"/desk/people/{bearer}/card/")
    press(tab, "Replace the card")
    tab.locator(".client-card").wait_for()


def month(tab: Tab, node: Node) -> None:
    """The month page; the first to open it waits until everything is counted."""
    for _ in range(60):
        tab.goto("/desk/figures/")
        if tab.locator("#figures").count():
            return
        time.sleep(0.5)
    raise AssertionError("the figures were never counted")


def register_with_mistakes(tab: Tab, node: Node) -> None:
    tab.goto("/desk/people/new/")
    tab.locator("[name=family_name]").fill("Nurmatova")
    tab.locator("[name=given_name]").fill("Sarvinoz")
    tab.locator("[name=phone]").fill("12")
    press(tab, "Open the file")


def import_checked(tab: Tab, node: Node) -> None:
    """The dry run of a register: what would be taken over and what has to be mended first."""
    tab.goto("/desk/counselling/import/")
    tab.locator("input[type=file]").set_input_files(REGISTERS / "uz_latin.xlsx")
    press(tab)


def agencies_checked(tab: Tab, node: Node) -> None:
    """The dry run of a register of agencies with a row to mend."""
    tab.goto("/desk/counselling/agencies/import/")
    rows = "name;licence number;valid from;valid until\nNamuna Safar MChJ;DEMO-001;2024-07-17;2031-07-16\n;DEMO-099;2025-01-05;\n"
    tab.locator("input[type=file]").set_input_files(
        {"name": "agencies.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    )
    tab.locator("[name=source]").fill("Letter of the authority")
    press(tab)


def offer_checked(tab: Tab, node: Node) -> None:
    """An offer a visitor has had checked, with what to stop for."""
    tab.goto("/en/check-offer/")
    tab.locator("[name=visa_type]").select_option("tourist")
    tab.locator("label:has([name=payees][value=person])").click()
    press(tab)


def sealed_opened(tab: Tab, node: Node) -> None:
    """Notes that somebody else has just allowed to be read; the demo's own request is left waiting."""
    with sqlite3.connect(node.folder / "safar.sqlite3", timeout=20) as database:
        database.execute(
            """INSERT INTO trust_sealedopening
            (id, recorded_at, person_key, purpose, asked_by_id, reason, decided_by_id, decided_at, allowed, open_until)
            SELECT lower(hex(randomblob(16))), datetime('now'), person_key, purpose, asked_by_id, reason,
            (SELECT id FROM trust_staff WHERE email = 'coordinator@demo.example'), datetime('now'), 1, datetime('now', '+30 minutes')
            FROM trust_sealedopening ORDER BY id LIMIT 1"""
        )
    database.close()
    opening = node.id("SELECT id FROM trust_sealedopening WHERE allowed ORDER BY id LIMIT 1")
    tab.goto(f"/desk/people/sealed/open/{opening}/")


def wrong_password(tab: Tab, node: Node) -> None:
    type_login(tab, f"nobody-{time.time_ns()}", "not the password")


def locked_out(tab: Tab, node: Node) -> None:
    for _ in range(6):
        type_login(tab, "nobody", "not the password")
        if tab.locator("input[name=login]").count() == 0:
            return


def asked_for_code(tab: Tab, node: Node) -> None:
    type_login(tab, TOTP_OWNER)


def with_code(url_name: str) -> Callable[[Tab, Node], None]:
    """Sign in with the second factor, confirm it again where the page asks for it, and open the page."""

    def way(tab: Tab, node: Node) -> None:
        secret = (node.folder / "totp-secret").read_text(encoding="ascii")
        type_login(tab, TOTP_OWNER)
        give_code(tab, node, secret)
        tab.goto(reverse(url_name))
        if url_name != "mfa_reauthenticate":
            confirm(tab, node)

    return way


def give_code(tab: Tab, node: Node, secret: str) -> None:
    """Type the code of the moment; each is good once, so wait for the next when this one is spent."""
    used = node.folder / "totp-used"
    while (code := code_now(secret)) == (used.read_text(encoding="ascii") if used.exists() else ""):
        time.sleep(0.5)
    used.write_text(code, encoding="ascii")
    tab.locator("input[name=code]").fill(code)
    press(tab)


def confirm(tab: Tab, node: Node) -> None:
    """Show once more who one is, where a page about signing in asks for it."""
    if tab.locator("input[name=password]").count():
        tab.locator("input[name=password]").fill(PASSWORD)
        press(tab)
    elif "/confirm/" in tab.url:
        give_code(tab, node, (node.folder / "totp-secret").read_text(encoding="ascii"))


def app_add(tab: Tab, node: Node) -> None:
    type_login(tab, "counsellor3")
    tab.goto(reverse("mfa_activate_totp"))
    confirm(tab, node)


def choose_password(tab: Tab, node: Node) -> None:
    """The link an administrator hands over, opened by somebody who is not signed in."""
    type_login(tab, "admin")
    member = node.id("SELECT id FROM trust_staff WHERE email = 'analyst@demo.example'")
    tab.goto(f"/desk/office/staff/{member}/")
    press(tab, "Make a link to choose a password")
    link = tab.locator("[data-copy].secret").inner_text().strip()
    tab.context.clear_cookies()
    tab.goto(link)


def signed_up(tab: Tab, node: Node) -> None:
    tab.goto("/en/sessions/")
    tab.locator("main a[href*='/sessions/']").last.click()
    tab.locator("[name=name]").fill("Dilnoza")
    press(tab)


def asked(tab: Tab, node: Node) -> None:
    tab.goto("/en/ask/")
    tab.locator("main textarea").first.fill("Is there an age limit for the language test?")
    press(tab)


def answered(tab: Tab, node: Node) -> None:
    tab.goto("/en/answer/")
    tab.locator("[name=code]").fill((node.folder / "answer-code").read_text(encoding="utf-8"))
    press(tab)


def refused(tab: Tab, node: Node) -> None:
    tab.goto("/desk/people/")


def missing(tab: Tab, node: Node) -> None:
    tab.goto("/desk/no-such-page/")


def stale_form(tab: Tab, node: Node) -> None:
    """A form that was open longer than its token."""
    tab.goto("/en/ask/")
    tab.locator("main textarea").first.fill("A question")
    tab.context.clear_cookies()
    press(tab)


def error(view: str, status: int) -> Callable[[Tab, Node], None]:
    """Show the answer to a request that cannot be provoked from a browser, at an address of the node."""

    def way(tab: Tab, node: Node) -> None:
        from safar.ui import views

        request = RequestFactory().get("/en/broken/")
        answer = getattr(views, view)(request, *([ValueError()] if status != 500 else []))
        body = re.sub(r'(?<=")static/', "/static/", answer.content.decode())
        tab.route("**/en/broken/", lambda route: route.fulfill(status=status, content_type="text/html", body=body))
        tab.goto("/en/broken/")

    return way
