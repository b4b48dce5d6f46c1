"""Every action of work after return, tried by every role."""

from contextlib import nullcontext, suppress

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from safar.cases.actions import closures, plan_steps, plans, receptions, reviews
from safar.cases.queries import cohorts, reintegration
from safar.cases.rules.reintegration import Agreement, NeedDetails
from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.trust.permissions import ROLES
from tests.factories import cases as make
from tests.factories import reintegration as returnees

pytestmark = pytest.mark.django_db
MAY = {"counsellor", "coordinator"}
AFTER_ANOTHER = {receptions.receive, plans.agree, plans.finish}


@pytest.fixture
def case(home_centre):
    needs = (NeedDetails("cash", "referred"),)
    case = returnees.received(home_centre, make.person(home_centre), needs=needs)
    returnees.agreed(case)
    plans.draft(case_id=case.pk, by=MACHINE)
    return case


def every_act(case, centre):
    agreed, draft = case.plans.get(state="agreed"), case.plans.get(state="draft")
    goal, told = draft.goals.get(), Agreement("uz", "written", today())
    review = case.reviews.get(months=3)
    return [
        (receptions.receive, {"person_id": case.person_id, "details": returnees.details(), "centre": centre}),
        (receptions.add_need, {"case_id": case.pk, "details": NeedDetails("health", "met")}),
        (receptions.settle_need, {"need_id": case.reception.needs.first().pk, "to": "met"}),
        (plans.draft, {"case_id": case.pk}),
        (plan_steps.add_goal, {"plan_id": draft.pk, "details": returnees.goal()}),
        (plan_steps.add_step, {"goal_id": goal.pk, "details": returnees.step()}),
        (plan_steps.remove_step, {"step_id": goal.steps.first().pk}),
        (plan_steps.remove_goal, {"goal_id": goal.pk}),
        (plan_steps.move, {"step_id": returnees.only_step(agreed).pk, "to": "under_way"}),
        (plans.printed, {"plan_id": agreed.pk}),
        (plans.agree, {"plan_id": draft.pk, "agreement": told}),
        (plans.finish, {"plan_id": agreed.pk, "to": "ended", "reason": "Moved"}),
        (reviews.attempt, {"case_id": case.pk, "mode": "phone", "result": "reached"}),
        (reviews.hold, {"review_id": review.pk, "details": returnees.found()}),
        (closures.close, {"case_id": case.pk, "to": "closed", "reason": "settled"}),
        (reintegration.get, {"case_id": case.pk}),
        (reintegration.open_files, {}),
        (reintegration.due_reviews, {"until": today()}),
        (reintegration.review, {"review_id": review.pk}),
        (cohorts.by_plan, {}),
        (cohorts.by_return, {}),
    ]


@pytest.mark.parametrize("role", sorted(set(ROLES)))
def test_only_who_works_with_returnees_may(case, home_centre, actor, role):
    by = actor(role)
    for act, fields in every_act(case, home_centre):
        if role not in MAY:
            with pytest.raises(PermissionDenied):
                act(**fields, by=by)
            continue
        # The permission held; what one act before did may stand in the way of the next.
        with suppress(ValidationError) if act in AFTER_ANOTHER else nullcontext():
            act(**fields, by=by)
