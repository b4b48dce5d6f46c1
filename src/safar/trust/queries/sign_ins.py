"""Who signed in, and who failed to. The rows are django-axes' own; passwords are never among them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from axes.helpers import get_cool_off
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.db.models import Max, QuerySet, Sum

from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import now
from safar.trust.models import Staff
from safar.trust.permissions import SEE_AUDIT


@dataclass(frozen=True, slots=True)
class FailedSignIns:
    """Wrong passwords for one e-mail address from one machine since the last success."""

    email: str
    address: str
    failures: int
    last_at: dt.datetime
    locked_until: dt.datetime | None


@dataclass(frozen=True, slots=True)
class SignIn:
    """One sign-in of a member of staff and, when they signed out themselves, its end."""

    at: dt.datetime
    address: str
    device: str
    signed_out_at: dt.datetime | None


def cool_off() -> dt.timedelta:
    """Return how long sign-in stays locked after too many wrong passwords."""
    wait: dt.timedelta | None = get_cool_off()
    return wait or dt.timedelta()


def failed(*, by: Actor) -> list[FailedSignIns]:
    """Return the failures of the last cool-off period, newest first; older ones are rows of the trail."""
    check_may(by, SEE_AUDIT)
    rows = (
        _recent()
        .values("username", "ip_address")
        .annotate(failures=Sum("failures_since_start"), at=Max("attempt_time"))
    )
    return [_failed(row) for row in rows.order_by("-at")[:200]]


def locked_until(email: str, address: str | None) -> dt.datetime | None:
    """Return until when this e-mail address may not try again from this machine, or None when it may."""
    found = (
        _recent()
        .filter(username=email.strip().lower(), ip_address=address)
        .aggregate(failures=Sum("failures_since_start"), at=Max("attempt_time"))
    )
    return _lock_end(found)


def last_of(staff: Staff, count: int = 10) -> list[SignIn]:
    """Return somebody's own last sign-ins, so that they notice one that was not theirs."""
    rows = AccessLog.objects.filter(username=staff.email).order_by("-attempt_time", "-pk")[:count]
    return [SignIn(row.attempt_time, row.ip_address or "", row.user_agent, row.logout_time) for row in rows]


def _recent() -> "QuerySet[Any]":
    return AccessAttempt.objects.filter(attempt_time__gte=now() - cool_off()).order_by()  # type: ignore[no-any-return]


def _failed(row: Mapping[str, Any]) -> FailedSignIns:
    return FailedSignIns(
        email=row["username"] or "",
        address=row["ip_address"] or "",
        failures=row["failures"],
        last_at=row["at"],
        locked_until=_lock_end(row),
    )


def _lock_end(row: Mapping[str, Any]) -> dt.datetime | None:
    """Return the end of the lock; failures from several browsers of one machine count together, as axes counts them."""
    if (row["failures"] or 0) < settings.AXES_FAILURE_LIMIT:
        return None
    last: dt.datetime = row["at"]
    return last + cool_off()
