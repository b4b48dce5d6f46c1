"""How private each field of the desk's day is; erasure leaves visits, numbers and calls that lead to nobody."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from safar.cases.models import Appointment, CallBack, Ticket
from safar.kernel.ids import new_id
from safar.kernel.privacy import Effect, Privacy, classed
from safar.people.queries.clusters import members_of

FIELDS: dict[str, Privacy] = {
    **classed(
        Privacy.INTERNAL,
        "Appointment",
        *(
            "id",
            "recorded_at",
            "former_person_key",
            "centre",
            "staff",
            "starts_at",
            "minutes",
            "seat",
            "place",
            "state",
        ),
        *("origin", "language", "booked_by", "arrived_at", "served_at", "ended_at", "called_off_by", "reason"),
        "asked_about_on",
    ),
    **classed(Privacy.PERSONAL, "Appointment", "person", "name", "contact"),
    # The code alone moves the visit, and the topic says why somebody comes.
    **classed(Privacy.SENSITIVE, "Appointment", "code", "topic"),
    **classed(
        Privacy.INTERNAL,
        "Ticket",
        *(
            "id",
            "recorded_at",
            "former_person_key",
            "centre",
            "day",
            "number",
            "language",
            "state",
            "staff",
            "given_by",
        ),
        *("came_at", "served_at", "ended_at", "asked_about_on"),
    ),
    **classed(Privacy.PERSONAL, "Ticket", "person"),
    **classed(Privacy.SENSITIVE, "Ticket", "need"),
    **classed(
        Privacy.INTERNAL,
        "CallBack",
        *("id", "recorded_at", "former_person_key", "centre", "reason", "due_on", "staff", "state", "ended_at"),
    ),
    **classed(Privacy.PERSONAL, "CallBack", "person", "name", "contact"),
    **classed(Privacy.INTERNAL, "CallAttempt", "id", "recorded_at", "call", "contact", "result", "staff"),
    **classed(
        Privacy.INTERNAL,
        "RotaShift",
        *("id", "recorded_at", "staff", "centre", "weekday", "starts", "ends", "slot_minutes", "seats", "for_public"),
        *("valid_from", "valid_until"),
    ),
    **classed(
        Privacy.INTERNAL,
        "RotaChange",
        *("id", "recorded_at", "kind", "day", "staff", "centre", "reason", "name", "starts", "ends", "slot_minutes"),
        *("seats", "for_public"),
    ),
    **classed(Privacy.INTERNAL, "CalendarFeed", "id", "recorded_at", "staff", "token_hash", "revoked_at"),
}


def export(person_id: UUID) -> Mapping[str, Any]:
    """Return the visits, numbers and call-backs of a person as plain values."""
    members = members_of(person_id)
    visits = Appointment.objects.filter(person__in=members).select_related("centre")
    tickets = Ticket.objects.filter(person__in=members).select_related("centre")
    calls = CallBack.objects.filter(person__in=members).prefetch_related("attempts")
    return {
        "visits": [
            {
                "at": timezone.localtime(visit.starts_at).strftime("%Y-%m-%d %H:%M"),
                "centre": visit.centre.code,
                "state": visit.state,
                "topic": visit.topic,
                "name": visit.name,
                "contact": visit.contact,
            }
            for visit in visits
        ],
        "tickets": [
            {
                "day": str(ticket.day),
                "centre": ticket.centre.code,
                "number": ticket.number,
                "need": ticket.need,
                "state": ticket.state,
            }
            for ticket in tickets
        ],
        "call_backs": [
            {
                "due_on": str(call.due_on),
                "reason": call.reason,
                "state": call.state,
                "name": call.name,
                "contact": call.contact,
                "attempts": [attempt.result for attempt in call.attempts.all()],
            }
            for call in calls
        ],
    }


def erase(person_id: UUID) -> None:
    """Unlink and empty: that a visit took place or was missed stays countable, under one key that leads nowhere."""
    members, key = members_of(person_id), new_id()
    unlinked: dict[str, Any] = {"person": None, "former_person_key": key}
    Appointment.objects.filter(person__in=members).update(**unlinked, name="", contact="", code="", topic="")
    Ticket.objects.filter(person__in=members).update(**unlinked)
    CallBack.objects.filter(person__in=members).update(**unlinked, name="", contact="")


def preview(person_id: UUID) -> list[Effect]:
    """Tell what erasing the person does to the day's lists."""
    members = members_of(person_id)
    left = _("The day and what became of it, without the person")
    counts = [
        (_("Booked visits"), Appointment.objects.filter(person__in=members).count()),
        (_("Waiting numbers"), Ticket.objects.filter(person__in=members).count()),
        (_("Call-backs"), CallBack.objects.filter(person__in=members).count()),
    ]
    return [Effect(what, 0, count, left) for what, count in counts if count]
