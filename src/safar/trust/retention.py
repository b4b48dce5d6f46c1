"""What trust itself ends: sign-ins of staff. Holds, sealed notes and the trail go with the person or by their own rules."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from axes.models import AccessAttempt, AccessLog
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safar.kernel.retention import Rule, register_rule, start_of

Due = Callable[[dt.date, dt.date], QuerySet[Any]]


def _ended_sessions(day: dt.date, _cut: dt.date) -> QuerySet[Session]:
    """Return sessions nobody can use any more, whatever the term: they hold who was signed in."""
    return Session.objects.filter(expire_date__lt=start_of(day))


def _old_sign_ins(_day: dt.date, cut: dt.date) -> QuerySet[Any]:
    return AccessLog.objects.filter(attempt_time__lt=start_of(cut))  # type: ignore[no-any-return]


def _old_failures(_day: dt.date, cut: dt.date) -> QuerySet[Any]:
    return AccessAttempt.objects.filter(attempt_time__lt=start_of(cut))  # type: ignore[no-any-return]


def _delete_sessions(keys: Sequence[Any]) -> None:
    Session.objects.filter(pk__in=keys).delete()


def _delete_sign_ins(keys: Sequence[Any]) -> None:
    AccessLog.objects.filter(pk__in=keys).delete()


def _delete_failures(keys: Sequence[Any]) -> None:
    AccessAttempt.objects.filter(pk__in=keys).delete()


def _rule(code: str, label: Promise, due: Due, end: Callable[[Sequence[Any]], None], term: Promise | str = "") -> None:
    register_rule(Rule(code=code, purpose="sign_ins", label=label, effect=_("Deleted"), due=due, end=end, term=term))


_rule("trust.sessions", _("Ended sessions of staff"), _ended_sessions, _delete_sessions, _("When they end"))
_rule("trust.sign_ins", _("Records of sign-ins"), _old_sign_ins, _delete_sign_ins)
_rule("trust.failed_sign_ins", _("Records of failed sign-ins"), _old_failures, _delete_failures)
