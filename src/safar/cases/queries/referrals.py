import datetime as dt
from uuid import UUID

from safar.cases.enums.referrals import OPEN_REFERRALS
from safar.cases.models import Referral
from safar.cases.permissions import MANAGE_REFERRAL, READ_CONTACT
from safar.kernel.actor import Actor, check_may
from safar.trust.actions import audit
from safar.trust.enums import AuditVerb


def get(referral_id: UUID, *, by: Actor) -> Referral:
    """Return a referral with its moves; of a person with a file this leaves a read row in the trail."""
    check_may(by, MANAGE_REFERRAL)
    referrals = Referral.objects.filter(pk=referral_id).select_related("person", "contact", "centre", "made_by")
    referral = referrals.prefetch_related("moves__staff").get()
    if referral.person_id:
        audit.record(
            by=by,
            action="cases.referral.open",
            verb=AuditVerb.READ,
            person_key=referral.person_id,
            subject_key=referral.pk,
        )
    return referral


def waiting(*, by: Actor, until: dt.date | None = None) -> list[Referral]:
    """Return referrals of the actor's centre that are not at their end, the most overdue first."""
    check_may(by, MANAGE_REFERRAL)
    referrals = Referral.objects.filter(state__in=OPEN_REFERRALS).select_related("made_by").order_by("due_on", "id")
    if until:
        referrals = referrals.filter(due_on__lte=until)
    return list(referrals.filter(centre_id=by.centre_id) if by.centre_id else referrals)


def of_person(person_id: UUID, *, by: Actor) -> list[Referral]:
    """Return a person's referrals, newest first, leaving a read row in the trail."""
    check_may(by, READ_CONTACT)
    audit.record(by=by, action="cases.referral.of_person", verb=AuditVerb.READ, person_key=person_id)
    return list(Referral.objects.filter(person_id=person_id))
