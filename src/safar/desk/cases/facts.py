"""Contacts, cases and referrals in the words of the reader."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from safar.cases.enums.contacts import NamelessReason
from safar.cases.models import CaseEvent, CaseFile, Contact, ContactRevision
from safar.cases.queries import follow_ups
from safar.kernel.actor import Actor
from safar.kernel.clock import today
from safar.people.permissions import READ_PERSON
from safar.people.queries import persons
from safar.reference.queries import places
from safar.reference.queries.codes import code_list
from safar.ui.numbers import written_date

AHEAD_DAYS = 14
SHOWN, PAGE = 15, 25
GROUPS = ("overdue", "today", "ahead")
_OF_CONTACT: tuple[tuple[str, str], ...] = (
    ("mode", "mode"),
    ("initiator", "initiator"),
    ("who_asked", "who_asked"),
    ("language", "language"),
    ("destination", "destination"),
    ("sex", "sex"),
    ("age_band", "age_band"),
    ("category", "client_category"),
    ("heard_via", "heard_via"),
    ("next_step", "contact_next_step"),
    ("follow_up_outcome", "contact_outcome"),
)


@dataclass(frozen=True, slots=True)
class Fact:
    term: str | Promise
    value: str


@dataclass(frozen=True, slots=True)
class Line:
    """One contact in a list: who in words only where the reader asked for names and may see them."""

    contact: Contact
    who: str
    topic: str
    mode: str
    is_repeat: bool
    days_late: int = 0


@dataclass(frozen=True, slots=True)
class FollowUpGroup:
    """Open follow-ups of one kind; `more` says that there are others than these."""

    key: str
    title: str
    tone: str
    lines: list[Line]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Revision:
    """A change of a contact with the fields it touched, named."""

    revision: ContactRevision
    fields: str


def label(list_name: str, code: str) -> str:
    return str(code_list(list_name).label(code)) if code else ""


def names_of_fields() -> dict[str, str]:
    """Return what each field of a contact is called on the page."""
    return {
        "mode": _("How"),
        "initiator": _("Who began"),
        "who_asked": _("Who asks"),
        "language": _("Language"),
        "destination": _("Destination"),
        "sex": _("Sex"),
        "age_band": _("Age"),
        "category": _("Who the person is"),
        "heard_via": _("How they heard of the centre"),
        "next_step": _("Next step"),
        "follow_up_outcome": _("Outcome of the follow-up"),
        "topics": _("Topics"),
        "topic_text": _("The question in a few words"),
        "occurred_at": _("Day and time"),
        "duration_minutes": _("Minutes"),
        "advice": _("What was told"),
        "red_flags": _("Red flags"),
        "checked_items": _("Checked together"),
        "follow_up_on": _("Day of the follow-up"),
        "note": _("Note"),
        "region": _("Region"),
        "nameless_reason": _("Why without a file"),
        "campaign_code": _("Code of a campaign"),
        "voided_at": _("Voided"),
    }


def of_contact(contact: Contact) -> list[Fact]:
    """Return what is known of a contact, without what is not."""
    names = names_of_fields()
    checked = [label("checked_item", item) for item in contact.checked_items]
    found = [
        Fact(names["topics"], ", ".join(label("topic", row.topic) for row in contact.topics.all())),
        Fact(names["topic_text"], contact.topic_text),
        *(Fact(names[name], label(list_name, getattr(contact, name))) for name, list_name in _OF_CONTACT),
        Fact(names["region"], str(places.name(contact.region)) if contact.region else ""),
        Fact(names["nameless_reason"], _choice(NamelessReason.choices, contact.nameless_reason)),
        Fact(names["checked_items"], ", ".join(checked)),
        Fact(names["duration_minutes"], str(contact.duration_minutes or "")),
        Fact(names["follow_up_on"], written_date(contact.follow_up_on) if contact.follow_up_on else ""),
        Fact(names["campaign_code"], contact.campaign_code),
    ]
    return [fact for fact in found if fact.value]


def _choice(choices: Iterable[tuple[Any, Any]], value: str) -> str:
    return next((str(text) for code, text in choices if code == value and value), "")


def flags_of(contact: Contact) -> list[str]:
    return [label(flag.kind, flag.code) for flag in contact.red_flags.all()]


def revisions_of(contact: Contact) -> list[Revision]:
    names = names_of_fields()
    return [
        Revision(revision, ", ".join(names.get(field, field) for field in revision.old_values))
        for revision in contact.revisions.all()
    ]


def lines(found: list[Contact], *, by: Actor, with_names: bool) -> list[Line]:
    """Return contacts as lines; asking for names reads people and leaves a row in the trail."""
    people = names(found, by=by) if with_names else {}
    return [_line(contact, people) for contact in found]


def names(found: Iterable[Contact], *, by: Actor) -> dict[UUID, str]:
    ids = {contact.person_id for contact in found if contact.person_id}
    return persons.labels(ids, by=by) if ids and by.may(READ_PERSON) else {}


def is_repeat(contact: Contact) -> bool:
    """Return what the query found out; a contact read without it counts as a first one."""
    return bool(getattr(contact, "is_repeat", False))


def _line(contact: Contact, people: dict[UUID, str]) -> Line:
    known = people.get(contact.person_id) if contact.person_id else None
    who = known or (_("Has a file") if contact.person_id else _("Without a file"))
    late = (today() - contact.follow_up_on).days if contact.follow_up_on else 0
    return Line(
        contact,
        who,
        label("topic", contact.primary_topic),
        label("mode", contact.mode),
        is_repeat(contact),
        max(late, 0),
    )


def follow_up_groups(*, by: Actor) -> list[FollowUpGroup]:
    """Return the first of the open follow-ups in three groups: overdue, today, and ahead; one read row for all names."""
    found = [(group, list(follow_ups_in(group, by=by)[: SHOWN + 1])) for group in GROUPS]
    people = names([contact for _group, contacts in found for contact in contacts[:SHOWN]], by=by)
    return [
        _group(group, [_line(contact, people) for contact in contacts[:SHOWN]], more=len(contacts) > SHOWN)
        for group, contacts in found
    ]


def follow_ups_in(group: str, *, by: Actor) -> QuerySet[Contact]:
    """Return the open follow-ups of one group, to be cut into pages."""
    day, one = today(), dt.timedelta(days=1)
    since, until = {
        "overdue": (None, day - one),
        "today": (day, day),
        "ahead": (day + one, day + dt.timedelta(days=AHEAD_DAYS)),
    }[group]
    return follow_ups.open_until(by=by, since=since, until=until)


def follow_up_group(group: str, contacts: list[Contact], *, by: Actor) -> FollowUpGroup:
    """Return one page of a group; one read row for the names."""
    people = names(contacts, by=by)
    return _group(group, [_line(contact, people) for contact in contacts])


def due_now(*, by: Actor, most: int) -> tuple[list[Line], bool]:
    """Return whom to get in touch with first, up to today, and whether there are more."""
    found = list(follow_ups.open_until(by=by, until=today())[: most + 1])
    people = names(found[:most], by=by)
    return [_line(contact, people) for contact in found[:most]], len(found) > most


def _group(key: str, lines: list[Line], *, more: bool = False) -> FollowUpGroup:
    titles = {"overdue": _("Overdue"), "today": _("Today"), "ahead": _("The coming two weeks")}
    tones = {"overdue": "danger", "today": "warn", "ahead": "info"}
    return FollowUpGroup(key, titles[key], tones[key], lines, more)


def when(day: dt.date) -> dt.datetime:
    """Return the noon of a day, for timelines that also hold hours."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


def of_event(event: CaseEvent) -> str:
    """Return an event of a case in a few words."""
    if event.service:
        service = label("referral_service", event.service)
        if service == event.service:
            service = label("topic", event.service)
        return f"{service} ({event.get_delivery_display()})"
    return str(event.get_state_display()) if event.state else ""


def of_case(case: CaseFile) -> list[Fact]:
    """Return what a case file starts from and how it ended, without what is not known."""
    found = [
        Fact(_("Opened on"), written_date(case.opened_on)),
        Fact(_("Closed on"), written_date(case.closed_on) if case.closed_on else ""),
        Fact(_("Reason"), case.reason),
        Fact(_("Destination"), label("destination", case.destination)),
        Fact(_("Came back from"), str(places.name(case.country_of_return)) if case.country_of_return else ""),
        Fact(_("Came back on"), written_date(case.returned_on) if case.returned_on else ""),
        Fact(_("How they came back"), label("return_type", case.return_type)),
        Fact(_("Why they came back"), label("reason_return", case.reason_return)),
        Fact(_("Counsellor"), case.worker.full_name if case.worker else ""),
    ]
    return [fact for fact in found if fact.value]
