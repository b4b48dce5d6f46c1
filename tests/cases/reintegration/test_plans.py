import datetime as dt
from decimal import Decimal
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from safar.cases.actions import cases, plan_steps, plans
from safar.cases.enums.reintegration import PLAN_MOVES, STEP_MOVES, PlanState, StepState
from safar.cases.models import PlanGoal, PlanReview, PlanStep, ReintegrationPlan
from safar.cases.rules.reintegration import MOST_GOALS, MOST_STEPS, Agreement
from safar.kernel import once
from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.people.models import Person
from safar.trust.models import AuditEntry
from tests.factories import cases as make
from tests.factories import reintegration as returnees

pytestmark = pytest.mark.django_db
DONE = {"to": "done", "evidence": "Certificate seen"}


@pytest.fixture
def case(home_centre):
    return returnees.received(home_centre, make.person(home_centre))


@pytest.fixture
def plan(case):
    return returnees.agreed(case)


def refusal(action, **fields) -> list[str]:
    with pytest.raises(ValidationError) as error:
        action(**fields, by=MACHINE)
    return list(error.value.message_dict)


class TestDrafts:
    def test_one_belongs_to_an_open_file_after_return(self, home_centre, case):
        other = make.case(home_centre, case.person)
        assert refusal(plans.draft, case_id=other.pk) == ["__all__"]
        assert refusal(plans.draft, case_id=case.pk, on=dt.date(2999, 1, 1)) == ["on"]
        cases.move(case_id=case.pk, to="closed", by=MACHINE)
        assert refusal(plans.draft, case_id=case.pk) == ["__all__"]

    def test_a_second_press_gives_the_same_one(self, case):
        assert plans.draft(case_id=case.pk, by=MACHINE) == plans.draft(case_id=case.pk, by=MACHINE)

    def test_goals_and_steps_come_and_go(self, case):
        plan = returnees.draft(case)
        goal, key = plan.goals.get(), once.fresh_key()
        again = [plan_steps.add_goal(plan_id=plan.pk, details=returnees.goal(), form_key=key, by=MACHINE) for _ in "12"]
        assert again[0] == again[1]
        key = once.fresh_key()
        step = [
            plan_steps.add_step(goal_id=again[0].pk, details=returnees.step(), form_key=key, by=MACHINE) for _ in "12"
        ]
        assert step[0] == step[1]
        plan_steps.remove_step(step_id=step[0].pk, by=MACHINE)
        plan_steps.remove_goal(goal_id=again[0].pk, by=MACHINE)
        assert list(plan.goals.all()) == [goal]
        assert (str(plan), str(goal), str(returnees.only_step(plan))[:6]) == ("1 draft", "economic with_help", "client")

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"dimension": "spiritual"}, "dimension"),
            ({"feasibility": "?"}, "feasibility"),
            ({"text": " "}, "text"),
            ({"text": "x" * 161}, "text"),
        ],
    )
    def test_a_goal_that_cannot_be_is_refused(self, case, fields, field):
        plan = plans.draft(case_id=case.pk, by=MACHINE)
        assert refusal(plan_steps.add_goal, plan_id=plan.pk, details=returnees.goal(**fields)) == [field]

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"doer": "nobody"}, "doer"),
            ({"doer": "partner"}, "doer_name"),
            ({"text": ""}, "text"),
            ({"cost": Decimal(-5)}, "cost"),
            ({"currency": ""}, "currency"),
            ({"due_on": dt.date(2020, 1, 1)}, "due_on"),
        ],
    )
    def test_a_step_that_cannot_be_is_refused(self, case, fields, field):
        goal = returnees.draft(case).goals.get()
        assert refusal(plan_steps.add_step, goal_id=goal.pk, details=returnees.step(**fields)) == [field]

    def test_a_plan_stays_short_enough_for_a_page(self, case):
        goal = returnees.draft(case).goals.get()
        first = returnees.only_step(goal.plan)
        for _ in range(MOST_STEPS - 1):
            PlanStep.objects.create(goal=goal, doer="client", due_on=first.due_on, state_on=first.state_on)
        assert refusal(plan_steps.add_step, goal_id=goal.pk, details=returnees.step()) == ["__all__"]
        for _ in range(MOST_GOALS - 1):
            plan_steps.add_goal(plan_id=goal.plan_id, details=returnees.goal(), by=MACHINE)
        assert refusal(plan_steps.add_goal, plan_id=goal.plan_id, details=returnees.goal()) == ["__all__"]


class TestAgreeing:
    def test_puts_it_into_force_and_sets_the_days_of_its_reviews(self, case, actor):
        by = actor("counsellor")
        plan = returnees.agreed(case, by=by, way="verbal_certified")
        assert (plan.state, plan.language, plan.heard_by_id) == ("agreed", "uz", by.id)
        assert [review.months for review in PlanReview.objects.filter(case_file=case)] == [3, 6, 12]
        assert case.events.filter(kind="plan").count() == 1

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"language": "tlh"}, "language"),
            ({"way": "nod"}, "way"),
            ({"spoken_by": "neighbour"}, "spoken_by"),
            ({"on": dt.date(2999, 1, 1)}, "on"),
            ({"on": dt.date(2020, 1, 1)}, "on"),
        ],
    )
    def test_what_cannot_be_is_refused_by_field(self, case, fields, field):
        plan = returnees.draft(case)
        told = Agreement(**({"language": "uz", "way": "written", "on": today()} | fields))
        assert refusal(plans.agree, plan_id=plan.pk, agreement=told) == [field]

    def test_for_a_child_somebody_else_agrees(self, case):
        Person.objects.filter(pk=case.person_id).update(birth_year=today().year - 12)
        plan = returnees.draft(case)
        assert refusal(plans.agree, plan_id=plan.pk, agreement=Agreement("uz", "written", today())) == ["spoken_by"]
        told = Agreement("uz", "written", today(), spoken_by="guardian")
        assert plans.agree(plan_id=plan.pk, agreement=told, by=MACHINE).is_agreed

    def test_it_says_what_is_done(self, case):
        empty = plans.draft(case_id=case.pk, on=case.opened_on, by=MACHINE)
        told = Agreement("uz", "written", today())
        assert refusal(plans.agree, plan_id=empty.pk, agreement=told) == ["__all__"]
        plan_steps.add_goal(plan_id=empty.pk, details=returnees.goal(), by=MACHINE)
        assert refusal(plans.agree, plan_id=empty.pk, agreement=told) == ["__all__"]

    def test_a_later_version_replaces_the_first_which_is_kept_as_it_was(self, case, plan):
        later = plans.draft(case_id=case.pk, by=MACHINE)
        assert later.version == 2
        copied = returnees.only_step(later)
        plan_steps.move(step_id=returnees.only_step(plan).pk, **DONE, by=MACHINE)
        plan_steps.add_step(goal_id=copied.goal_id, details=returnees.step(text="Find work"), by=MACHINE)
        plans.agree(plan_id=later.pk, agreement=Agreement("ru", "voice", today()), by=MACHINE)
        before = ReintegrationPlan.objects.get(pk=plan.pk)
        assert (before.state, before.ended_on) == ("revised", today())
        assert before.goals.get().steps.count() == 1
        copied.refresh_from_db()
        assert (copied.state, copied.evidence) == ("done", "Certificate seen")
        assert PlanReview.objects.count() == 3

    def test_an_agreed_one_is_not_changed(self, plan):
        goal = plan.goals.get()
        for action, fields in (
            (plan_steps.add_goal, {"plan_id": plan.pk, "details": returnees.goal()}),
            (plan_steps.remove_goal, {"goal_id": goal.pk}),
            (plan_steps.add_step, {"goal_id": goal.pk, "details": returnees.step()}),
            (plan_steps.remove_step, {"step_id": returnees.only_step(plan).pk}),
            (plans.agree, {"plan_id": plan.pk, "agreement": Agreement("uz", "written", today())}),
        ):
            assert refusal(action, **fields) == ["__all__"]

    def test_the_database_itself_refuses_two_in_force(self, case, plan):
        with pytest.raises(IntegrityError), transaction.atomic():
            ReintegrationPlan.objects.create(
                case_file=case, version=9, state="agreed", made_on=today(), agreed_on=today()
            )


class TestSteps:
    def test_go_only_the_ways_of_the_table(self, plan):
        for state, to in product(StepState, StepState):
            PlanStep.objects.update(state=state)
            told = {"step_id": returnees.only_step(plan).pk, "to": to, "evidence": "Seen", "reason": "Too far"}
            if to in STEP_MOVES[state]:
                assert plan_steps.move(**told, by=MACHINE).state == to
            else:
                assert refusal(plan_steps.move, **told) == ["to"], (state, to)

    @pytest.mark.parametrize(
        ("fields", "field"),
        [({"to": "done"}, "evidence"), ({"to": "dropped"}, "reason"), (DONE | {"on": dt.date(2999, 1, 1)}, "on")],
    )
    def test_done_is_shown_and_dropped_is_explained(self, plan, fields, field):
        assert refusal(plan_steps.move, step_id=returnees.only_step(plan).pk, **fields) == [field]

    def test_those_of_a_draft_stand_still(self, case):
        step = returnees.only_step(returnees.draft(case))
        assert refusal(plan_steps.move, step_id=step.pk, to="under_way") == ["__all__"]


class TestEnding:
    def test_goes_only_the_ways_of_the_table(self, plan):
        PlanStep.objects.update(state="done")
        for state, to in product(PlanState, PlanState):
            ReintegrationPlan.objects.update(state=state, ended_on=None)
            told = {"plan_id": plan.pk, "to": to, "reason": "Moved"}
            if to in PLAN_MOVES[state] & {PlanState.COMPLETED, PlanState.ENDED}:
                assert plans.finish(**told, by=MACHINE).state == to
            else:
                assert refusal(plans.finish, **told) == ["to"], (state, to)

    def test_completed_has_no_step_open_and_one_done(self, plan):
        assert refusal(plans.finish, plan_id=plan.pk, to="completed") == ["to"]
        PlanStep.objects.update(state="dropped")
        assert refusal(plans.finish, plan_id=plan.pk, to="completed") == ["to"]

    def test_ended_early_says_why_and_when(self, plan):
        assert refusal(plans.finish, plan_id=plan.pk, to="ended") == ["reason"]
        assert refusal(plans.finish, plan_id=plan.pk, to="ended", reason="Moved", on=dt.date(2020, 1, 1)) == ["on"]

    def test_in_a_closed_file_nothing_moves(self, case, plan):
        cases.move(case_id=case.pk, to="closed", by=MACHINE)
        assert refusal(plans.finish, plan_id=plan.pk, to="ended", reason="Moved") == ["__all__"]
        assert PlanGoal.objects.count() == 1


def test_printing_leaves_a_row(plan):
    assert plans.printed(plan_id=plan.pk, by=MACHINE) == plan
    assert AuditEntry.objects.get(action="cases.plan.printed").verb == "export"
