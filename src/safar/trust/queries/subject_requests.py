"""Requests of people about their own data, in the order in which their time runs out."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import today
from safar.kernel.privacy import keys_of
from safar.trust.enums import RequestState
from safar.trust.models import AuditEntry, SubjectRequest
from safar.trust.permissions import RECEIVE_SUBJECT_REQUESTS

ANSWERED_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Change:
    """A field of the person that was changed since a correction was asked for, when and by whom."""

    at: dt.datetime
    who: str
    fields: Sequence[str]


def waiting(*, by: Actor) -> list[SubjectRequest]:
    """Return open requests, the one whose time runs out first on top; they hold a key and no name."""
    check_may(by, RECEIVE_SUBJECT_REQUESTS)
    return list(SubjectRequest.objects.filter(state=RequestState.OPEN).select_related("received_by"))


def answered(*, by: Actor) -> list[SubjectRequest]:
    """Return the last requests that were answered, newest first."""
    check_may(by, RECEIVE_SUBJECT_REQUESTS)
    closed = SubjectRequest.objects.exclude(state=RequestState.OPEN).select_related("answered_by")
    return list(closed.order_by("-answered_on", "-id")[:ANSWERED_SHOWN])


def late_or_due(*, until: dt.date) -> int:
    """Return how many open requests have to be answered up to a day."""
    return SubjectRequest.objects.filter(state=RequestState.OPEN, due_on__lte=until).count()


def days_left(request: SubjectRequest) -> int:
    """Return the days until the answer is due, negative when it is late."""
    return (request.due_on - today()).days


def get(request_id: UUID, *, by: Actor) -> SubjectRequest:
    """Return one request; raises SubjectRequest.DoesNotExist."""
    check_may(by, RECEIVE_SUBJECT_REQUESTS)
    return SubjectRequest.objects.select_related("received_by", "answered_by").get(pk=request_id)


def changes_since(request: SubjectRequest) -> list[Change]:
    """Return the changes to the person's file since the request came: what a correction led to."""
    rows = AuditEntry.objects.filter(
        person_key__in=keys_of(request.person_key), action="people.person.change", recorded_at__gte=request.recorded_at
    )
    return [
        Change(row.recorded_at, row.staff.full_name if row.staff else "", row.fields)
        for row in rows.select_related("staff").order_by("recorded_at", "id")
    ]
