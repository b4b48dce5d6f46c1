import datetime as dt
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.cases.actions.plans import locked
from safar.cases.enums.reintegration import (
    STEP_MOVES,
    STEP_NEEDS_EVIDENCE,
    STEP_NEEDS_REASON,
    Dimension,
    Doer,
    Feasibility,
)
from safar.cases.models import PlanGoal, PlanStep, ReintegrationPlan
from safar.cases.permissions import MANAGE_CASE
from safar.cases.rules.moves import may_move
from safar.cases.rules.reintegration import LONGEST_GOAL, LONGEST_STEP, MOST_GOALS, MOST_STEPS, GoalDetails, StepDetails
from safar.kernel import once
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import today
from safar.trust.actions import audit


@transaction.atomic
def add_goal(*, plan_id: UUID, details: GoalDetails, form_key: str = "", by: Actor) -> PlanGoal:
    """Write a goal into a draft."""
    check_may(by, MANAGE_CASE)
    if earlier := once.result_of(form_key):
        return PlanGoal.objects.get(pk=earlier)
    plan = _draft(plan_id)
    problems = _of_choices({"dimension": Dimension, "feasibility": Feasibility}, details)
    problems |= _of_text(details.text, LONGEST_GOAL)
    if plan.goals.count() >= MOST_GOALS:
        problems["__all__"] = _("A plan has at most %(most)s goals. Begin with what matters most.") % {
            "most": MOST_GOALS
        }
    if problems:
        raise ValidationError(problems)
    goal = PlanGoal.objects.create(
        plan=plan,
        dimension=details.dimension,
        text=details.text.strip(),
        feasibility=details.feasibility,
        feasibility_note=details.feasibility_note.strip(),
    )
    once.use(form_key, goal.pk)
    _trail(plan, "cases.plan.add_goal", by, ["goals"])
    return goal


@transaction.atomic
def remove_goal(*, goal_id: UUID, by: Actor) -> None:
    """Take a goal with its steps out of a draft; nobody has agreed to it yet."""
    check_may(by, MANAGE_CASE)
    goal = PlanGoal.objects.get(pk=goal_id)
    plan = _draft(goal.plan_id)
    goal.delete()
    _trail(plan, "cases.plan.remove_goal", by, ["goals"])


@transaction.atomic
def add_step(*, goal_id: UUID, details: StepDetails, form_key: str = "", by: Actor) -> PlanStep:
    """Write a step into a draft; a plan has so few of them that it fits a page somebody can keep in mind."""
    check_may(by, MANAGE_CASE)
    if earlier := once.result_of(form_key):
        return PlanStep.objects.get(pk=earlier)
    goal = PlanGoal.objects.get(pk=goal_id)
    plan = _draft(goal.plan_id)
    _check_step(plan, details)
    step = PlanStep.objects.create(
        goal=goal,
        text=details.text.strip(),
        doer=details.doer,
        doer_name=details.doer_name.strip(),
        due_on=details.due_on,
        cost=details.cost,
        currency=details.currency if details.cost else "",
        state_on=today(),
    )
    once.use(form_key, step.pk)
    _trail(plan, "cases.plan.add_step", by, ["steps"])
    return step


@transaction.atomic
def remove_step(*, step_id: UUID, by: Actor) -> None:
    """Take a step out of a draft."""
    check_may(by, MANAGE_CASE)
    step = PlanStep.objects.select_related("goal").get(pk=step_id)
    plan = _draft(step.goal.plan_id)
    step.delete()
    _trail(plan, "cases.plan.remove_step", by, ["steps"])


@transaction.atomic
def move(
    *, step_id: UUID, to: str, evidence: str = "", reason: str = "", on: dt.date | None = None, by: Actor
) -> PlanStep:
    """Say how a step of the agreed plan stands: done says what shows it, dropped says why."""
    check_may(by, MANAGE_CASE)
    step = PlanStep.objects.select_for_update(of=("self",)).select_related("goal").get(pk=step_id)
    plan, day = locked(step.goal.plan_id), on or today()
    if not plan.is_agreed:
        raise ValidationError({"__all__": _("Steps move once the plan is agreed, and in its latest version.")})
    if not may_move(STEP_MOVES, step.state, to):
        raise ValidationError({"to": _("A step cannot go this way.")})
    if to in STEP_NEEDS_EVIDENCE and not evidence.strip():
        raise ValidationError({"evidence": _("Say what shows that it was done, for example a certificate seen.")})
    if to in STEP_NEEDS_REASON and not reason.strip():
        raise ValidationError({"reason": _("Say why the step was dropped.")})
    if not plan.case_file.opened_on <= day <= today():
        raise ValidationError({"on": _("The day must lie between the opening of the case and today.")})
    step.state, step.state_on = to, day
    step.evidence, step.reason = evidence.strip(), reason.strip()
    step.save(update_fields=["state", "state_on", "evidence", "reason"])
    _trail(plan, "cases.plan.move_step", by, ["steps"])
    return step


def _draft(plan_id: UUID) -> ReintegrationPlan:
    plan = locked(plan_id)
    if not plan.is_draft:
        raise ValidationError({"__all__": _("An agreed plan is not changed; begin its next version.")})
    return plan


def _check_step(plan: ReintegrationPlan, details: StepDetails) -> None:
    messages = {
        "negative": _("A cost is nothing or more."),
        "no_currency": _("Choose the currency."),
        "no_name": _("Name the partner."),
    }
    problems = {name: messages[code] for name, code in details.problems().items()}
    problems |= _of_choices({"doer": Doer}, details) | _of_text(details.text, LONGEST_STEP)
    if details.due_on < plan.made_on:
        problems["due_on"] = _("The day lies before the plan.")
    if PlanStep.objects.filter(goal__plan=plan).count() >= MOST_STEPS:
        problems["__all__"] = _("A plan has at most %(most)s steps. Finish some first.") % {"most": MOST_STEPS}
    if problems:
        raise ValidationError(problems)


def _of_choices(choices: dict[str, type[Dimension | Doer | Feasibility]], details: object) -> dict[str, str]:
    unknown = _("Choose one of the values offered.")
    return {name: unknown for name, known in choices.items() if getattr(details, name) not in known.values}


def _of_text(text: str, longest: int) -> dict[str, str]:
    if not text.strip():
        return {"text": _("Write something first.")}
    return {"text": _("Say it shorter.")} if len(text.strip()) > longest else {}


def _trail(plan: ReintegrationPlan, action: str, by: Actor, fields: list[str]) -> None:
    case = plan.case_file
    audit.record(by=by, action=action, person_key=case.person_id, subject_key=case.pk, fields=fields)
