from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from safar.cases.enums.referrals import Via
from safar.cases.permissions import MANAGE_CASE, MANAGE_REFERRAL, READ_CONTACT
from safar.cases.queries import cases, conferences, contacts, referrals
from safar.desk.cases import facts
from safar.desk.cases.day.timeline import entries as day_entries
from safar.desk.cases.departure.timeline import entries as departures
from safar.desk.cases.instruments.timeline import entries as assessed
from safar.desk.cases.offers.timeline import entries as offer_entries
from safar.desk.cases.referrals.facts import what_happened
from safar.desk.cases.reintegration import facts as reintegration_facts
from safar.desk.timeline import TimelineEntry
from safar.kernel.actor import Actor


def entries(person_id: UUID, by: Actor) -> list[TimelineEntry]:
    """Tell a person's contacts, the steps of their case files and their referrals, to those who may read contacts."""
    if not by.may(READ_CONTACT):
        return []
    return [
        *_contacts(person_id, by),
        *_steps(person_id, by),
        *_conferences(person_id, by),
        *_referrals(person_id, by),
        *departures(person_id, by),
        *offer_entries(person_id, by),
        *assessed(person_id, by),
        *day_entries(person_id, by),
        *reintegration_facts.timeline(person_id, by),
    ]


def _contacts(person_id: UUID, by: Actor) -> list[TimelineEntry]:
    return [
        TimelineEntry(
            contact.occurred_at,
            _("Voided contact")
            if contact.is_void
            else (_("Contact") if facts.is_repeat(contact) else _("First contact")),
            f"{facts.label('topic', contact.primary_topic)} · {facts.label('mode', contact.mode)}",
            "message",
            reverse("desk:cases:contact", args=[contact.pk]),
        )
        for contact in contacts.of_person(person_id, by=by)
    ]


def _steps(person_id: UUID, by: Actor) -> list[TimelineEntry]:
    may_open = by.may(MANAGE_CASE)
    return [
        TimelineEntry(
            facts.when(event.occurred_on),
            f"{case.get_kind_display()}: {event.get_kind_display()}",
            facts.of_event(event),
            "folder",
            reverse("desk:cases:case", args=[case.pk]) if may_open else "",
        )
        for case in cases.of_person(person_id, by=by)
        for event in case.events.all()
    ]


def _conferences(person_id: UUID, by: Actor) -> list[TimelineEntry]:
    may_open = by.may(MANAGE_CASE)
    return [
        TimelineEntry(
            facts.when(conference.held_on),
            _("Case conference"),
            conference.next_step,
            "users",
            reverse("desk:cases:case", args=[conference.case_file_id]) if may_open else "",
        )
        for conference in conferences.of_person(person_id, by=by)
    ]


def _referrals(person_id: UUID, by: Actor) -> list[TimelineEntry]:
    may_open = by.may(MANAGE_REFERRAL)
    found = referrals.of_person(person_id, by=by)
    made = [
        TimelineEntry(
            facts.when(referral.made_on),
            _("Referral to %(recipient)s") % {"recipient": referral.recipient},
            f"{facts.label('referral_service', referral.service)} · {referral.get_state_display()}",
            "send",
            reverse("desk:cases:referral", args=[referral.pk]) if may_open else "",
        )
        for referral in found
    ]
    return made + [
        TimelineEntry(
            facts.when(move.moved_on),
            _("%(recipient)s answered") % {"recipient": referral.recipient},
            what_happened(move),
            "mail",
            reverse("desk:cases:referral", args=[referral.pk]) if may_open else "",
        )
        for referral in found
        for move in referral.moves.all()
        if move.via != Via.DESK
    ]
