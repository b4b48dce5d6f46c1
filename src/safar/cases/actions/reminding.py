"""The day before: reminding those who are booked, through the consent gate, by a channel and with words that are agreed."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from safar.cases.enums.day import VisitState
from safar.cases.models import Appointment
from safar.cases.permissions import RUN_DAY
from safar.cases.queries.rota import at, places_of
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import today
from safar.messaging.actions import outbox
from safar.messaging.channels.contract import installed
from safar.messaging.enums import MessageKind, MessageState
from safar.messaging.models import Message
from safar.messaging.permissions import SEND_MESSAGE
from safar.people.models import Person
from safar.people.queries.consent import may_contact
from safar.people.rules import telling_words
from safar.reference.queries import places
from safar.trust.models import Centre
from safar.trust.queries.profile import profile


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many reminders were written, and how many of them the consent gate kept back."""

    sent: int
    kept_back: int


def remind_of_tomorrow(*, by: Actor) -> Reminded:
    """Write a reminder of every visit of tomorrow that has none yet; one kept back is not tried a second time."""
    check_may(by, RUN_DAY)
    check_may(by, SEND_MESSAGE)
    found = [_remind(visit, by) for visit in without_reminder(today() + dt.timedelta(days=1), by=by)]
    kept_back = sum(message.state == MessageState.REFUSED for message in found)
    return Reminded(len(found) - kept_back, kept_back)


def without_reminder(day: dt.date, *, by: Actor) -> list[Appointment]:
    """Return the visits of people with a file on a day at the actor's places of which nobody has been reminded."""
    start = at(day, dt.time.min)
    visits = Appointment.objects.filter(
        centre__in=places_of(by),
        person__isnull=False,
        state=VisitState.BOOKED,
        starts_at__gte=start,
        starts_at__lt=start + dt.timedelta(days=1),
    )
    found = list(visits.select_related("person", "centre"))
    done = set(Message.objects.filter(about_key__in=[visit.pk for visit in found]).values_list("about_key", flat=True))
    return [visit for visit in found if visit.pk not in done]


@transaction.atomic
def _remind(visit: Appointment, by: Actor) -> Message:
    person = visit.person
    assert person is not None  # noqa: S101  (narrows the type; only visits of people with a file come here)
    language = person.language if person.language in profile().languages.public else profile().default_language
    return outbox.send_reminder(
        person_id=person.pk,
        kind=MessageKind.APPOINTMENT,
        at=visit.starts_at,
        place=_neutral(visit.centre, language),
        language=language,
        channel=_channel(person),
        about_key=visit.pk,
        by=by,
    )


def _channel(person: Person) -> str:
    """Return the first channel of this installation that the person's consent and contact points allow now, else the first."""
    every = list(installed())
    return next((channel for channel in every if may_contact(person.pk, channel).allowed), every[0])


def _neutral(centre: Centre, language: str) -> str:
    """Return where the visit is in words that tell others nothing: the address, else the town."""
    said: str = centre.address.text(language) or centre.name.text(language)
    if not telling_words(said):
        return said
    return places.name(centre.district or centre.region).text(language)
