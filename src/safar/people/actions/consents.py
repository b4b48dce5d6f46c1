from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.kernel import once
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import now, today
from safar.people.enums import ConsentMethod, ConsentPurpose, SharedField, SpokenBy
from safar.people.models import ConsentGrant, Person
from safar.people.permissions import RECORD_CONSENT
from safar.people.rules import ConsentDetails, months_after
from safar.trust.actions import audit
from safar.trust.queries.profile import profile


@transaction.atomic
def decide(*, person_id: UUID, details: ConsentDetails, form_key: str = "", by: Actor) -> ConsentGrant:
    """Record a yes or a no; it replaces the standing decision on the same purpose and recipient."""
    check_may(by, RECORD_CONSENT)
    if earlier := once.result_of(form_key):
        return ConsentGrant.objects.get(pk=earlier)
    grant = store(person=Person.objects.get(pk=person_id), details=details, by=by)
    once.use(form_key, grant.pk)
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
        grant.withdrawn_by_id = by.staff_id
        grant.save(update_fields=["withdrawn_at", "withdrawn_by"])
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
    grant = _grant(person, details, by)
    grant.save(force_insert=True)
    return grant


def store_all(*, person: Person, details: Iterable[ConsentDetails], by: Actor) -> None:
    """Store what a person decided at registration, like `store`, in one statement."""
    ConsentGrant.objects.bulk_create([_grant(person, one, by) for one in details])


def _grant(person: Person, details: ConsentDetails, by: Actor) -> ConsentGrant:
    if problems := _problems(details):
        raise ValidationError(problems)
    expires_on = details.expires_on
    if details.purpose == ConsentPurpose.SHARE and details.granted and expires_on is None:
        # The text read out says how long a yes to share holds, so none holds for ever.
        expires_on = months_after(today(), profile().share_consent_months)
    return ConsentGrant(
        person=person,
        purpose=details.purpose,
        granted=details.granted,
        recipient=details.recipient.strip(),
        fields=sorted(set(details.fields)),
        abroad=details.abroad,
        text_version=details.text_version,
        language=details.language,
        method=details.method,
        spoken_by=details.spoken_by,
        asked_by_id=by.staff_id,
        decided_at=now(),
        expires_on=expires_on,
    )


def _problems(details: ConsentDetails) -> dict[str, str]:
    problems: dict[str, str] = {}
    unknown = _("Choose one of the values offered.")
    closed = {
        "purpose": ConsentPurpose.values,
        "method": ConsentMethod.values,
        "spoken_by": SpokenBy.values,
    }
    for name, values in closed.items():
        if getattr(details, name) not in values:
            problems[name] = unknown
    shares = details.purpose == ConsentPurpose.SHARE
    if not set(details.fields) <= set(SharedField.values):
        problems["fields"] = unknown
    elif details.fields and not shares:
        problems["fields"] = _("Only consent to share names what is shared.")
    if shares and not details.recipient.strip():
        problems["recipient"] = _("Name the recipient: consent to share holds for one recipient at a time.")
    return problems
