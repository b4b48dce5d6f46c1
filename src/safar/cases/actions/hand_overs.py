"""Giving a follow-up or a case file from one worker to another; whoever gets it is told on the board."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.cases.models import CaseFile, Contact, HandOver
from safar.cases.permissions import SUPERVISE
from safar.cases.queries.colleagues import case_workers, contact_workers
from safar.cases.queries.hand_overs import owner_of
from safar.kernel.actor import Actor, ActorKind, check_may
from safar.kernel.clock import now
from safar.trust.actions import audit
from safar.trust.models import Staff


@transaction.atomic
def hand_over_follow_up(*, contact_id: UUID, to_id: UUID | None, reason: str, by: Actor) -> HandOver:
    """Give an open follow-up to another worker; the contact keeps the counsellor who held it."""
    check_may(by, SUPERVISE)
    contact = Contact.objects.select_for_update(of=("self",)).get(pk=contact_id)
    if contact.follow_up_on is None or contact.follow_up_done_at or contact.is_void:
        raise ValidationError({"__all__": _("This follow-up is no longer open.")})
    from_id = owner_of(contact)
    _check(contact_workers(), to_id, from_id, reason)
    given = HandOver.objects.create(
        contact=contact, from_staff_id=from_id, to_staff_id=to_id, handed_by_id=_staff_id(by), reason=reason.strip()
    )
    audit.record(
        by=by,
        action="cases.follow_up.hand_over",
        person_key=contact.person_id,
        subject_key=contact.pk,
        reason=given.reason,
    )
    return given


@transaction.atomic
def hand_over_case(*, case_id: UUID, to_id: UUID | None, reason: str, by: Actor) -> HandOver:
    """Give an open case file to another worker, who is its worker from now on."""
    check_may(by, SUPERVISE)
    case = CaseFile.objects.select_for_update(of=("self",)).get(pk=case_id)
    if not case.is_open:
        raise ValidationError({"__all__": _("This case is closed; open a new one when the person comes back.")})
    _check(case_workers(), to_id, case.worker_id, reason)
    given = HandOver.objects.create(
        case_file=case,
        from_staff_id=case.worker_id,
        to_staff_id=to_id,
        handed_by_id=_staff_id(by),
        reason=reason.strip(),
    )
    case.worker_id = to_id
    case.save(update_fields=["worker"])
    audit.record(
        by=by,
        action="cases.case.hand_over",
        person_key=case.person_id,
        subject_key=case.pk,
        fields=["worker"],
        reason=given.reason,
    )
    return given


@transaction.atomic
def noted(*, hand_over_id: UUID, by: Actor) -> None:
    """Take a hand-over to oneself off the board."""
    HandOver.objects.filter(pk=hand_over_id, to_staff_id=by.id, seen_at=None).update(seen_at=now())


def _check(workers: list[Staff], to_id: UUID | None, from_id: UUID | None, reason: str) -> None:
    problems: dict[str, str] = {}
    if to_id not in {member.pk for member in workers}:
        problems["to"] = _("Choose a colleague who does this work.")
    elif to_id == from_id:
        problems["to"] = _("This colleague has it already.")
    if not reason.strip():
        problems["reason"] = _("Write why, so that your colleague knows.")
    if problems:
        raise ValidationError(problems)


def _staff_id(by: Actor) -> UUID | None:
    return by.id if by.kind is ActorKind.STAFF else None
