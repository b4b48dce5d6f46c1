import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safar.cases.enums.contacts import FlagKind, NamelessReason, RevisionKind
from safar.cases.models import Contact, ContactAdvice, ContactFlag, ContactRevision, ContactTopic
from safar.cases.permissions import RECORD_CONTACT
from safar.cases.rules.contacts import ContactDetails, changed_values
from safar.kernel import once
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import now
from safar.people.actions import persons
from safar.people.actions.gate import gated, passing
from safar.people.enums import ConsentPurpose
from safar.people.models import Person
from safar.people.rules import ConsentDetails, PersonDetails, Use
from safar.reference.queries import codes
from safar.trust.actions import audit
from safar.trust.models import Centre

_CODED = {
    "mode": "mode",
    "initiator": "initiator",
    "who_asked": "who_asked",
    "language": "language",
    "next_step": "contact_next_step",
    "destination": "destination",
    "sex": "sex",
    "age_band": "age_band",
    "category": "client_category",
    "heard_via": "heard_via",
}
_OF_NAMELESS = ("sex", "age_band", "region", "category", "nameless_reason")
_PLAIN = (
    "occurred_at",
    "mode",
    "initiator",
    "who_asked",
    "language",
    "duration_minutes",
    "topic_text",
    "destination",
    "note",
    "next_step",
    "follow_up_on",
    "heard_via",
    "campaign_code",
    *_OF_NAMELESS,
)


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody whose file is opened together with their first contact."""

    details: PersonDetails
    consents: Sequence[ConsentDetails]
    not_same_as: Sequence[UUID] = ()


@gated(ConsentPurpose.BE_CONTACTED)
@transaction.atomic
def record(
    *,
    details: ContactDetails,
    centre: Centre,
    person_id: UUID | None = None,
    new_person: NewPerson | None = None,
    form_key: str = "",
    by: Actor,
) -> Contact:
    """Record one contact: of a known person, of one registered in the same breath, or of somebody without a file."""
    check_may(by, RECORD_CONTACT)
    if earlier := once.result_of(form_key):
        return Contact.objects.get(pk=earlier)
    check(details)
    if new_person:
        person_id = _register(new_person, centre, details, by).pk
    _promise(person_id, details.follow_up_on)
    contact = Contact(centre=centre, person_id=person_id, counsellor_id=by.staff_id)
    fill(contact, details)
    contact.save(force_insert=True)
    add_rows(contact, details)
    once.use(form_key, contact.pk)
    audit.record(
        by=by, action="cases.contact.record", person_key=person_id, subject_key=contact.pk, fields=_filled(details)
    )
    return contact


@gated(ConsentPurpose.BE_CONTACTED)
@transaction.atomic
def correct(*, contact_id: UUID, details: ContactDetails, reason: str, by: Actor) -> Contact:
    """Change what was recorded and keep what it said before; without a difference nothing is written."""
    check_may(by, RECORD_CONTACT)
    contact = _standing(contact_id, reason)
    check(details)
    before = values(contact)
    fill(contact, details)
    for rows in (contact.topics, contact.advice, contact.red_flags):
        rows.all().delete()
    add_rows(contact, details)
    old = changed_values(before, values(contact))
    if not old:
        return contact
    if "follow_up_on" in old:
        _promise(contact.person_id, details.follow_up_on)
        contact.follow_up_done_at, contact.follow_up_outcome = None, ""
    contact.save()
    _revise(contact, RevisionKind.CORRECTED, old, reason, by)
    return contact


@transaction.atomic
def void(*, contact_id: UUID, reason: str, by: Actor) -> Contact:
    """Take a contact out of all figures; the record and the reason stay."""
    check_may(by, RECORD_CONTACT)
    contact = _standing(contact_id, reason)
    contact.voided_at = now()
    contact.save(update_fields=["voided_at"])
    _revise(contact, RevisionKind.VOIDED, {"voided_at": None}, reason, by)
    return contact


def check(details: ContactDetails) -> None:
    """Raise ValidationError keyed by field when a contact cannot be recorded like this."""
    found = details.problems(now(), timezone.localdate(details.occurred_at))
    problems = {name: _message(name, code) for name, code in found.items()}
    unknown = _("Choose one of the values offered.")
    for name, code_list in _CODED.items():
        value = getattr(details, name)
        if value and not codes.is_known(code_list, value):
            problems[name] = unknown
    if details.nameless_reason and details.nameless_reason not in NamelessReason.values:
        problems["nameless_reason"] = unknown
    if not details.mode:
        problems["mode"] = _("Say how the contact took place.")
    if any(not codes.is_known("topic", topic) for topic in details.topics):
        problems["topics"] = unknown
    if any(flag.kind not in FlagKind.values or not codes.is_known(flag.kind, flag.code) for flag in details.red_flags):
        problems["red_flags"] = unknown
    if not all(codes.is_known("checked_item", item) for item in details.checked_items):
        problems["checked_items"] = unknown
    if problems:
        raise ValidationError(problems)


def fill(contact: Contact, details: ContactDetails) -> None:
    """Put checked details on a contact, without saving it."""
    for name in _PLAIN:
        setattr(contact, name, getattr(details, name))
    if contact.is_named:
        for name in _OF_NAMELESS:
            setattr(contact, name, "")
    contact.primary_topic = details.topics[0]
    contact.checked_items = list(details.checked_items)


def rows_of(
    contact: Contact, details: ContactDetails
) -> tuple[list[ContactTopic], list[ContactAdvice], list[ContactFlag]]:
    """Return the rows that stand under a contact, unsaved."""
    topics = [ContactTopic(contact=contact, topic=topic, primary=not i) for i, topic in enumerate(details.topics)]
    advice = [
        ContactAdvice(contact=contact, fact_key=given.fact_key, fact_version=given.version_id)
        for given in details.advice
    ]
    flags = [ContactFlag(contact=contact, kind=flag.kind, code=flag.code) for flag in details.red_flags]
    return topics, advice, flags


def add_rows(contact: Contact, details: ContactDetails) -> None:
    topics, advice, flags = rows_of(contact, details)
    ContactTopic.objects.bulk_create(topics)
    if advice:
        ContactAdvice.objects.bulk_create(advice)
    if flags:
        ContactFlag.objects.bulk_create(flags)


def values(contact: Contact) -> dict[str, Any]:
    """Return a contact as plain values that JSON holds, the form in which a revision keeps it."""
    plain = {name: _plain(getattr(contact, name)) for name in _PLAIN}
    return plain | {
        "checked_items": list(contact.checked_items),
        "topics": [row.topic for row in ContactTopic.objects.filter(contact=contact)],
        "advice": [[row.fact_key, str(row.fact_version)] for row in ContactAdvice.objects.filter(contact=contact)],
        "red_flags": [[row.kind, row.code] for row in ContactFlag.objects.filter(contact=contact)],
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _standing(contact_id: UUID, reason: str) -> Contact:
    """Return the contact locked for a change; refuses voided ones and changes without a reason."""
    contact = Contact.objects.select_for_update(of=("self",)).get(pk=contact_id)
    if contact.is_void:
        raise ValidationError({"__all__": _("This contact has been voided and no longer changes.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Say why; the reason stays with the record.")})
    return contact


def _revise(contact: Contact, kind: RevisionKind, old: dict[str, Any], reason: str, by: Actor) -> None:
    ContactRevision.objects.create(
        contact=contact,
        kind=kind,
        changed_by_id=by.staff_id,
        reason=reason.strip(),
        old_values=old,
    )
    audit.record(
        by=by,
        action=f"cases.contact.{kind}",
        person_key=contact.person_id,
        subject_key=contact.pk,
        fields=old,
    )


def _promise(person_id: UUID | None, follow_up_on: dt.date | None) -> None:
    """Let nobody promise to get in touch with somebody who does not agree to it; without a file there is no address to use."""
    if person_id and follow_up_on:
        passing(person_id, Use(ConsentPurpose.BE_CONTACTED), field="follow_up_on")


def _register(new: NewPerson, centre: Centre, details: ContactDetails, by: Actor) -> Person:
    """Open the file inside this transaction; the person's fields are named apart from the contact's in the errors."""
    try:
        return persons.register(
            details=new.details,
            consents_given=new.consents,
            not_same_as=new.not_same_as,
            centre=centre,
            registered_on=timezone.localdate(details.occurred_at),
            by=by,
        )
    except ValidationError as error:
        raise ValidationError({f"person.{name}": texts for name, texts in error.message_dict.items()}) from error


def _filled(details: ContactDetails) -> list[str]:
    return [name for name in ContactDetails.__slots__ if getattr(details, name) not in ("", None, (), [])]


def _message(name: str, code: str) -> str:
    return {
        ("occurred_at", "future"): _("The contact lies in the future."),
        ("topics", "missing"): _("Choose at least one topic."),
        ("topics", "doubled"): _("A topic stands here twice."),
        ("duration_minutes", "impossible"): _("A contact lasts between 1 and 480 minutes."),
        ("follow_up_on", "not_after"): _("The follow-up must come after the day of the contact."),
    }[name, code]
