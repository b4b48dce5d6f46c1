import datetime as dt
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from safar.cases.actions.approvals import require_approval
from safar.cases.enums.approvals import Act
from safar.cases.enums.cases import CaseEventKind, CaseKind
from safar.cases.enums.reintegration import OPEN_STEPS, PLAN_MOVES, PLAN_NEEDS_REASON, PlanState, StepState
from safar.cases.models import CaseEvent, CaseFile, PlanGoal, PlanReview, PlanStep, ReintegrationPlan
from safar.cases.permissions import MANAGE_CASE
from safar.cases.queries.reintegration import circumstances_of_plan
from safar.cases.rules.moves import may_move
from safar.cases.rules.reintegration import Agreement, review_days
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import today
from safar.people.enums import ConsentMethod, SpokenBy
from safar.reference.queries import codes
from safar.trust.actions import audit
from safar.trust.enums import AuditVerb

_COPIED = (
    "thread",
    "text",
    "doer",
    "doer_name",
    "due_on",
    "cost",
    "currency",
    *("state", "state_on", "evidence", "reason"),
)
_PROGRESS = ("state", "state_on", "evidence", "reason")


@transaction.atomic
def draft(*, case_id: UUID, on: dt.date | None = None, by: Actor) -> ReintegrationPlan:
    """Begin a plan, or the next version of the one agreed, which stays in force until the new one is agreed.

    A second press gives the draft that is there.
    """
    check_may(by, MANAGE_CASE)
    case = CaseFile.objects.select_for_update(of=("self",)).get(pk=case_id)
    if case.kind != CaseKind.REINTEGRATION or not case.is_open:
        raise ValidationError({"__all__": _("A plan belongs to an open case file after return.")})
    if standing := case.plans.filter(state=PlanState.DRAFT).first():
        return standing
    day = _day(case, on)
    agreed = case.plans.filter(state=PlanState.AGREED).first()
    latest = case.plans.aggregate(latest=Max("version"))["latest"] or 0
    plan = ReintegrationPlan.objects.create(case_file=case, version=latest + 1, made_on=day, made_by_id=by.staff_id)
    if agreed:
        _copy(agreed, plan)
    _trail(plan, "cases.plan.draft", by, ["version"])
    return plan


@transaction.atomic
def agree(*, plan_id: UUID, agreement: Agreement, by: Actor) -> ReintegrationPlan:
    """Put a draft into force as the person agreed it, in their language; the version before is kept, and reviews get their days.

    A rule may ask for a second person first, for example where it costs much.
    """
    check_may(by, MANAGE_CASE)
    plan = locked(plan_id)
    if not may_move(PLAN_MOVES, plan.state, PlanState.AGREED):
        raise ValidationError({"__all__": _("A plan cannot go this way.")})
    _check_agreement(plan, agreement)
    require_approval(act=Act.AGREE_PLAN, subject_key=plan.case_file_id, about=circumstances_of_plan(plan), by=by)
    before = plan.case_file.plans.filter(state=PlanState.AGREED).first()
    if before:
        _carry_over(before, plan)
        before.state, before.ended_on = PlanState.REVISED, agreement.on
        before.save(update_fields=["state", "ended_on"])
    plan.state, plan.agreed_on, plan.language = PlanState.AGREED, agreement.on, agreement.language
    plan.way, plan.spoken_by, plan.heard_by_id = agreement.way, agreement.spoken_by, by.staff_id
    plan.save(update_fields=["state", "agreed_on", "language", "way", "spoken_by", "heard_by"])
    for months, due_on in review_days(agreement.on).items():
        PlanReview.objects.get_or_create(case_file=plan.case_file, months=months, defaults={"due_on": due_on})
    CaseEvent.objects.create(
        case_file=plan.case_file, kind=CaseEventKind.PLAN, occurred_on=agreement.on, staff_id=by.staff_id
    )
    _trail(plan, "cases.plan.agree", by, ["language", "way", "agreed_on"])
    return plan


@transaction.atomic
def finish(*, plan_id: UUID, to: str, reason: str = "", on: dt.date | None = None, by: Actor) -> ReintegrationPlan:
    """Call a plan completed, when no step is open and one was done, or end it early with the reason."""
    check_may(by, MANAGE_CASE)
    plan = locked(plan_id)
    if to not in {PlanState.COMPLETED, PlanState.ENDED} or not may_move(PLAN_MOVES, plan.state, to):
        raise ValidationError({"to": _("A plan cannot go this way.")})
    if to in PLAN_NEEDS_REASON and not reason.strip():
        raise ValidationError({"reason": _("Say why the plan ends.")})
    day = on or today()
    if not (plan.agreed_on or plan.made_on) <= day <= today():
        raise ValidationError({"on": _("The day must lie between the agreement and today.")})
    if to == PlanState.COMPLETED:
        states = set(PlanStep.objects.filter(goal__plan=plan).order_by().values_list("state", flat=True))
        if states & OPEN_STEPS or StepState.DONE not in states:
            raise ValidationError({"to": _("Completed is a plan with no step open and at least one done.")})
    plan.state, plan.reason, plan.ended_on = to, reason.strip(), day
    plan.save(update_fields=["state", "reason", "ended_on"])
    _trail(plan, "cases.plan.finish", by, ["state"])
    return plan


@transaction.atomic
def printed(*, plan_id: UUID, by: Actor) -> ReintegrationPlan:
    """Return a plan with its goals and steps to be printed for the person, leaving a row in the trail."""
    check_may(by, MANAGE_CASE)
    plans = ReintegrationPlan.objects.select_related("case_file__person", "case_file__centre", "case_file__worker")
    plan = plans.prefetch_related("goals__steps").get(pk=plan_id)
    audit.record(
        by=by,
        action="cases.plan.printed",
        verb=AuditVerb.EXPORT,
        person_key=plan.case_file.person_id,
        subject_key=plan.case_file_id,
        fields=["plan"],
    )
    return plan


def locked(plan_id: UUID) -> ReintegrationPlan:
    """Return a plan of an open case for changing; what is closed is not changed any more."""
    plan = ReintegrationPlan.objects.select_for_update(of=("self",)).select_related("case_file__person").get(pk=plan_id)
    if not plan.case_file.is_open:
        raise ValidationError({"__all__": _("This case is closed; open a new one when the person comes back.")})
    return plan


def _check_agreement(plan: ReintegrationPlan, agreement: Agreement) -> None:
    problems: dict[str, str] = {}
    unknown, case = _("Choose one of the values offered."), plan.case_file
    if not codes.is_known("language", agreement.language):
        problems["language"] = unknown
    if agreement.way not in ConsentMethod.values:
        problems["way"] = unknown
    if agreement.spoken_by not in SpokenBy.values:
        problems["spoken_by"] = unknown
    elif case.person and case.person.birth.is_minor_on(agreement.on) and agreement.spoken_by == SpokenBy.SELF:
        problems["spoken_by"] = _("For a child a parent or guardian agrees, together with the child.")
    if not max(case.opened_on, plan.made_on) <= agreement.on <= today():
        problems["on"] = _("The day must lie between the making of the plan and today.")
    goals = plan.goals.prefetch_related("steps")
    if not goals or any(not goal.steps.all() for goal in goals):
        problems["__all__"] = _("A plan has at least one goal, and every goal at least one step.")
    if problems:
        raise ValidationError(problems)


def _copy(agreed: ReintegrationPlan, plan: ReintegrationPlan) -> None:
    for goal in agreed.goals.prefetch_related("steps"):
        copied = PlanGoal.objects.create(
            plan=plan,
            dimension=goal.dimension,
            text=goal.text,
            feasibility=goal.feasibility,
            feasibility_note=goal.feasibility_note,
        )
        PlanStep.objects.bulk_create(
            PlanStep(goal=copied, **{name: getattr(step, name) for name in _COPIED}) for step in goal.steps.all()
        )


def _carry_over(before: ReintegrationPlan, plan: ReintegrationPlan) -> None:
    """Take along what was done under the old version while the new one was still being written."""
    done = {step.thread: step for step in PlanStep.objects.filter(goal__plan=before).order_by("id")}
    steps = [step for step in PlanStep.objects.filter(goal__plan=plan).order_by("id") if step.thread in done]
    for step in steps:
        for name in _PROGRESS:
            setattr(step, name, getattr(done[step.thread], name))
    PlanStep.objects.bulk_update(steps, _PROGRESS)


def _day(case: CaseFile, on: dt.date | None) -> dt.date:
    day = on or today()
    if not case.opened_on <= day <= today():
        raise ValidationError({"on": _("The day must lie between the opening of the case and today.")})
    return day


def _trail(plan: ReintegrationPlan, action: str, by: Actor, fields: list[str]) -> None:
    case = plan.case_file
    audit.record(by=by, action=action, person_key=case.person_id, subject_key=case.pk, fields=fields)
