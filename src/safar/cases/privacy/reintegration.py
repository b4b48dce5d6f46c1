"""How private each field of work after return is; what a person may take away and what erasure leaves.

Everything hangs on the case file, which loses its person by `records`: so this area goes before it. What stays are codes, months
and bands without a name, because figures of past months count them; every word goes.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from safar.cases.models import (
    CaseClosure,
    ContactAttempt,
    PlanGoal,
    PlanReview,
    PlanStep,
    Reception,
    ReintegrationPlan,
)
from safar.kernel.privacy import Effect, Privacy, classed
from safar.people.queries.clusters import members_of

FIELDS: dict[str, Privacy] = {
    **classed(
        Privacy.INTERNAL, "Reception", "id", "recorded_at", "case_file", "door", "received_on", "return_month", "staff"
    ),
    **classed(Privacy.INTERNAL, "ImmediateNeed", "id", "recorded_at", "reception", "state", "settled_on", "reason"),
    **classed(Privacy.SENSITIVE, "ImmediateNeed", "need"),
    **classed(
        Privacy.INTERNAL,
        "ReintegrationPlan",
        *("id", "recorded_at", "case_file", "version", "state", "made_on", "made_by", "agreed_on", "language", "way"),
        *("spoken_by", "heard_by", "ended_on"),
    ),
    **classed(Privacy.SENSITIVE, "ReintegrationPlan", "reason"),
    **classed(Privacy.INTERNAL, "PlanGoal", "id", "recorded_at", "plan", "dimension", "feasibility"),
    **classed(Privacy.SENSITIVE, "PlanGoal", "text", "feasibility_note"),
    **classed(
        Privacy.INTERNAL,
        "PlanStep",
        *("id", "recorded_at", "goal", "thread", "doer", "due_on", "cost", "currency", "state", "state_on"),
    ),
    **classed(Privacy.SENSITIVE, "PlanStep", "text", "doer_name", "evidence", "reason"),
    **classed(
        Privacy.INTERNAL,
        "PlanReview",
        *("id", "recorded_at", "case_file", "months", "due_on", "state", "held_on", "held_by", "contact", "currency"),
    ),
    **classed(Privacy.PERSONAL, "PlanReview", "work_before", "work_after", "income_before", "income_after", "changes"),
    **classed(Privacy.SENSITIVE, "PlanReview", "reason", "words"),
    **classed(Privacy.INTERNAL, "ReviewService", "id", "review", "event", "received"),
    **classed(Privacy.INTERNAL, "ReviewRating", "id", "review", "line", "rating"),
    **classed(
        Privacy.INTERNAL, "ContactAttempt", "id", "recorded_at", "case_file", "made_on", "mode", "result", "staff"
    ),
    **classed(
        Privacy.INTERNAL,
        "CaseClosure",
        *("id", "recorded_at", "case_file", "closed_on", "open_steps", "open_needs", "open_referrals", "staff"),
    ),
    **classed(Privacy.SENSITIVE, "CaseClosure", "reason"),
}
_GOAL_WORDS = ("text", "feasibility_note")
_STEP_WORDS = ("text", "doer_name", "evidence", "reason")
_REVIEW_WORDS = {
    "words": "",
    "changes": [],
    "work_before": "",
    "work_after": "",
    "income_before": "",
    "income_after": "",
}


def export(person_id: UUID) -> Mapping[str, Any]:
    """Return everything known of a person's return as plain values."""
    of = {"case_file__person__in": members_of(person_id)}
    plans = ReintegrationPlan.objects.filter(**of).prefetch_related("goals__steps").order_by("made_on", "version")
    reviews = PlanReview.objects.filter(**of).prefetch_related("ratings", "services__event")
    return {
        "receptions": [_reception(one) for one in Reception.objects.filter(**of).prefetch_related("needs")],
        "return_plans": [_plan(plan) for plan in plans],
        "return_reviews": [_review(review) for review in reviews],
        "return_attempts": [
            {"made_on": str(one.made_on), "mode": one.mode, "result": one.result}
            for one in ContactAttempt.objects.filter(**of)
        ],
        "return_closures": [
            {"closed_on": str(one.closed_on), "reason": one.reason, "left_open": one.open_steps + one.open_needs}
            for one in CaseClosure.objects.filter(**of)
        ],
    }


def _reception(reception: Reception) -> dict[str, Any]:
    return {
        "received_on": str(reception.received_on),
        "door": reception.door,
        "return_month": str(reception.return_month or "")[:7],
        "needs": [[need.need, need.state, need.reason] for need in reception.needs.all()],
    }


def _plan(plan: ReintegrationPlan) -> dict[str, Any]:
    return {
        "version": plan.version,
        "state": plan.state,
        "made_on": str(plan.made_on),
        "agreed_on": str(plan.agreed_on or ""),
        "way": plan.way,
        "language": plan.language,
        "spoken_by": plan.spoken_by,
        "ended_on": str(plan.ended_on or ""),
        "reason": plan.reason,
        "goals": [[goal.dimension, goal.text, goal.feasibility_note] for goal in plan.goals.all()],
        "steps": [
            [str(step.due_on), step.text, step.doer_name, _cost(step), step.state, step.evidence, step.reason]
            for goal in plan.goals.all()
            for step in goal.steps.all()
        ],
    }


def _cost(step: PlanStep) -> str:
    return f"{step.cost:f} {step.currency}" if step.cost else ""


def _review(review: PlanReview) -> dict[str, Any]:
    return {
        "due_on": str(review.due_on),
        "months": review.months,
        "state": review.state,
        "held_on": str(review.held_on or ""),
        "contact": review.contact,
        "reason": review.reason,
        "words": review.words,
        "work_before": review.work_before,
        "work_after": review.work_after,
        "income_before": review.income_before,
        "income_after": review.income_after,
        "currency": review.currency,
        "changes": list(review.changes),
        "ratings": [[rating.line, rating.rating] for rating in review.ratings.all()],
        "services": [[answer.event.service, answer.received] for answer in review.services.all()],
    }


def erase(person_id: UUID) -> None:
    """Empty every word about a person's return; codes and days stay as tallies of a file that leads to nobody."""
    empty(Q(case_file__person__in=members_of(person_id)))
    PlanReview.objects.filter(case_file__person__in=members_of(person_id)).update(**_REVIEW_WORDS)


def empty(of: Q) -> None:
    """Empty the words of plans and reviews chosen by their case file, as erasure and the end of the term both do."""
    plans = ReintegrationPlan.objects.filter(of)
    PlanStep.objects.filter(goal__plan__in=plans.values("pk")).update(**dict.fromkeys(_STEP_WORDS, ""))
    PlanGoal.objects.filter(plan__in=plans.values("pk")).update(**dict.fromkeys(_GOAL_WORDS, ""))
    PlanReview.objects.filter(of).update(words="")
    plans.update(reason="")


def preview(person_id: UUID) -> list[Effect]:
    """Tell what erasing the person does to their file after return."""
    of = {"case_file__person__in": members_of(person_id)}
    effects = [
        Effect(
            _("Receptions after return"), 0, Reception.objects.filter(**of).count(), _("month, way, needs as codes")
        ),
        Effect(
            _("Plans after return"),
            0,
            ReintegrationPlan.objects.filter(**of).count(),
            _("days, dimensions, states, costs"),
        ),
        Effect(
            _("Goals and steps of plans, in words"),
            PlanGoal.objects.filter(plan__case_file__person__in=members_of(person_id)).count(),
        ),
        Effect(_("Reviews"), 0, PlanReview.objects.filter(**of).count(), _("day, satisfaction, whether in contact")),
    ]
    return [effect for effect in effects if effect.goes or effect.stays]
