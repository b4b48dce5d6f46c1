"""Files after return: what stands in one, which are open, which reviews are due, and what was given in which dimension."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from django.db.models import Min, OuterRef, Q, QuerySet, Subquery

from safar.cases.enums.cases import OPEN_CASES, CaseEventKind, CaseKind, Delivery
from safar.cases.enums.referrals import OPEN_REFERRALS
from safar.cases.enums.reintegration import OPEN_STEPS, Dimension, NeedState, PlanState, ReviewState, StepState
from safar.cases.models import (
    CaseEvent,
    CaseFile,
    ContactAttempt,
    ImmediateNeed,
    PlanReview,
    PlanStep,
    Reception,
    Referral,
    ReintegrationPlan,
)
from safar.cases.permissions import MANAGE_CASE, READ_CONTACT
from safar.cases.queries.approvals import circumstances_of
from safar.cases.rules.approvals import Circumstances
from safar.cases.rules.reintegration import dimension_of
from safar.kernel.actor import Actor, check_may
from safar.trust.actions import audit
from safar.trust.enums import AuditVerb
from safar.trust.queries.profile import profile

IMMEDIATE, UNASSIGNED = "immediate", ""


@dataclass(frozen=True, slots=True)
class OpenEnds:
    """What nobody has finished in a file: shown before it is closed, and counted when it is."""

    steps: list[PlanStep]
    needs: list[ImmediateNeed]
    referrals: list[Referral]
    reviews: list[PlanReview]

    def __bool__(self) -> bool:
        return bool(self.steps or self.needs or self.referrals or self.reviews)


@dataclass(frozen=True, slots=True)
class GivenLine:
    """Services of one dimension, by who gave them; the two are different things and are never added."""

    dimension: str
    direct: int
    by_referral: int


@dataclass(frozen=True, slots=True)
class ReturnFile:
    """A case file after return with everything its page shows."""

    case: CaseFile
    reception: Reception | None
    plans: list[ReintegrationPlan]
    reviews: list[PlanReview]
    attempts: list[ContactAttempt]
    given: list[GivenLine]
    referrals: list[Referral]

    @property
    def draft(self) -> ReintegrationPlan | None:
        return next((plan for plan in self.plans if plan.is_draft), None)

    @property
    def in_force(self) -> ReintegrationPlan | None:
        return next((plan for plan in self.plans if plan.is_agreed), None)

    @property
    def latest(self) -> ReintegrationPlan | None:
        """The plan that says how things stand: the one in force, else the last that is over."""
        return self.in_force or next((plan for plan in self.plans if plan.agreed_on), None)


def get(case_id: UUID, *, by: Actor) -> ReturnFile:
    """Return a file after return, leaving a read row in the trail."""
    check_may(by, MANAGE_CASE)
    cases = CaseFile.objects.filter(kind=CaseKind.REINTEGRATION).select_related("person", "centre", "worker")
    case = cases.select_related("reception__staff", "closure").get(pk=case_id)
    audit.record(
        by=by, action="cases.reintegration.open", verb=AuditVerb.READ, person_key=case.person_id, subject_key=case.pk
    )
    return ReturnFile(
        case=case,
        reception=getattr(case, "reception", None),
        plans=list(case.plans.select_related("heard_by").prefetch_related("goals__steps")),
        reviews=list(case.reviews.select_related("held_by").prefetch_related("ratings", "services__event")),
        attempts=list(case.attempts.select_related("staff")),
        given=given(case),
        referrals=list(case.referrals.all()),
    )


def open_files(*, by: Actor) -> QuerySet[CaseFile]:
    """Return the open files after return of the actor's centre with `plan_state` and `next_review`, the next due first."""
    check_may(by, MANAGE_CASE)
    plans = ReintegrationPlan.objects.filter(case_file=OuterRef("pk"), state__in=[PlanState.DRAFT, PlanState.AGREED])
    cases = CaseFile.objects.filter(kind=CaseKind.REINTEGRATION, state__in=OPEN_CASES).select_related(
        "worker", "reception"
    )
    cases = cases.annotate(
        plan_state=Subquery(plans.order_by("state").values("state")[:1]),
        next_review=Min("reviews__due_on", filter=Q(reviews__state=ReviewState.DUE)),
    ).order_by("next_review", "opened_on", "id")
    return cases.filter(centre_id=by.centre_id) if by.centre_id else cases


def due_reviews(*, by: Actor, until: dt.date) -> QuerySet[PlanReview]:
    """Return the reviews of open files of the actor's centre that are due by a day, the most overdue first."""
    check_may(by, MANAGE_CASE)
    reviews = PlanReview.objects.filter(
        state=ReviewState.DUE, due_on__lte=until, case_file__state__in=OPEN_CASES
    ).select_related("case_file__worker")
    if by.centre_id:
        reviews = reviews.filter(case_file__centre=by.centre_id)
    return reviews.order_by("due_on", "id")


def review(review_id: UUID, *, by: Actor) -> PlanReview:
    """Return one review with its case, the services to be confirmed and the ratings, leaving a read row in the trail."""
    check_may(by, MANAGE_CASE)
    found = PlanReview.objects.select_related("case_file__person", "case_file__centre", "held_by").get(pk=review_id)
    case = found.case_file
    audit.record(by=by, action="cases.review.open", verb=AuditVerb.READ, person_key=case.person_id, subject_key=case.pk)
    return found


def review_before(found: PlanReview) -> PlanReview | None:
    """Return the last review held in the same file, whose answers the next one begins with."""
    held = PlanReview.objects.filter(case_file=found.case_file_id, state=ReviewState.HELD)
    return held.order_by("-held_on", "-id").first()


def steps_of_person(person_id: UUID, *, by: Actor) -> list[Reception | PlanReview]:
    """Return the receptions and the reviews held of a person for their timeline; the case files leave the read row."""
    check_may(by, READ_CONTACT)
    receptions = Reception.objects.filter(case_file__person=person_id)
    held = PlanReview.objects.filter(case_file__person=person_id, state=ReviewState.HELD)
    return [*receptions, *held]


def open_ends(case: CaseFile) -> OpenEnds:
    """Return the open steps of the plan in force, the needs not met, the referrals on their way and the reviews to come."""
    steps = PlanStep.objects.filter(
        goal__plan__case_file=case, goal__plan__state=PlanState.AGREED, state__in=OPEN_STEPS
    )
    needs = ImmediateNeed.objects.filter(reception__case_file=case, state=NeedState.NOT_MET)
    return OpenEnds(
        steps=list(steps.order_by("due_on", "id")),
        needs=list(needs.order_by("recorded_at", "id")),
        referrals=list(case.referrals.filter(state__in=OPEN_REFERRALS)),
        reviews=list(case.reviews.filter(state=ReviewState.DUE)),
    )


def costs(plan: ReintegrationPlan) -> dict[str, Decimal]:
    """Return what the steps of a plan cost together, by currency: different currencies are not added."""
    found: dict[str, Decimal] = {}
    steps = PlanStep.objects.filter(goal__plan=plan, cost__gt=0).exclude(state=StepState.DROPPED).order_by()
    for currency, cost in steps.values_list("currency", "cost"):
        found[currency] = found.get(currency, Decimal(0)) + (cost or 0)
    return dict(sorted(found.items()))


def circumstances_of_plan(plan: ReintegrationPlan) -> Circumstances:
    """Return what rules of approval look at in a plan: the age of the person, and its cost in the currency of the country."""
    total = costs(plan).get(profile().currency)
    return replace(circumstances_of(plan.case_file), cost=None if total is None else int(total))


def services(case: CaseFile) -> QuerySet[CaseEvent]:
    """Return the services the file says were given, the earliest first."""
    return case.events.filter(kind=CaseEventKind.SERVICE).order_by("occurred_on", "id")


def given(case: CaseFile) -> list[GivenLine]:
    """Return the services of a file by dimension and by who gave them; needs the centre met at once stand in a line of their own.

    A need that was referred is in no line: whether the partner helped is not known from that.
    """
    counted = Counter((dimension_of(event.service), event.delivery) for event in services(case))
    met = ImmediateNeed.objects.filter(reception__case_file=case, state=NeedState.MET).count()
    lines = [GivenLine(IMMEDIATE, met, 0)]
    lines += [
        GivenLine(code, counted[code, Delivery.DIRECT], counted[code, Delivery.BY_REFERRAL])
        for code in (*Dimension.values, UNASSIGNED)
    ]
    return [line for line in lines if line.dimension in Dimension.values or line.direct or line.by_referral]
