"""People who came back, as far on as a test needs them."""

import datetime as dt
from decimal import Decimal

from safar.cases.actions import plan_steps, plans, receptions, reviews
from safar.cases.models import CaseFile, PlanReview, PlanStep, ReintegrationPlan
from safar.cases.rules.reintegration import (
    Agreement,
    GoalDetails,
    NeedDetails,
    ReceptionDetails,
    ReviewDetails,
    StepDetails,
)
from safar.kernel.actor import MACHINE, Actor
from safar.kernel.clock import today
from safar.people.models import Person
from safar.trust.models import Centre


def details(days_ago: int = 100, **fields) -> ReceptionDetails:
    day = today() - dt.timedelta(days=days_ago)
    told = {"door": "airport", "received_on": day, "returned_on": day - dt.timedelta(days=4)}
    told |= {"country_of_return": "RU", "return_type": "forced", "needs": (NeedDetails("onward_travel", "met"),)}
    return ReceptionDetails(**(told | fields))


def received(centre: Centre, person: Person, days_ago: int = 100, by: Actor = MACHINE, **fields) -> CaseFile:
    told = details(days_ago, **fields)
    return receptions.receive(person_id=person.pk, details=told, centre=centre, by=by).case_file


def goal(**fields) -> GoalDetails:
    return GoalDetails(**({"dimension": "economic", "text": "Earn a living", "feasibility": "with_help"} | fields))


def step(**fields) -> StepDetails:
    told = {"text": "Learn to weld", "doer": "client", "due_on": today() + dt.timedelta(days=30)}
    return StepDetails(**(told | {"cost": Decimal(500_000), "currency": "UZS"} | fields))


def draft(case: CaseFile, by: Actor = MACHINE, on: dt.date | None = None) -> ReintegrationPlan:
    """Write a plan with one goal and one step."""
    plan = plans.draft(case_id=case.pk, on=on or case.opened_on, by=by)
    aim = plan_steps.add_goal(plan_id=plan.pk, details=goal(), by=by)
    plan_steps.add_step(goal_id=aim.pk, details=step(), by=by)
    return plan


def agreed(case: CaseFile, on: dt.date | None = None, by: Actor = MACHINE, **fields) -> ReintegrationPlan:
    day = on or case.opened_on
    told = Agreement(**({"language": "uz", "way": "written", "on": day} | fields))
    return plans.agree(plan_id=draft(case, by, day).pk, agreement=told, by=by)


def only_step(plan: ReintegrationPlan) -> PlanStep:
    return PlanStep.objects.get(goal__plan=plan)


def found(**fields) -> ReviewDetails:
    told = {"contact": "in_contact", "held_on": today(), "currency": "UZS", "work_before": "unemployed"}
    told |= {"work_after": "employed", "income_before": "none", "income_after": "b2", "changes": ("job",)}
    return ReviewDetails(**(told | {"ratings": {"counselling": 5, "overall": 4}} | fields))


def held(case: CaseFile, months: int = 3, **fields) -> PlanReview:
    return reviews.hold(review_id=case.reviews.get(months=months).pk, details=found(**fields), by=MACHINE)


def tried(case: CaseFile, *days_ago: int, result: str = "no_answer", by: Actor = MACHINE) -> None:
    for days in days_ago or (20, 10, 1):
        day = today() - dt.timedelta(days=days)
        reviews.attempt(case_id=case.pk, mode="phone", result=result, on=day, by=by)
