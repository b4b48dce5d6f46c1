"""Asking a second person, answering, and using the answer once.

Other areas hold an act back with one line, inside the transaction that does it and before anything is written:

    require_approval(act=Act.AGREE_PLAN, subject_key=case.pk, about=Circumstances(cost=total), by=by)
"""

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.cases.enums.approvals import (
    ACTS_ON_CASES,
    APPROVAL_MOVES,
    APPROVAL_NEEDS_REASON,
    STANDING_APPROVALS,
    Act,
    ApprovalState,
)
from safar.cases.models import Approval, CaseFile, Referral
from safar.cases.permissions import DECIDE_APPROVAL, MANAGE_CASE, MANAGE_REFERRAL
from safar.cases.queries.approvals import asking_in_force, may_decide
from safar.cases.queries.supervision_rules import why
from safar.cases.rules.approvals import NO_CIRCUMSTANCES, ApprovalRule, Circumstances
from safar.cases.rules.moves import may_move
from safar.kernel import once
from safar.kernel.actor import Actor, ActorKind, check_may
from safar.kernel.clock import now
from safar.trust.actions import audit


class ApprovalNeededError(ValidationError):
    """An act asks for a second person who has not agreed yet; `rules` say why."""

    def __init__(self, rules: Sequence[ApprovalRule]) -> None:
        reasons = " ".join(why(rule.code) for rule in rules)
        text = _("This asks for the approval of a second person. %(why)s") % {"why": reasons}
        super().__init__({"__all__": [text]})
        self.rules = list(rules)


def require_approval(
    *, act: str, subject_key: UUID, about: Circumstances = NO_CIRCUMSTANCES, by: Actor
) -> Approval | None:
    """Let an act go on which no rule in force holds back, or which somebody else approved; that approval is used up by it.

    Raises ApprovalNeededError otherwise. What the installation does itself, such as taking over a register, is not asked.
    """
    asked_by = asking_in_force(act, about)
    if not asked_by or by.kind is ActorKind.MACHINE:
        return None
    standing = Approval.objects.select_for_update(of=("self",)).filter(
        act=act, subject_key=subject_key, state=ApprovalState.APPROVED
    )
    approval = standing.first()
    if approval is None or not _covers(approval, asked_by, about):
        raise ApprovalNeededError(asked_by)
    approval.state, approval.used_by_id, approval.used_at = ApprovalState.USED, by.id, now()
    approval.save(update_fields=["state", "used_by", "used_at"])
    _trail(approval, "cases.approval.use", by)
    return approval


@transaction.atomic
def ask(
    *,
    act: str,
    subject_key: UUID,
    reason: str,
    about: Circumstances = NO_CIRCUMSTANCES,
    form_key: str = "",
    by: Actor,
) -> Approval:
    """Ask a second person to agree to an act on a case file or a referral; asked twice, the request that waits is returned."""
    check_may(by, MANAGE_CASE if act in ACTS_ON_CASES else MANAGE_REFERRAL)
    if by.id is None:
        raise PermissionDenied("cases.approval.ask")
    if earlier := once.result_of(form_key):
        return Approval.objects.get(pk=earlier)
    rules = asking_in_force(act, about)
    if act not in Act.values or not rules:
        raise ValidationError({"act": _("No rule asks for approval of this.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Write what the second person needs to know to decide.")})
    subject = _locked_subject(act, subject_key)
    standing = Approval.objects.filter(act=act, subject_key=subject_key, state__in=STANDING_APPROVALS).first()
    if standing and (standing.state == ApprovalState.ASKED or _covers(standing, rules, about)):
        return standing
    if standing:  # agreed to something smaller: it no longer holds
        _to(standing, ApprovalState.WITHDRAWN)
        standing.save(update_fields=["state"])
    approval = Approval.objects.create(
        act=act,
        subject_key=subject_key,
        person_id=subject.person_id,
        centre_id=subject.centre_id,
        rules=[rule.code for rule in rules],
        cost=about.cost,
        reason=reason.strip(),
        asked_by_id=by.id,
    )
    once.use(form_key, approval.pk)
    _trail(approval, "cases.approval.ask", by, reason=approval.reason[:200])
    return approval


@transaction.atomic
def decide(*, approval_id: UUID, approve: bool, answer: str = "", by: Actor) -> Approval:
    """Approve what somebody else asked for, or send it back with the reason."""
    check_may(by, DECIDE_APPROVAL)
    approval = _locked(approval_id)
    if not may_decide(approval, by=by):
        raise PermissionDenied(DECIDE_APPROVAL.code)
    to = ApprovalState.APPROVED if approve else ApprovalState.SENT_BACK
    if to in APPROVAL_NEEDS_REASON and not answer.strip():
        raise ValidationError({"answer": _("Write what is missing, so that it can be put right.")})
    _to(approval, to)
    approval.answer, approval.decided_by_id, approval.decided_at = answer.strip(), by.id, now()
    approval.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    _trail(approval, "cases.approval.approve" if approve else "cases.approval.send_back", by)
    return approval


@transaction.atomic
def withdraw(*, approval_id: UUID, by: Actor) -> Approval:
    """Take one's own request back, or give back an approval that is no longer needed."""
    approval = _locked(approval_id)
    check_may(by, MANAGE_CASE if approval.act in ACTS_ON_CASES else MANAGE_REFERRAL)
    if approval.asked_by_id != by.id:
        raise PermissionDenied("cases.approval.withdraw")
    _to(approval, ApprovalState.WITHDRAWN)
    approval.save(update_fields=["state"])
    _trail(approval, "cases.approval.withdraw", by)
    return approval


@transaction.atomic
def noted(*, approval_id: UUID, by: Actor) -> None:
    """Take the answer to one's own request off the board."""
    Approval.objects.filter(pk=approval_id, asked_by_id=by.id, seen_at=None).update(seen_at=now())


def _covers(approval: Approval, rules: Sequence[ApprovalRule], about: Circumstances) -> bool:
    """Return whether what was agreed to is what is about to happen: the same rules, and no more money."""
    return {rule.code for rule in rules} <= set(approval.rules) and (about.cost or 0) <= (approval.cost or 0)


def _locked_subject(act: str, subject_key: UUID) -> CaseFile | Referral:
    """Return what the act is about, locked, so that two requests at once become one."""
    if act in ACTS_ON_CASES:
        return CaseFile.objects.select_for_update(of=("self",)).get(pk=subject_key)
    return Referral.objects.select_for_update(of=("self",)).get(pk=subject_key)


def _locked(approval_id: UUID) -> Approval:
    return Approval.objects.select_for_update(of=("self",)).get(pk=approval_id)


def _to(approval: Approval, to: ApprovalState) -> None:
    if not may_move(APPROVAL_MOVES, approval.state, to):
        raise ValidationError({"__all__": _("This request has been dealt with already.")})
    approval.state = to


def _trail(approval: Approval, action: str, by: Actor, reason: str = "") -> None:
    audit.record(by=by, action=action, person_key=approval.person_id, subject_key=approval.subject_key, reason=reason)
