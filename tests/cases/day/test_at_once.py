"""A seat and a number are given once, with real threads on the engine in use."""

import datetime as dt
from collections.abc import Callable
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection

from safar.cases.actions import appointments, tickets
from safar.cases.enums.day import VisitOrigin
from safar.cases.models import Appointment, RotaChange
from safar.cases.queries import rota
from safar.cases.queries.rota import SlotKey
from safar.cases.rules.day import VisitDetails
from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from tests.factories import trust

# Threads see only what is committed; SQLite works on a copy, which needs no emptying afterwards.
pytestmark = pytest.mark.django_db(transaction=connection.vendor != "sqlite")


def _rota(seats: int) -> SlotKey:
    """Plan a colleague for tomorrow, whatever weekday and holiday it is, and give the slot at eleven."""
    member, day = trust.staff("counsellor"), today() + dt.timedelta(days=1)
    RotaChange.objects.create(
        kind="extra", day=day, staff=member, centre=member.centre, reason="extra", starts=dt.time(9), ends=dt.time(13),
        seats=seats,
    )  # fmt: skip
    return SlotKey(member.pk, member.centre_id, rota.at(day, dt.time(11)))


def test_the_last_seats_are_not_given_twice_at_the_desk_and_on_the_portal(at_once: Callable[..., list]) -> None:
    [slot] = at_once(partial(_rota, 2))
    at_desk = partial(appointments.book, slot=slot, details=VisitDetails(name="A"), by=MACHINE)
    at_home = partial(
        appointments.book_public, centre_id=slot.centre_id, starts_at=slot.starts_at, details=VisitDetails()
    )
    results = at_once(*[at_desk] * 4, *[at_home] * 4)
    assert sum(isinstance(result, Appointment) for result in results) == 2, results
    assert sum(isinstance(result, ValidationError) for result in results) == 6, results
    assert at_once(lambda: sorted(Appointment.objects.values_list("seat", flat=True))) == [[1, 2]]


def test_a_number_is_never_repeated(at_once: Callable[..., list]) -> None:
    [slot] = at_once(partial(_rota, 1))
    give = partial(tickets.give, centre_id=slot.centre_id, by=MACHINE)
    results = at_once(*[give] * 8)
    assert sorted(result.number for result in results) == list(range(1, 9)), results


def test_the_table_itself_refuses_a_second_visit_on_a_seat(at_once: Callable[..., list]) -> None:
    """The check could be forgotten by whoever writes the next action; the table cannot."""
    [slot] = at_once(partial(_rota, 1))
    row = {"staff_id": slot.staff_id, "centre_id": slot.centre_id, "starts_at": slot.starts_at, "minutes": 30}
    insert = partial(Appointment.objects.create, **row, origin=VisitOrigin.DESK)
    results = at_once(insert, insert)
    assert {type(result) for result in results} == {Appointment, IntegrityError}, results
