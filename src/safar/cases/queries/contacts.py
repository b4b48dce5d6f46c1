import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from safar.cases.models import Contact
from safar.cases.permissions import READ_CONTACT, RECORD_CONTACT
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import today as this_day
from safar.trust.actions import audit
from safar.trust.enums import AuditVerb

RECENT = 50


@dataclass(frozen=True, slots=True)
class LastChoices:
    """What a counsellor chose last time: the best guess for the next contact."""

    mode: str = ""
    language: str = ""


def standing() -> QuerySet[Contact]:
    """Return contacts that count: everything that was not voided."""
    return Contact.objects.filter(voided_at=None)


def with_repeat(contacts: QuerySet[Contact]) -> QuerySet[Contact]:
    """Add `is_repeat`: an earlier standing contact of the same person exists, also of one whose file was erased since."""
    earlier = Q(occurred_at__lt=OuterRef("occurred_at")) | Q(occurred_at=OuterRef("occurred_at"), id__lt=OuterRef("id"))
    # Two questions, each with an index of its own; asked as one, the database reads every contact for every line.
    same = [standing().filter(earlier, **{name: OuterRef(name)}) for name in ("person", "former_person_key")]
    return contacts.annotate(is_repeat=Exists(same[0]) | Exists(same[1]))


def today(by: Actor) -> list[Contact]:
    """Return today's contacts of the actor's centre, newest first, without names."""
    return list(_of_centre(by).filter(occurred_at__gte=_start_of(this_day())))


def recent(*, by: Actor, limit: int = RECENT) -> list[Contact]:
    """Return the latest contacts of the actor's centre, voided ones included and marked; names come apart, audited."""
    check_may(by, READ_CONTACT)
    contacts = Contact.objects.filter(centre_id=by.centre_id) if by.centre_id else Contact.objects.all()
    return list(with_repeat(contacts).select_related("counsellor", "centre")[:limit])


def of_person(person_id: UUID, *, by: Actor) -> list[Contact]:
    """Return all contacts of a person, newest first, leaving a read row in the trail."""
    check_may(by, READ_CONTACT)
    audit.record(by=by, action="cases.contact.of_person", verb=AuditVerb.READ, person_key=person_id)
    contacts = with_repeat(Contact.objects.filter(person_id=person_id))
    return list(contacts.select_related("counsellor", "centre").prefetch_related("topics"))


def get(contact_id: UUID, *, by: Actor) -> Contact:
    """Return one contact with all it holds; of a person with a file this leaves a read row in the trail."""
    check_may(by, READ_CONTACT)
    contacts = with_repeat(Contact.objects.filter(pk=contact_id)).select_related("person", "centre", "counsellor")
    contact = contacts.prefetch_related("topics", "advice", "red_flags", "revisions__changed_by", "referrals").get()
    if contact.person_id:
        audit.record(
            by=by,
            action="cases.contact.open",
            verb=AuditVerb.READ,
            person_key=contact.person_id,
            subject_key=contact.pk,
        )
    return contact


def last_choices(by: Actor) -> LastChoices:
    """Return the mode and language of the counsellor's latest contact, to be offered again."""
    check_may(by, RECORD_CONTACT)
    chosen = standing().filter(counsellor_id=by.id).order_by("-recorded_at").values("mode", "language").first()
    return LastChoices(**chosen) if chosen and by.id else LastChoices()


def _of_centre(by: Actor) -> QuerySet[Contact]:
    check_may(by, READ_CONTACT)
    contacts = standing().filter(centre_id=by.centre_id) if by.centre_id else standing()
    return with_repeat(contacts).select_related("counsellor").order_by(F("occurred_at").desc(), "-id")


def _start_of(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
