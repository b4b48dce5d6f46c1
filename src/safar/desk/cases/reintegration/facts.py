"""Work after return in the words of the reader."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from safar.cases.enums.cases import CaseState
from safar.cases.enums.reintegration import (
    CLOSURE_LISTS,
    NEED_MOVES,
    Dimension,
    InContact,
    NeedState,
    PlanState,
    StepState,
)
from safar.cases.models import (
    CaseEvent,
    CaseFile,
    ImmediateNeed,
    PlanGoal,
    PlanReview,
    PlanStep,
    Reception,
    ReintegrationPlan,
)
from safar.cases.permissions import MANAGE_CASE
from safar.cases.queries import reintegration
from safar.cases.queries.reintegration import IMMEDIATE, ReturnFile
from safar.cases.rules.reintegration import change_of_income, income_bands
from safar.desk.cases import facts
from safar.desk.cases.facts import Fact, label, when
from safar.desk.timeline import TimelineEntry
from safar.kernel.actor import Actor
from safar.kernel.clock import today
from safar.ui.numbers import written_date, written_number

TONES = {
    NeedState.MET: "good",
    NeedState.REFERRED: "info",
    NeedState.NOT_MET: "warn",
    PlanState.DRAFT: "neutral",
    PlanState.AGREED: "info",
    PlanState.COMPLETED: "good",
    PlanState.ENDED: "warn",
    StepState.PLANNED: "neutral",
    StepState.UNDER_WAY: "info",
    StepState.DONE: "good",
    StepState.DROPPED: "warn",
}


@dataclass(frozen=True, slots=True)
class NeedLine:
    need: ImmediateNeed
    name: str
    reason: str
    tone: str
    may_change: bool


@dataclass(frozen=True, slots=True)
class StepLine:
    step: PlanStep
    doer: str
    cost: str
    tone: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class GoalLine:
    goal: PlanGoal
    steps: list[StepLine]


@dataclass(frozen=True, slots=True)
class GoalGroup:
    """The goals of one dimension of a plan."""

    title: str
    goals: list[GoalLine]


@dataclass(frozen=True, slots=True)
class Given:
    title: str
    direct: int
    by_referral: int


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One review in the file: `days_late` counts only while it is due."""

    review: PlanReview
    days_late: int
    told: list[Fact]


def service_name(event: CaseEvent) -> str:
    return f"{facts.of_event(event)}, {written_date(event.occurred_on, 'medium')}"


def of_reception(reception: Reception) -> list[Fact]:
    found = [
        Fact(_("Day of reception"), written_date(reception.received_on)),
        Fact(_("How they came to us"), label("reception_door", reception.door)),
        Fact(_("Who received them"), reception.staff.full_name if reception.staff else ""),
    ]
    return [fact for fact in found if fact.value]


def needs(reception: Reception | None, *, is_open: bool) -> list[NeedLine]:
    return [
        NeedLine(
            need,
            label("immediate_need", need.need),
            label("need_unmet", need.reason),
            TONES[NeedState(need.state)],
            is_open and bool(NEED_MOVES[NeedState(need.state)]),
        )
        for need in (reception.needs.all() if reception else ())
    ]


def written_cost(cost: Decimal | None, currency: str) -> str:
    return f"{written_number(cost)} {currency}" if cost else ""


def doer_of(step: PlanStep) -> str:
    who = str(step.get_doer_display())
    return f"{who}: {step.doer_name}" if step.doer_name else who


def plan_groups(plan: ReintegrationPlan) -> list[GoalGroup]:
    """Return goals with their steps by dimension, in the order of the dimensions; empty ones are left out."""
    goals = list(plan.goals.all())
    groups = [
        GoalGroup(str(dimension.label), [_goal(goal) for goal in goals if goal.dimension == dimension])
        for dimension in Dimension
    ]
    return [group for group in groups if group.goals]


def _goal(goal: PlanGoal) -> GoalLine:
    lines = [
        StepLine(
            step,
            doer_of(step),
            written_cost(step.cost, step.currency),
            TONES[StepState(step.state)],
            step.is_open and step.due_on < today(),
        )
        for step in goal.steps.all()
    ]
    return GoalLine(goal, lines)


def written_costs(plan: ReintegrationPlan) -> str:
    """Return what a plan costs, each currency for itself."""
    return ", ".join(written_cost(cost, currency) for currency, cost in reintegration.costs(plan).items())


def progress(plan: ReintegrationPlan) -> tuple[int, int]:
    """Return how many steps of a plan are done, and how many it has without those that were dropped."""
    steps = [step for goal in plan.goals.all() for step in goal.steps.all() if step.state != StepState.DROPPED]
    return sum(step.state == StepState.DONE for step in steps), len(steps)


def given(file: ReturnFile) -> list[Given]:
    names = {IMMEDIATE: _("Immediate needs"), "": _("Without a dimension"), **dict(Dimension.choices)}
    return [Given(str(names[line.dimension]), line.direct, line.by_referral) for line in file.given]


def reviews(file: ReturnFile) -> list[ReviewLine]:
    return [
        ReviewLine(review, max((today() - review.due_on).days, 0) if review.is_due else 0, of_review(review))
        for review in file.reviews
    ]


def of_review(review: PlanReview) -> list[Fact]:
    """Return what a review found, without what was not asked."""
    received = [answer.received for answer in review.services.all()]
    ratings = [f"{label('satisfaction_line', one.line)} {one.rating}" for one in review.ratings.all()]
    found = [
        Fact(_("Held on"), written_date(review.held_on) if review.held_on else ""),
        Fact(_("Still in contact?"), review.get_contact_display() if review.contact else ""),
        Fact(_("Why not any more"), label("loss_reason", review.reason)),
        Fact(_("Services confirmed"), _of(sum(received), len(received)) if received else ""),
        Fact(
            _("Work"), _before_and_now(label("employment", review.work_before), label("employment", review.work_after))
        ),
        Fact(_("Monthly income"), _income(review)),
        Fact(_("What has changed"), ", ".join(label("significant_change", code) for code in review.changes)),
        Fact(_("Satisfaction, 1 to 5"), ", ".join(ratings)),
        Fact(_("Note"), review.words),
    ]
    return [fact for fact in found if fact.value]


def _of(part: int, whole: int) -> str:
    return _("%(part)s of %(whole)s") % {"part": part, "whole": whole}


def _before_and_now(before: str, now: str) -> str:
    return f"{before} → {now}" if before and now else now or before


def _income(review: PlanReview) -> str:
    names = {band.code: band for band in income_bands(review.currency)}
    words = {"none": _("No income"), "untold": _("Would not say"), "": ""}

    def said(code: str) -> str:
        if code not in names:
            return words.get(code, code)
        low, high = names[code].low, names[code].high
        return f"{written_number(low)}–{written_number(high)}" if high else f"> {written_number(low)}"

    change = change_of_income(review.income_before, review.income_after)
    verdict = {1: _("more"), 0: _("the same band"), -1: _("less"), None: ""}[change]
    both = _before_and_now(said(review.income_before), said(review.income_after))
    return " ".join(part for part in (both, review.currency if both else "", f"({verdict})" if verdict else "") if part)


def closing(case: CaseFile) -> list[Fact]:
    """Return how the work ended; a file closed elsewhere has its words only."""
    closure = getattr(case, "closure", None)
    if closure is None:
        return []
    code_list = CLOSURE_LISTS[CaseState(case.state)]
    return [
        Fact(_("Closed on"), written_date(closure.closed_on)),
        Fact(_("Reason"), label(code_list, closure.reason)),
        Fact(_("Left open"), _("%(steps)s steps, %(needs)s needs, %(referrals)s referrals") % {
            "steps": closure.open_steps, "needs": closure.open_needs, "referrals": closure.open_referrals,
        }),
    ]  # fmt: skip


def way(file: ReturnFile, assessed: Iterable[str]) -> list[tuple[str, str]]:
    """Return the nine steps of work after return, what is done and where one stands; none of them blocks another."""
    codes, held = set(assessed), [review for review in file.reviews if review.contact]
    done = [
        (_("Reception"), file.reception is not None),
        (_("Immediate needs"), file.reception is not None and not reintegration.open_ends(file.case).needs),
        (_("Vulnerability screen"), "rapid_vulnerability" in codes),
        (_("Assessment"), "reintegration_survey" in codes),
        (_("Plan"), file.latest is not None),
        (_("Services"), any(line.direct or line.by_referral for line in file.given)),
        (_("Reviews"), bool(held)),
        (_("Satisfaction"), any(review.ratings.all() for review in held)),
        (_("Closing"), not file.case.is_open),
    ]
    at = next((place for place, (_name, is_done) in enumerate(done) if not is_done), len(done))
    return [
        (name, "done" if is_done else "current" if place == at else "todo")
        for place, (name, is_done) in enumerate(done)
    ]


def timeline(person_id: UUID, by: Actor) -> list[TimelineEntry]:
    """Tell a person's receptions and reviews; who may not open case files gets no link."""
    may_open = by.may(MANAGE_CASE)
    return [
        _entry(found, reverse("desk:cases:reintegration_case", args=[found.case_file_id]) if may_open else "")
        for found in reintegration.steps_of_person(person_id, by=by)
    ]


def _entry(found: Reception | PlanReview, url: str) -> TimelineEntry:
    if isinstance(found, Reception):
        return TimelineEntry(
            when(found.received_on), _("Received after return"), label("reception_door", found.door), "home", url
        )
    title = _("Review after %(months)s months") % {"months": found.months}
    return TimelineEntry(
        when(found.held_on or found.due_on), title, str(InContact(found.contact).label), "calendar-check", url
    )
