"""Giving a follow-up or a case file from one worker to another; whoever gets it is told on the board."""

from collections.abc import Collection
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.cases.models import CaseFile, Contact, HandOver
from safar.cases.permissions import SUPERVISE
from safar.cases.queries.colleagues import case_workers, contact_workers
from safar.cases.queries.hand_overs import owner_in, with_owner
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import now
from safar.trust.actions import audit
from safar.trust.models import Staff


@transaction.atomic
def hand_over_follow_ups(
    *, contact_ids: Collection[UUID], to_id: UUID | None, reason: str, by: Actor
) -> list[HandOver]:
    """Give open follow-ups to another worker; the contacts keep the counsellor who held them. One that is not open stops all."""
    check_may(by, SUPERVISE)
    found = Contact.objects.select_for_update(of=("self",)).filter(pk__in=contact_ids).order_by("id")
    contacts = list(with_owner(found))
    if not contacts:
        raise ValidationError({"contacts": _("Choose at least one follow-up.")})
    if any(each.follow_up_on is None or each.follow_up_done_at or each.is_void for each in contacts):
        raise ValidationError({"contacts": _("One of these follow-ups is no longer open. Look at the list again.")})
    to = _checked(contact_workers(), to_id, None, reason)
    return [_hand_over(each, to, reason.strip(), by) for each in contacts if owner_in(each) != to]


def _hand_over(contact: Contact, to_id: UUID, reason: str, by: Actor) -> HandOver:
    given = HandOver.objects.create(
        contact=contact,
        from_staff_id=owner_in(contact),
        to_staff_id=to_id,
        handed_by_id=by.staff_id,
        reason=reason,
    )
    audit.record(
        by=by,
        action="cases.follow_up.hand_over",
        person_key=contact.person_id,
        subject_key=contact.pk,
        reason=reason,
    )
    return given


@transaction.atomic
def hand_over_case(*, case_id: UUID, to_id: UUID | None, reason: str, by: Actor) -> HandOver:
    """Give an open case file to another worker, who is its worker from now on."""
    check_may(by, SUPERVISE)
    case = CaseFile.objects.select_for_update(of=("self",)).get(pk=case_id)
    if not case.is_open:
        raise ValidationError({"__all__": _("This case is closed; open a new one when the person comes back.")})
    to = _checked(case_workers(), to_id, case.worker_id, reason)
    given = HandOver.objects.create(
        case_file=case,
        from_staff_id=case.worker_id,
        to_staff_id=to,
        handed_by_id=by.staff_id,
        reason=reason.strip(),
    )
    case.worker_id = to
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


def _checked(workers: list[Staff], to_id: UUID | None, from_id: UUID | None, reason: str) -> UUID:
    """Return to whom it goes, or say what is wrong by field."""
    problems: dict[str, str] = {}
    if to_id not in {member.pk for member in workers}:
        problems["to"] = _("Choose a colleague who does this work.")
    elif to_id == from_id:
        problems["to"] = _("This colleague has it already.")
    if not reason.strip():
        problems["reason"] = _("Write why, so that your colleague knows.")
    if problems or to_id is None:
        raise ValidationError(problems)
    return to_id
