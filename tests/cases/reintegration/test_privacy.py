import datetime as dt

import pytest

from safar.cases import privacy
from safar.cases.actions import cases, closures, plan_steps
from safar.cases.models import ContactAttempt, PlanReview, PlanStep
from safar.kernel import retention
from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from tests.factories import cases as make
from tests.factories import reintegration as returnees

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(home_centre):
    case = returnees.received(home_centre, make.person(home_centre))
    plan = returnees.agreed(case)
    plan_steps.move(step_id=returnees.only_step(plan).pk, to="done", evidence="Diploma of the monocentre", by=MACHINE)
    given = cases.add_service(case_id=case.pk, service="employment", by=MACHINE)
    returnees.tried(case)
    returnees.held(case, words="Her brother helps", confirmed={given.pk: True})
    closures.close(case_id=case.pk, to="closed", reason="settled", by=MACHINE)
    return case


def test_a_person_takes_all_of_it_away(case):
    taken = privacy.export(case.person_id)
    assert taken["receptions"][0]["needs"] == [["onward_travel", "met", ""]]
    (plan,) = taken["return_plans"]
    assert plan["goals"] == [["economic", "Earn a living", ""]]
    assert plan["steps"][0][3:6] == ["500000.00 UZS", "done", "Diploma of the monocentre"]
    review = next(review for review in taken["return_reviews"] if review["state"] == "held")
    assert (review["words"], review["services"]) == ("Her brother helps", [["employment", True]])
    assert len(taken["return_attempts"]) == 3
    assert taken["return_closures"][0]["reason"] == "settled"


def test_erasure_empties_words_and_keeps_codes(case):
    told = {str(effect.what): (effect.goes, effect.stays) for effect in privacy.preview(case.person_id)}
    assert told["Plans after return"] == (0, 1)
    assert told["Goals and steps of plans, in words"] == (1, 0)
    privacy.erase(case.person_id)
    step = PlanStep.objects.get()
    assert (step.text, step.evidence, step.state, step.goal.text, step.goal.dimension) == (
        "",
        "",
        "done",
        "",
        "economic",
    )
    review = PlanReview.objects.get(state="held")
    assert (review.words, review.income_after, review.changes, review.ratings.count()) == ("", "", [], 2)
    assert ContactAttempt.objects.count() == 3
    assert "return_plans" in privacy.export(case.person_id)
    assert not privacy.export(case.person_id)["return_plans"]


def test_words_end_with_the_term_of_closed_files(case):
    rule = next(rule for rule in retention.rules() if rule.code == "cases.return_words")
    assert not rule.due(today(), today()).exists()
    due = rule.due(today(), today() + dt.timedelta(days=1))
    assert list(due) == [case]
    rule.end([case.pk])
    assert not rule.due(today(), today() + dt.timedelta(days=1)).exists()
    assert PlanReview.objects.get(state="held").income_after == "b2"
