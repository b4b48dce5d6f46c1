"""Referrals between centres of one node: the receiving centre works on them at its own desk, with an account.

It sees what any recipient would: the agreed fields. That its staff may search the registry is another right with its own trail.
"""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from safar.cases.actions.referral_links import record_answer
from safar.cases.actions.referral_steps import Step, locked, take
from safar.cases.actions.referrals import Letter, disclose, sharing
from safar.cases.enums.referrals import WITH_PARTNER, ReferralState, Via
from safar.cases.models import Referral
from safar.cases.permissions import MANAGE_REFERRAL
from safar.cases.rules.referrals import Answer
from safar.kernel.actor import Actor, check_may
from safar.people.actions.gate import gated, passing
from safar.people.enums import ConsentPurpose


@transaction.atomic
def receive(*, referral_id: UUID, by: Actor) -> Referral:
    """Open a referral that came in: from then on the sender knows that it was received."""
    referral = received_by(locked(referral_id), by)
    if referral.state == ReferralState.SENT:
        _may_still_be_told(referral)
        take(referral, Step(ReferralState.ACKNOWLEDGED, via=Via.CENTRE), by)
    return referral


@gated(ConsentPurpose.SHARE)
@transaction.atomic
def shown(*, referral_id: UUID, by: Actor) -> Letter:
    """Return what the receiving centre is told: the agreed fields, consent asked anew each time."""
    found = Referral.objects.select_related("person", "centre").get(pk=referral_id)
    return disclose(received_by(found, by), "cases.referral.incoming", by)


@gated(ConsentPurpose.SHARE)
@transaction.atomic
def answer(*, referral_id: UUID, given: Answer, by: Actor) -> Referral:
    """Record what the receiving centre answers, along the same states as any recipient."""
    referral = received_by(locked(referral_id), by)
    _may_still_be_told(referral)
    return record_answer(referral, given, Via.CENTRE, by)


def received_by(referral: Referral, by: Actor) -> Referral:
    """Return the referral to the centre it was sent to, as long as it is there; refuse everybody else."""
    check_may(by, MANAGE_REFERRAL)
    if by.centre_id and by.centre_id != referral.to_centre_id:
        raise PermissionDenied("cases.referral.manage")
    if referral.to_centre_id is None or referral.state not in WITH_PARTNER:
        raise PermissionDenied("cases.referral.manage")
    return referral


def _may_still_be_told(referral: Referral) -> None:
    if referral.person_id:
        passing(referral.person_id, sharing(referral))
