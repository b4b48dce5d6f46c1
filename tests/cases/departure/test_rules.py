"""What may be found after what, when to ask again, and what a checklist must stand on."""

import datetime as dt

import pytest
import yaml
from pydantic import ValidationError

from safar.cases.enums.departure import (
    ANSWERS,
    EMERGENCY_FIELDS,
    FAMILY_FIELDS,
    FIELD_LABELS,
    LEFT,
    OUTCOME_MOVES,
    Outcome,
)
from safar.cases.queries import checklists
from safar.cases.rules.departure import COST_ITEMS, DEDUCTIONS
from safar.cases.rules.departure_outcomes import OutcomeDetails, suggested, when_to_ask
from safar.cases.rules.moves import may_move
from safar.guide.actions.content import FOLDER as GUIDE
from safar.reference.queries.codes import code_list

DAY = dt.date(2026, 11, 24)


@pytest.mark.parametrize("before", Outcome)
@pytest.mark.parametrize("after", Outcome)
def test_whoever_has_left_is_not_preparing(before, after):
    gone_back = before in LEFT and after not in {*LEFT, Outcome.UNREACHABLE}
    assert may_move(OUTCOME_MOVES, before, after) is not gone_back


def test_every_outcome_leads_somewhere_and_all_but_one_answer():
    assert set(OUTCOME_MOVES) == set(Outcome)
    assert all(OUTCOME_MOVES.values())
    assert set(Outcome) - {Outcome.PREPARING} == ANSWERS


@pytest.mark.parametrize(
    ("outcome", "left_on", "again"),
    [
        ("still_preparing", None, DAY + dt.timedelta(days=14)),
        ("declined_offer", None, None),
        ("regular", DAY, dt.date(2026, 12, 24)),
        ("irregular", dt.date(2026, 10, 20), dt.date(2027, 1, 20)),
        ("regular", dt.date(2026, 8, 1), None),
        ("regular", None, dt.date(2026, 12, 24)),
    ],
)
def test_when_to_ask_next(outcome, left_on, again):
    assert suggested(outcome, left_on, DAY) == again


def test_a_month_after_the_last_day_of_a_long_month_is_the_last_of_a_short_one():
    assert when_to_ask(dt.date(2026, 11, 30), 3) == dt.date(2027, 2, 28)
    assert when_to_ask(dt.date(2026, 12, 31), 1) == dt.date(2027, 1, 31)


def test_days_that_cannot_be():
    details = OutcomeDetails("regular", "after", DAY + dt.timedelta(1), left_on=DAY + dt.timedelta(2), ask_again_on=DAY)
    assert details.problems(DAY) == {"found_on": "future", "left_on": "after_found", "ask_again_on": "before_found"}


def test_every_line_of_a_paper_has_a_name():
    assert {*COST_ITEMS, *DEDUCTIONS, *EMERGENCY_FIELDS, *FAMILY_FIELDS} <= set(FIELD_LABELS)


def test_every_claim_of_a_checklist_stands_on_a_fact_of_the_guide_a_source_or_says_it_is_to_be_verified():
    facts = {fact["key"] for path in GUIDE.glob("*.yaml") for fact in yaml.safe_load(path.read_text("utf-8"))["facts"]}
    named = {item.fact for one in checklists.checklists().values() for item in one.items if item.fact}
    assert named <= facts
    with pytest.raises(ValidationError, match="name a fact"):
        checklists.Item(code="x", label={"en": "X"})


@pytest.mark.parametrize("one", checklists.checklists().values(), ids=lambda one: one.code)
def test_a_checklist_is_whole(one):
    assert len({item.code for item in one.items}) == len(one.items)
    assert one.valid_from < one.review_by
    assert not one.destination or code_list("destination").get(one.destination)
    for texts in (one.title, *(item.label for item in one.items), *(item.where for item in one.items if item.where)):
        assert {"en", "ru", "uz"} <= set(texts)
    assert one.item(one.items[0].code) is one.items[0]
    assert one.item("no_such_paper") is None


def test_the_list_of_a_destination_else_the_general_one():
    assert checklists.for_destination("KR").code == "korea_eps"
    assert checklists.for_destination("JP").code == checklists.for_destination("").code == "general"
    assert list(checklists.checklists())[-1] == "general"


def test_names_of_tests_stay_as_they_are_written_in_cyrillic():
    item = checklists.checklists()["korea_eps"].item("eps_topik")
    assert item.name.text("uz-cyrl").startswith("EPS-TOPIK натижаси")
    assert checklists.words()["you"].text("uz-cyrl") == "сиз"
