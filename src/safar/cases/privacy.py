"""How private each field of counselling is; what a person may take away and what erasure leaves.

Erasure keeps unlinked tallies: a report printed last month must come out the same to the digit. The contacts of one erased
person stay countable as one under a fresh key that leads nowhere, with sex, age band, region and category and no words.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone

from safar.cases.actions.contacts import values
from safar.cases.models import (
    CaseEvent,
    CaseFile,
    Contact,
    ContactRevision,
    Referral,
    ReferralMove,
)
from safar.kernel.ids import new_id
from safar.kernel.privacy import Part, Privacy, register_part
from safar.people.models import Person


def _as(privacy: Privacy, model: str, *names: str) -> dict[str, Privacy]:
    return {f"{model}.{name}": privacy for name in names}


FIELDS: dict[str, Privacy] = {
    **_as(
        Privacy.INTERNAL,
        "Contact",
        *("id", "recorded_at", "former_person_key", "centre", "counsellor", "occurred_at", "duration_minutes"),
        *("mode", "initiator", "who_asked", "language", "sex", "age_band", "region", "category", "nameless_reason"),
        *("destination", "next_step", "follow_up_on", "follow_up_done_at", "follow_up_outcome", "heard_via"),
        *("campaign_code", "voided_at"),
    ),
    **_as(Privacy.PERSONAL, "Contact", "person", "checked_items"),
    **_as(Privacy.SENSITIVE, "Contact", "note", "topic_text", "primary_topic"),
    **_as(Privacy.INTERNAL, "ContactTopic", "id", "contact", "primary"),
    **_as(Privacy.SENSITIVE, "ContactTopic", "topic"),
    **_as(Privacy.INTERNAL, "ContactAdvice", "id", "contact", "fact_key", "fact_version"),
    **_as(Privacy.INTERNAL, "ContactFlag", "id", "contact", "kind"),
    **_as(Privacy.SENSITIVE, "ContactFlag", "code"),
    **_as(Privacy.INTERNAL, "ContactRevision", "id", "recorded_at", "contact", "kind", "changed_by"),
    **_as(Privacy.SENSITIVE, "ContactRevision", "reason", "old_values"),
    **_as(
        Privacy.INTERNAL,
        "CaseFile",
        *("id", "recorded_at", "kind", "former_person_key", "centre", "worker", "state", "opened_on", "closed_on"),
        *("destination", "country_of_return", "return_type"),
    ),
    **_as(Privacy.PERSONAL, "CaseFile", "person", "returned_on"),
    **_as(Privacy.SENSITIVE, "CaseFile", "reason", "reason_return"),
    **_as(
        Privacy.INTERNAL,
        "CaseEvent",
        *("id", "recorded_at", "case_file", "kind", "occurred_on", "state", "delivery", "contact", "staff"),
    ),
    **_as(Privacy.SENSITIVE, "CaseEvent", "service", "text"),
    **_as(
        Privacy.INTERNAL,
        "Referral",
        *("id", "recorded_at", "former_person_key", "contact", "case_file", "centre", "partner", "recipient"),
        *("urgency", "state", "due_on", "made_by", "made_on", "sent_at", "ended_on"),
    ),
    **_as(Privacy.PERSONAL, "Referral", "person"),
    **_as(Privacy.SENSITIVE, "Referral", "service", "text"),
    **_as(
        Privacy.INTERNAL, "ReferralMove", "id", "recorded_at", "referral", "from_state", "to_state", "moved_on", "staff"
    ),
    **_as(Privacy.SENSITIVE, "ReferralMove", "reason"),
    **_as(
        Privacy.INTERNAL,
        "RegisterImport",
        *("id", "recorded_at", "sha256", "file_name", "centre", "imported_by", "mapping", "consent_on_paper", "rows"),
        *("rows_refused", "rows_known", "rows_changed", "contacts", "people_registered", "people_matched"),
    ),
    **_as(
        Privacy.INTERNAL,
        "RegisterRow",
        "id",
        "recorded_at",
        "register",
        "sheet",
        "sheet_row",
        "base",
        "fingerprint",
        "contact",
    ),
}


def export(person_id: UUID) -> Mapping[str, Any]:
    """Return everything counselling knows of a person as plain values."""
    return {
        "contacts": [
            {"centre": contact.centre.code, "voided": contact.is_void, "outcome": contact.follow_up_outcome}
            | values(contact)
            for contact in Contact.objects.filter(person_id=person_id).select_related("centre")
        ],
        "case_files": [
            {
                "kind": case.kind,
                "state": case.state,
                "opened_on": str(case.opened_on),
                "closed_on": str(case.closed_on or ""),
                "reason": case.reason,
                "destination": case.destination,
                "country_of_return": case.country_of_return,
                "return_type": case.return_type,
                "returned_on": str(case.returned_on or ""),
                "reason_return": case.reason_return,
                "events": [
                    [str(event.occurred_on), event.kind, event.state, event.service, event.text]
                    for event in case.events.all()
                ],
            }
            for case in CaseFile.objects.filter(person_id=person_id).prefetch_related("events")
        ],
        "referrals": [
            {
                "service": referral.service,
                "recipient": referral.recipient,
                "state": referral.state,
                "made_on": str(referral.made_on),
                "text": referral.text,
                "moves": [[str(move.moved_on), move.to_state, move.reason] for move in referral.moves.all()],
            }
            for referral in Referral.objects.filter(person_id=person_id).prefetch_related("moves")
        ],
    }


def erase(person_id: UUID) -> None:
    """Unlink and empty what counselling knows of a person, keeping what reports have counted."""
    key = new_id()
    person = Person.objects.get(pk=person_id)
    contacts = list(Contact.objects.filter(person=person))
    for contact in contacts:
        contact.sex, contact.region, contact.category = person.sex, person.region, person.category
        contact.age_band = person.age_band_on(timezone.localdate(contact.occurred_at))
        contact.person, contact.former_person_key = None, key
        contact.note, contact.topic_text, contact.checked_items = "", "", []
    fields = ["sex", "region", "category", "age_band", "person", "former_person_key", "note", "topic_text"]
    Contact.objects.bulk_update(contacts, [*fields, "checked_items"], batch_size=500)
    ContactRevision.objects.filter(contact__in=contacts).update(old_values={}, reason="")
    CaseEvent.objects.filter(case_file__person=person).update(text="")
    CaseFile.objects.filter(person=person).update(
        person=None, former_person_key=key, reason="", reason_return="", returned_on=None
    )
    ReferralMove.objects.filter(referral__person=person).update(reason="")
    Referral.objects.filter(person=person).update(person=None, former_person_key=key, text="")


register_part(Part("cases", export, erase))
