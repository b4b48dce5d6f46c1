"""Contacts, first contacts, case files, services and referrals as event rows."""

import datetime as dt
from typing import Any
from uuid import UUID

from safar.cases.enums.cases import CaseEventKind
from safar.cases.models import CaseEvent, CaseFile, Contact, ContactTopic, Referral
from safar.insights.extract import people
from safar.insights.extract.people import Traits
from safar.insights.extract.rows import Extraction, Rows, local_day, month_of
from safar.partners.models import Partner
from safar.reference.queries.codes import code_list

_CHUNK = 5000
_OWN = ("sex", "age_band", "category", "region", "district")
_UNKNOWN = {"sex": "unknown", "age_band": "unknown", "category": "unknown", "region": "", "district": ""}


def _described(traits: Traits | None, day: dt.date, **own: str) -> dict[str, str]:
    """Return sex, age band, category and place: from the registry, or what was noted of somebody without a file."""
    if traits is None:
        return _UNKNOWN | {name: value for name, value in own.items() if value}
    return {
        "sex": traits.sex,
        "age_band": traits.birth.age_band_on(day),
        "category": traits.category,
        "region": traits.region,
        "district": traits.district,
    }


def _counted_contacts() -> Any:
    return Contact.objects.filter(voided_at=None).order_by("occurred_at", "id")


def contacts(run: Extraction) -> Rows:
    """One row a conversation, oldest first, so that a person's first is known when it is met."""
    known, seen = people.traits(), set[UUID]()
    modes = code_list("mode")
    chosen = _counted_contacts().select_related("centre").iterator(chunk_size=_CHUNK)
    for contact in chosen:
        identifier = run.who(contact.person_id, contact.former_person_key)
        day = local_day(contact.occurred_at)
        mode = modes.get(contact.mode)
        own = {name: getattr(contact, name) for name in _OWN}
        described = _described(known.get(contact.person_id), day, **own)
        yield {
            "contact_key": run.key("contact", contact.pk),
            "person_key": run.person(contact.person_id, contact.former_person_key),
            "centre": contact.centre.code,
            "occurred_on": day,
            "month": month_of(day),
            "mode": contact.mode,
            "mode_group": mode.roll_up if mode else "",
            "language": contact.language,
            **described,
            "primary_topic": contact.primary_topic,
            "initiator": contact.initiator,
            "heard_via": contact.heard_via,
            "campaign_code": contact.campaign_code,
            "destination": contact.destination,
            "outside_region": described["region"] not in {"", contact.centre.region},
            "first_contact": identifier is not None and identifier not in seen,
        }
        if identifier:
            seen.add(identifier)


def topics(run: Extraction) -> Rows:
    rows = ContactTopic.objects.filter(contact__voided_at=None).order_by("contact_id", "id")
    for contact_id, topic in rows.values_list("contact_id", "topic").iterator(chunk_size=_CHUNK):
        yield {"contact_key": run.keys.of("contact", contact_id), "topic": topic}


def persons(run: Extraction) -> Rows:
    """One row a person and centre, on the day of their first contact there; the first of all is marked."""
    known, seen = people.traits(), set[tuple[UUID, str]]()
    met: set[UUID] = set()
    named = _counted_contacts().exclude(person=None, former_person_key=None).select_related("centre")
    for contact in named.iterator(chunk_size=_CHUNK):
        identifier = run.who(contact.person_id, contact.former_person_key)
        if identifier is None or (identifier, contact.centre.code) in seen:
            continue
        day = local_day(contact.occurred_at)
        own = {name: getattr(contact, name) for name in _OWN}
        yield {
            "person_key": run.keys.of("person", identifier),
            "centre": contact.centre.code,
            "first_contact_on": day,
            "month": month_of(day),
            "first_in_node": identifier not in met,
            **_described(known.get(contact.person_id), day, **own),
        }
        seen.add((identifier, contact.centre.code))
        met.add(identifier)


def cases(run: Extraction) -> Rows:
    known = people.traits()
    given: dict[UUID, int] = {}
    services_given = CaseEvent.objects.filter(kind=CaseEventKind.SERVICE).order_by("id").values_list("case_file_id")
    for (case_id,) in services_given.iterator(chunk_size=_CHUNK):
        given[case_id] = given.get(case_id, 0) + 1
    for case in CaseFile.objects.select_related("centre").order_by("opened_on", "id").iterator(chunk_size=_CHUNK):
        yield {
            "case_key": run.key("case", case.pk),
            **_of_case(run, case, known, case.opened_on, case.age_band),
            "opened_on": case.opened_on,
            "closed_on": case.closed_on,
            "services": given.get(case.pk, 0),
        }


def services(run: Extraction) -> Rows:
    """One row a service given within a case file."""
    known = people.traits()
    events = CaseEvent.objects.filter(kind=CaseEventKind.SERVICE).select_related("case_file__centre")
    for event in events.order_by("occurred_on", "id").iterator(chunk_size=_CHUNK):
        yield {
            "case_key": run.keys.of("case", event.case_file_id),
            **_of_case(run, event.case_file, known, event.occurred_on, event.age_band),
            "delivered_on": event.occurred_on,
            "month": month_of(event.occurred_on),
            "service": event.service,
        }


def _of_case(run: Extraction, case: CaseFile, known: dict[UUID, Traits], day: dt.date, band: str) -> dict[str, Any]:
    """Say whose case it is; sex and `band` stand on the records themselves once the person's file is erased."""
    traits = known.get(case.person_id) if case.person_id else None
    described = _described(traits, day, sex=case.sex, age_band=band)
    return {
        "person_key": run.person(case.person_id, case.former_person_key),
        "centre": case.centre.code,
        "kind": case.kind,
        "sex": described["sex"],
        "age_band": described["age_band"],
        "country_of_return": case.country_of_return,
        "return_type": case.return_type,
    }


def referrals(run: Extraction) -> Rows:
    types = dict(Partner.objects.order_by().values_list("id", "type"))
    for referral in Referral.objects.select_related("centre").order_by("made_on", "id").iterator(chunk_size=_CHUNK):
        yield {
            "referral_key": run.key("referral", referral.pk),
            "person_key": run.person(referral.person_id, referral.former_person_key),
            "centre": referral.centre.code,
            "made_on": referral.made_on,
            "sent": referral.sent_at is not None,
            "month": month_of(referral.made_on),
            "service": referral.service,
            "recipient_type": types.get(referral.partner_id, "") if referral.partner_id else "",
            "state": referral.state,
        }


SOURCES = {
    "contacts": contacts,
    "topics": topics,
    "persons": persons,
    "cases": cases,
    "services": services,
    "referrals": referrals,
}
