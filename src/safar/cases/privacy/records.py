"""How private each field of counselling is; what a person may take away and what erasure leaves.

Erasure keeps unlinked tallies: a report printed last month must come out the same to the digit. The contacts of one erased
person stay countable as one under a fresh key that leads nowhere, with sex, age band, place and category and no words.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from safar.cases.actions.contacts import values
from safar.cases.enums.contacts import FlagKind
from safar.cases.importers.register import store
from safar.cases.models import (
    CaseEvent,
    CaseFile,
    Contact,
    ContactFlag,
    ContactRevision,
    RegisterImport,
    RegisterRow,
)
from safar.kernel.ids import new_id
from safar.kernel.privacy import Effect, Privacy, classed
from safar.kernel.tasks import after_commit
from safar.people.models import Person
from safar.people.queries.clusters import members_of

FIELDS: dict[str, Privacy] = {
    **classed(
        Privacy.INTERNAL,
        "Contact",
        *("id", "recorded_at", "former_person_key", "centre", "counsellor", "occurred_at", "duration_minutes"),
        *("mode", "initiator", "who_asked", "language", "sex", "age_band", "region", "district", "category"),
        "nameless_reason",
        *("destination", "next_step", "follow_up_on", "follow_up_done_at", "follow_up_outcome", "heard_via"),
        *("campaign_code", "voided_at"),
    ),
    **classed(Privacy.PERSONAL, "Contact", "person", "checked_items"),
    **classed(Privacy.SENSITIVE, "Contact", "note", "topic_text", "primary_topic"),
    **classed(Privacy.INTERNAL, "ContactTopic", "id", "contact", "primary"),
    **classed(Privacy.SENSITIVE, "ContactTopic", "topic"),
    **classed(Privacy.INTERNAL, "ContactAdvice", "id", "contact", "fact_key", "fact_version"),
    **classed(Privacy.INTERNAL, "ContactFlag", "id", "contact", "kind"),
    **classed(Privacy.SENSITIVE, "ContactFlag", "code"),
    **classed(Privacy.INTERNAL, "ContactRevision", "id", "recorded_at", "contact", "kind", "changed_by"),
    **classed(Privacy.SENSITIVE, "ContactRevision", "reason", "old_values"),
    **classed(
        Privacy.INTERNAL,
        "CaseFile",
        *("id", "recorded_at", "kind", "former_person_key", "centre", "worker", "state", "opened_on", "closed_on"),
        *("destination", "country_of_return", "return_type", "sex", "age_band"),
    ),
    **classed(Privacy.PERSONAL, "CaseFile", "person", "returned_on"),
    **classed(Privacy.SENSITIVE, "CaseFile", "reason", "reason_return"),
    **classed(
        Privacy.INTERNAL,
        "CaseEvent",
        *("id", "recorded_at", "case_file", "kind", "occurred_on", "state", "delivery", "contact", "staff", "age_band"),
    ),
    **classed(Privacy.SENSITIVE, "CaseEvent", "service", "text"),
    **classed(
        Privacy.INTERNAL,
        "RegisterImport",
        *("id", "recorded_at", "sha256", "file_name", "centre", "imported_by", "mapping", "consent_on_paper", "rows"),
        *("rows_refused", "rows_known", "rows_changed", "contacts", "people_registered", "people_matched"),
    ),
    **classed(
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
    members = members_of(person_id)
    contacts = Contact.objects.filter(person__in=members).select_related("centre")
    cases = CaseFile.objects.filter(person__in=members).prefetch_related("events")
    return {
        "contacts": [
            {"centre": contact.centre.code, "voided": contact.is_void, "outcome": contact.follow_up_outcome}
            | values(contact)
            for contact in contacts
        ],
        "case_files": [_case(case) for case in cases],
    }


def _case(case: CaseFile) -> dict[str, Any]:
    return {
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
            [str(event.occurred_on), event.kind, event.state, event.service, event.text] for event in case.events.all()
        ],
    }


def erase(person_id: UUID) -> None:
    """Unlink and empty what counselling knows of a person, keeping what reports have counted.

    The tally gets what figures are broken down by, from the file that answers for the person, as the extract reads it: all
    files merged into one are one person and become one key that leads nowhere.
    """
    members = members_of(person_id)
    person, key = Person.objects.filter(pk=members[0]).first(), new_id()
    if person is None:
        return  # asked for twice: nothing is left to unlink
    _unlink_contacts(members, person, key)
    _unlink_cases(members, person, key)


def _unlink_contacts(members: list[UUID], person: Person, key: UUID) -> None:
    contacts = list(Contact.objects.filter(person__in=members))
    for contact in contacts:
        contact.sex, contact.region, contact.category = person.sex, person.region, person.category
        contact.district = person.district
        contact.age_band = person.age_band_on(timezone.localdate(contact.occurred_at))
        contact.person, contact.former_person_key = None, key
        contact.note, contact.topic_text, contact.checked_items = "", "", []
    fields = ["sex", "region", "district", "category", "age_band", "person", "former_person_key", "note", "topic_text"]
    Contact.objects.bulk_update(contacts, [*fields, "checked_items"], batch_size=500)
    ContactRevision.objects.filter(contact__in=contacts).update(old_values={}, reason="")
    # No figure counts the flags of people, so nothing is owed to them; those of offers say nothing of the person.
    ContactFlag.objects.filter(contact__in=contacts, kind=FlagKind.PERSON).delete()
    _discard_registers(contacts)


def _unlink_cases(members: list[UUID], person: Person, key: UUID) -> None:
    events = list(CaseEvent.objects.filter(case_file__person__in=members))
    for event in events:
        event.age_band, event.text = person.age_band_on(event.occurred_on), ""
    CaseEvent.objects.bulk_update(events, ["age_band", "text"], batch_size=500)
    cases = list(CaseFile.objects.filter(person__in=members))
    for case in cases:
        case.sex, case.age_band = person.sex, person.age_band_on(case.opened_on)
        case.person, case.former_person_key = None, key
        case.reason, case.reason_return, case.returned_on = "", "", None
    fields = ["sex", "age_band", "person", "former_person_key", "reason", "reason_return", "returned_on"]
    CaseFile.objects.bulk_update(cases, fields, batch_size=500)


def _discard_registers(contacts: list[Contact]) -> None:
    """Delete the kept Excel files of a centre through which the person came: a later version names them as well.

    The fingerprints of their rows stay, so that the next version of the register does not bring the person back.
    """
    centres = RegisterRow.objects.filter(contact__in=contacts).values("register__centre")
    for sha256 in RegisterImport.objects.filter(centre__in=centres).values_list("sha256", flat=True):
        after_commit(store.discard, sha256)


def preview(person_id: UUID) -> list[Effect]:
    """Tell what erasing the person does to counselling: records stay as counts, words go."""
    members = members_of(person_id)
    contacts = Contact.objects.filter(person__in=members)
    left = _("day, topic, centre, sex, age group, place and category")
    notes = (
        contacts.exclude(note="").count()
        + CaseEvent.objects.filter(case_file__person__in=members).exclude(text="").count()
    )
    flags = ContactFlag.objects.filter(contact__in=contacts, kind=FlagKind.PERSON).count()
    effects = [
        Effect(_("Counselling contacts"), 0, contacts.count(), left),
        Effect(
            _("Case files"),
            0,
            CaseFile.objects.filter(person__in=members).count(),
            _("kind, days, services, sex, age group"),
        ),
        Effect(_("Notes and other words about the person"), notes),
        Effect(_("Warning signs about the person"), flags),
    ]
    return [effect for effect in effects if effect.goes or effect.stays]
