"""Whom awareness still needs, and when those who signed up for a session are forgotten."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from safar.awareness.models import NamedAttendance, SignUp
from safar.kernel.retention import Keeper, Rule, register_keeper, register_rule, start_of
from safar.trust.queries.terms import needed_since


def _recent_attendances(day: dt.date) -> QuerySet[NamedAttendance, UUID]:
    since = start_of(needed_since("contacts_without_case", day))
    return NamedAttendance.objects.filter(session__starts_at__gte=since).values("person")  # type: ignore[return-value]


def _old_sign_ups(_day: dt.date, cut: dt.date) -> QuerySet[SignUp]:
    return SignUp.objects.filter(session__starts_at__lt=start_of(cut)).exclude(name="", phone="")


def _forget(keys: Sequence[Any]) -> None:
    """Empty name and phone; the row stays, so that the number of places taken stays true."""
    SignUp.objects.filter(pk__in=keys).update(name="", phone="")


register_keeper(Keeper("awareness.attendances", _recent_attendances))
register_rule(
    Rule(
        code="awareness.sign_ups",
        purpose="sign_ups",
        label=_("Names and phones of sign-ups"),
        effect=_("Emptied; the place taken still counts"),
        due=_old_sign_ups,
        end=_forget,
        centre="session__centre",
    )
)
