"""After return from the door to the closed file, its nine steps by somebody without a mouse."""

from collections.abc import Callable
from uuid import UUID

from playwright.sync_api import Page, expect

from tests.e2e.keyboard import Keyboard
from tests.e2e.node import Node


def _pick_up(page: Page, selector: str) -> Keyboard:
    keys = Keyboard(page)
    keys.go_to(selector, most=120)
    return keys


def _type(keys: Keyboard, **fields: str) -> None:
    for name, text in fields.items():
        keys.go_to(f"[name$='-{name}']", most=80)
        keys.type(text)


def _receive(page: Page, person: UUID) -> str:
    """Receive somebody and meet a need; the screen and the survey stand at hand, and block nothing."""
    page.goto(f"/desk/people/{person}/")
    _pick_up(page, "a[href*='/reintegration/receive/']").enter()
    keys = _pick_up(page, "#id_door_0")
    keys.pick("[name=door][value=mahalla]")
    keys.choose("#id_need_shelter", "met")
    keys.go_to("form.form button[type=submit]", most=80)
    keys.enter()
    expect(page.locator("main")).to_contain_text("Through the mahalla")
    expect(page.locator("a[href$='/rapid_vulnerability/']")).to_be_visible()
    expect(page.locator("a[href$='/reintegration_survey/']")).to_be_visible()
    return page.url


def _plan(page: Page) -> None:
    """Write a goal and a step, have it agreed, and say that the step is done."""
    _pick_up(page, "main a[href$='/plan/']").enter()
    _pick_up(page, "form[action$='/plan/new/'] button").enter()
    keys = _pick_up(page, "[name='goal-dimension']")
    keys.pick("[name='goal-dimension'][value=economic]")
    _type(keys, text="Open a bakery")
    keys.go_to("form[action$='/goal/'] button")
    keys.enter()
    keys = _pick_up(page, "[name='step-text']")
    keys.type("Learn to bake")
    _type(keys, due_on="12312027")
    keys.go_to("form[action$='/step/'] button")
    keys.enter()
    keys = _pick_up(page, "[name='agree-way']")
    keys.pick("[name='agree-way'][value=written]")
    keys.go_to("form[action$='/agree/'] button")
    keys.enter()
    expect(page.locator(".page-head-subtitle")).to_contain_text("Agreed")
    _pick_up(page, "main td a[href*='/steps/']").enter()
    keys = _pick_up(page, "[name=to]")
    keys.pick("[name=to][value=done]")
    keys.go_to("[name=evidence]")
    keys.type("Certificate seen")
    keys.enter()


def _serve_and_review(page: Page, file: str) -> None:
    page.goto(file)
    _pick_up(page, "main .card a[href*='/cases/']").enter()
    _pick_up(page, "details:has(form[action$='/service/']) > summary").press("Enter")
    keys = Keyboard(page)
    keys.choose("#id_service-service", "vocational_training")
    keys.go_to("form[action$='/service/'] button")
    keys.enter()
    page.goto(file)
    _pick_up(page, "main a[href*='/reviews/']").enter()
    keys = _pick_up(page, "[name=work_after]")
    keys.choose("#id_work_after", "self_employed")
    keys.choose("#id_rating_overall", "5")
    keys.go_to("form.form button[type=submit]", most=80)
    keys.enter()
    expect(page.locator("main")).to_contain_text("Self-employed")


def _close(page: Page) -> None:
    """Close the file after what is still open was shown."""
    _pick_up(page, "a[href$='/close/']").enter()
    expect(page.locator("main")).to_contain_text("Review after 12 months")
    keys = _pick_up(page, "[name=to]")
    keys.pick("[name=to][value=closed]")
    keys.choose("#id_reason", "settled")
    keys.go_to("form.form button[type=submit]")
    keys.enter()
    expect(page.locator("main")).to_contain_text("This file is closed")


def test_a_returnee_is_accompanied_to_the_end_by_keyboard_alone(page_of: Callable[..., Page], node: Node) -> None:
    """1 reception, 2 needs, 3 screen, 4 survey, 5 plan, 6 services, 7 review, 8 satisfaction, 9 closing."""
    page = page_of("counsellor")
    person = node.id(
        """SELECT id FROM people_person WHERE merged_into_id IS NULL AND birth_year < 1995 AND id NOT IN
        (SELECT person_id FROM cases_casefile WHERE person_id IS NOT NULL) ORDER BY id DESC LIMIT 1"""
    )
    file = _receive(page, person)
    _plan(page)
    _serve_and_review(page, file)
    _close(page)
    ((state, reason, steps),) = node.rows(
        f"""SELECT f.state, c.reason, c.open_steps FROM cases_casefile f JOIN cases_caseclosure c ON c.case_file_id = f.id
        WHERE f.person_id = '{person.hex}'"""  # noqa: S608  (an identifier of the demo)
    )
    assert (state, reason, steps) == ("closed", "settled", 0)
