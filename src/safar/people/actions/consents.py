from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.kernel.actor import Actor, ActorKind, check_may
from safar.kernel.clock import now
from safar.people.enums import ConsentPurpose
from safar.people.models import ConsentGrant, Person
from safar.people.permissions import RECORD_CONSENT
from safar.people.rules import ConsentDetails
from safar.trust.actions import audit


@transaction.atomic
def decide(*, person_id: UUID, details: ConsentDetails, by: Actor) -> ConsentGrant:
    """Record a yes or a no; it replaces the standing decision on the same purpose and recipient."""
    check_may(by, RECORD_CONSENT)
    grant = store(person=Person.objects.get(pk=person_id), details=details, by=by)
    audit.record(
        by=by, action="people.consent.decide", person_key=person_id, subject_key=grant.pk, fields=[details.purpose]
    )
    return grant


@transaction.atomic
def withdraw(*, grant_id: UUID, by: Actor) -> ConsentGrant:
    """Withdraw a consent from now on; what was done under it stays lawful and on record."""
    check_may(by, RECORD_CONSENT)
    grant = ConsentGrant.objects.select_for_update(of=("self",)).get(pk=grant_id)
    if grant.withdrawn_at is None:
        grant.withdrawn_at = now()
        grant.save(update_fields=["withdrawn_at"])
        audit.record(
            by=by,
            action="people.consent.withdraw",
            person_key=grant.person_id,
            subject_key=grant.pk,
            fields=[grant.purpose],
        )
    return grant


def store(*, person: Person, details: ConsentDetails, by: Actor) -> ConsentGrant:
    """Store one decision inside the caller's transaction; the caller has checked who may and writes the audit row."""
    if details.purpose not in ConsentPurpose.values:
        raise ValidationError({"purpose": _("Choose one of the values offered.")})
    if details.purpose == ConsentPurpose.SHARE and not details.recipient.strip():
        raise ValidationError(
            {"recipient": _("Name the recipient: consent to share holds for one recipient at a time.")}
        )
    return ConsentGrant.objects.create(
        person=person,
        purpose=details.purpose,
        granted=details.granted,
        recipient=details.recipient.strip(),
        text_version=details.text_version,
        language=details.language,
        method=details.method,
        asked_by_id=by.id if by.kind is ActorKind.STAFF else None,
        decided_at=now(),
        expires_on=details.expires_on,
    )
