import datetime as dt
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.cases.actions import cases
from safar.cases.enums.cases import CaseKind, CaseState
from safar.cases.enums.reintegration import (
    CLOSURE_LISTS,
    LOST_REASON,
    REFERRED_REASONS,
    AttemptResult,
    PlanState,
    ReviewState,
)
from safar.cases.models import CaseClosure, CaseFile, ContactAttempt, PlanReview, ReintegrationPlan
from safar.cases.permissions import MANAGE_CASE
from safar.cases.queries.reintegration import open_ends
from safar.cases.rules.reintegration import may_be_lost
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import today
from safar.reference.queries import codes
from safar.trust.actions import audit


@transaction.atomic
def close(*, case_id: UUID, to: str, reason: str, words: str = "", on: dt.date | None = None, by: Actor) -> CaseClosure:
    """Close a file after return with its reason; what was still open is counted, its plan ends and its reviews are called off.

    Whoever left is lost only after enough was tried to reach them.
    """
    check_may(by, MANAGE_CASE)
    case = CaseFile.objects.select_for_update(of=("self",)).get(pk=case_id)
    _check(case, to, reason)
    day = on or today()
    label = str(codes.code_list(CLOSURE_LISTS[CaseState(to)]).label(reason))
    left = open_ends(case)
    cases.move(case_id=case_id, to=to, reason=words.strip() or label, on=day, by=by)
    closure = CaseClosure.objects.create(
        case_file=case,
        reason=reason,
        closed_on=day,
        open_steps=len(left.steps),
        open_needs=len(left.needs),
        open_referrals=len(left.referrals),
        staff_id=by.staff_id,
    )
    standing = ReintegrationPlan.objects.filter(case_file=case, state__in=[PlanState.DRAFT, PlanState.AGREED])
    standing.update(state=PlanState.ENDED, ended_on=day)
    PlanReview.objects.filter(case_file=case, state=ReviewState.DUE).update(state=ReviewState.CALLED_OFF)
    audit.record(
        by=by, action="cases.closure.close", person_key=case.person_id, subject_key=case.pk, fields=["state", "reason"]
    )
    return closure


def _check(case: CaseFile, to: str, reason: str) -> None:
    if case.kind != CaseKind.REINTEGRATION:
        raise ValidationError({"__all__": _("This is no case file after return.")})
    if to not in CLOSURE_LISTS:
        raise ValidationError({"to": _("A case cannot go this way.")})
    wrong = not codes.is_known(CLOSURE_LISTS[CaseState(to)], reason)
    if to != CaseState.DROPOUT and reason:
        wrong = wrong or (reason in REFERRED_REASONS) != (to == CaseState.CLOSED_REFERRED)
    if wrong:
        raise ValidationError({"reason": _("Choose a reason that fits how the work ended.")})
    if reason == LOST_REASON and not was_tried(case.pk):
        raise ValidationError(
            {"reason": _("Lost is who was tried to be reached on three days over two weeks, in vain.")}
        )


def was_tried(case_id: UUID) -> bool:
    """Return whether enough was tried to reach the person for them to count as lost."""
    made = ContactAttempt.objects.filter(case_file=case_id).order_by().values_list("made_on", "result")
    return may_be_lost((day, result == AttemptResult.REACHED) for day, result in made)
