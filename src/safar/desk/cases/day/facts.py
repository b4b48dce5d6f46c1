"""The day as lines a colleague reads from top to bottom: who is served, who waits, who comes, whom to call, who was here."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from safar.cases.enums.day import AttemptResult, TicketState, VisitState
from safar.cases.models import Appointment
from safar.cases.permissions import RECORD_CONTACT
from safar.cases.queries import day as reads
from safar.cases.queries.day import OwedCall, Waiting
from safar.cases.rules.day import IN_TURN
from safar.desk.cases.day.choosing import Chosen
from safar.desk.cases.facts import label
from safar.kernel.actor import Actor
from safar.kernel.clock import now
from safar.people.permissions import READ_PERSON
from safar.people.queries import persons

MOST_CALLS = 40
_LATE_MINUTES = 15
_OVER = frozenset({VisitState.DONE, VisitState.NO_SHOW, TicketState.DONE, TicketState.LEFT, TicketState.GIVEN_TIME})


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do with a line: a button that moves it, or a link."""

    label: str
    to: str = ""
    url: str = ""
    icon: str = ""
    kind: str = "secondary"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the day; `move_url` is where its buttons go, `results` what a try to call may have come to."""

    key: UUID
    group: str
    when: str
    icon: str
    who: str
    who_url: str
    detail: str
    state: str
    tone: str
    rank: tuple[int, int, dt.datetime]
    open_url: str = ""
    move_url: str = ""
    phone: str = ""
    steps: list[Step] = field(default_factory=list)
    results: list[tuple[str, str]] = field(default_factory=list)

    @property
    def next_step(self) -> Step | None:
        return self.steps[0] if self.steps else None

    @property
    def other_steps(self) -> list[Step]:
        return self.steps[1:]


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one kind of turn, under a heading."""

    code: str
    title: str
    lines: list[Line]


def groups_of(chosen: Chosen, *, by: Actor) -> list[Group]:
    """Return the day's one list; one read row for all names, and none where there are none."""
    visits = reads.visits(chosen.day, chosen.day, place=chosen.place, staff_id=chosen.staff_id, by=by)
    tickets = reads.tickets(chosen.day, place=chosen.place, staff_id=chosen.staff_id, by=by)
    calls = reads.calls(until=chosen.day, place=chosen.place, by=by)[:MOST_CALLS] if chosen.is_today else []
    if chosen.staff_id:
        calls = [one for one in calls if _of(one) in {None, chosen.staff_id}]
    people = _names([*visits, *(one.ticket for one in tickets), *calls], by=by)
    lines = [
        *(of_visit(visit, people, by) for visit in visits),
        *(of_ticket(one, people, by) for one in tickets),
        *(of_call(one, people) for one in calls),
    ]
    titles = {
        "serving": _("Being served"),
        "here": _("Here and waiting"),
        "coming": _("Still to come"),
        "calls": _("To be called"),
        "over": _("Over"),
    }
    found = [
        Group(code, title, sorted((line for line in lines if line.group == code), key=lambda line: line.rank))
        for code, title in titles.items()
    ]
    return [group for group in found if group.lines]


def _of(call: OwedCall) -> UUID | None:
    if call.call:
        return call.call.staff_id
    return call.contact.counsellor_id if call.contact else None


def _names(found: Iterable[object], *, by: Actor) -> Mapping[UUID, str]:
    ids = {person_id for one in found if (person_id := getattr(one, "person_id", None))}
    return persons.labels(ids, by=by) if ids and by.may(READ_PERSON) else {}


def of_visit(visit: Appointment, people: Mapping[UUID, str], by: Actor) -> Line:
    """Return a booked visit as a line."""
    late = int((now() - visit.starts_at).total_seconds() // 60)
    is_late = visit.state == VisitState.BOOKED and late >= _LATE_MINUTES
    details = [str(visit.staff), label("topic", visit.topic), visit.place]
    if is_late and late < 24 * 60:
        details.append(_("%(minutes)d min late") % {"minutes": late})
    return Line(
        key=visit.pk,
        group=_group(visit.state),
        when=timezone.localtime(visit.starts_at).strftime("%H:%M"),
        icon="calendar",
        who=_who(visit.person_id, people, visit.name or _("Without a name")),
        who_url=_file(visit.person_id, people),
        detail=" · ".join(part for part in details if part),
        state=str(visit.get_state_display()),
        tone=_tone(visit.state, late=is_late),
        rank=(0, IN_TURN if visit.state != VisitState.ARRIVED else 1, visit.starts_at),
        open_url=reverse("desk:cases:visit", args=[visit.pk]),
        move_url=reverse("desk:cases:move_visit", args=[visit.pk]),
        steps=_steps_of_visit(visit, by),
    )


def of_ticket(one: Waiting, people: Mapping[UUID, str], by: Actor) -> Line:
    """Return a waiting number as a line, with why it goes before others."""
    ticket = one.ticket
    details = [
        label("walk_in_need", ticket.need),
        _("waits %(minutes)d min") % {"minutes": one.minutes}
        if one.is_waiting
        else _("waited %(minutes)d min") % {"minutes": one.minutes},
        str(ticket.staff or ""),
    ]
    return Line(
        key=ticket.pk,
        group=_group(ticket.state),
        when=_("No. %(number)d") % {"number": ticket.number},
        icon="hash",
        who=_who(ticket.person_id, people, _("Without a file")),
        who_url=_file(ticket.person_id, people),
        detail=" · ".join(part for part in details if part),
        state=str(ticket.get_state_display()),
        tone="danger"
        if one.is_waiting and one.urgency == 0
        else _tone(ticket.state, late=one.is_waiting and one.urgency == 1),
        rank=(1 if one.urgency >= IN_TURN else 0, one.urgency, ticket.came_at),
        open_url=reverse("desk:cases:ticket", args=[ticket.pk]),
        move_url=reverse("desk:cases:move_ticket", args=[ticket.pk]),
        steps=_steps_of_ticket(ticket.state, ticket.person_id, ticket.pk, by),
    )


def of_call(one: OwedCall, people: Mapping[UUID, str]) -> Line:
    """Return somebody to be called as a line; the number of a person with a file stands there, with what was agreed."""
    details = [str(one.call.get_reason_display()) if one.call else _("Follow-up")]
    if one.contact:
        details.append(label("topic", one.contact.primary_topic))
    if one.tries.count:
        details.append(_("tried %(count)d×") % {"count": one.tries.count})
    key, name, contact = (one.call.pk, one.call.name, one.call.contact) if one.call else (_key(one), "", "")
    url = "desk:cases:call_tried" if one.call else "desk:cases:follow_up_tried"
    late = (timezone.localdate() - one.due_on).days
    if late > 0:
        details.append(_("due %(days)d days ago") % {"days": late})
    return Line(
        key=key,
        group="calls",
        when=_("Call"),
        icon="phone",
        who=_who(one.person_id, people, name or _("Without a name")),
        who_url=_file(one.person_id, people),
        detail=" · ".join(part for part in details if part),
        state="",
        tone="neutral",
        rank=(0, 0, timezone.make_aware(dt.datetime.combine(one.due_on, dt.time.min))),
        open_url=reverse("desk:cases:contact", args=[key]) if one.contact else "",
        move_url=reverse(url, args=[key]),
        phone=contact,
        results=[(code, str(text)) for code, text in AttemptResult.choices if one.call or code not in _ENDS_ELSEWHERE],
    )


# A follow-up is ended with its own outcome, on the page of the contact; here only tries are noted.
_ENDS_ELSEWHERE = frozenset({AttemptResult.GIVEN_UP, AttemptResult.NOT_NEEDED})


def _key(one: OwedCall) -> UUID:
    assert one.contact is not None  # noqa: S101  (narrows the type; a call owed is one or the other)
    return one.contact.pk


def _group(state: str) -> str:
    if state in _OVER:
        return "over"
    if state == VisitState.BOOKED:
        return "coming"
    return "serving" if state in {VisitState.SERVING, TicketState.SERVING} else "here"


def _tone(state: str, *, late: bool) -> str:
    tones = {"arrived": "info", "waiting": "info", "serving": "good", "no_show": "danger", "left": "danger"}
    return "warn" if late else tones.get(state, "neutral")


def _who(person_id: UUID | None, people: Mapping[UUID, str], otherwise: str) -> str:
    return people.get(person_id, _("Has a file")) if person_id else otherwise


def _file(person_id: UUID | None, people: Mapping[UUID, str]) -> str:
    return reverse("desk:people:file", args=[person_id]) if person_id in people else ""


def _record(person_id: UUID | None, by: Actor) -> list[Step]:
    if not by.may(RECORD_CONTACT):
        return []
    url = reverse("desk:cases:new_contact_of", args=[person_id]) if person_id else reverse("desk:cases:new_contact")
    return [Step(_("Record the contact"), url=url, icon="plus")]


def _steps_of_visit(visit: Appointment, by: Actor) -> list[Step]:
    state, person_id = visit.state, visit.person_id
    if state == VisitState.BOOKED and timezone.localdate(visit.starts_at) > timezone.localdate():
        return []
    steps = {
        VisitState.BOOKED: [
            Step(_("Is here"), VisitState.ARRIVED, icon="check"),
            Step(_("Did not come"), VisitState.NO_SHOW),
            Step(_("Was served"), VisitState.DONE),
        ],
        VisitState.ARRIVED: [
            Step(_("Begin"), VisitState.SERVING, icon="play"),
            Step(_("Not here after all"), VisitState.BOOKED),
        ],
        VisitState.SERVING: [
            Step(_("Done"), VisitState.DONE, icon="check"),
            *_record(person_id, by),
            Step(_("Back to waiting"), VisitState.ARRIVED),
        ],
        VisitState.NO_SHOW: [Step(_("Undo"), VisitState.BOOKED, icon="undo", kind="quiet")],
        VisitState.DONE: _record(person_id, by),
    }
    return steps.get(VisitState(state), [])


def _steps_of_ticket(state: str, person_id: UUID | None, key: UUID, by: Actor) -> list[Step]:
    steps = {
        TicketState.WAITING: [
            Step(_("Call the number"), TicketState.SERVING, icon="megaphone"),
            Step(_("Give a time instead"), url=reverse("desk:cases:ticket", args=[key])),
            Step(_("Has left"), TicketState.LEFT),
        ],
        TicketState.SERVING: [
            Step(_("Done"), TicketState.DONE, icon="check"),
            *_record(person_id, by),
            Step(_("Back to waiting"), TicketState.WAITING),
        ],
        TicketState.DONE: _record(person_id, by),
    }
    return steps.get(TicketState(state), [])
