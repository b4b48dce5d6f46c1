"""What trust itself ends: sign-ins of staff, and what was decided about people, as long after as the trail is kept.

Sealed notes go with the person; the trail is pruned by an action of its own, because the database refuses to delete its rows.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from axes.models import AccessAttempt, AccessLog
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safar.kernel.retention import Rule, register_rule, start_of
from safar.trust.models import RetentionHold, SealedOpening, SealedReader, SubjectRequest

Over = Callable[[dt.date, dt.date], Q]


def _rule(
    code: str,
    model: Any,
    over: Over,
    *,
    label: Promise,
    purpose: str = "sign_ins",
    person: str = "",
    term: Promise | str = "",
) -> None:
    """Register a rule that deletes the rows for which `over(day, cut)` holds."""

    def due(day: dt.date, cut: dt.date) -> QuerySet[Any]:
        return model.objects.filter(over(day, cut))  # type: ignore[no-any-return]

    def end(keys: Sequence[Any]) -> None:
        model.objects.filter(pk__in=keys).delete()

    register_rule(
        Rule(code, purpose, label, effect=_("Deleted"), due=due, end=end, person=person, term=term),
    )


# Sessions nobody can use any more go at once, whatever the term: they hold who was signed in.
_rule(
    "trust.sessions",
    Session,
    lambda day, _cut: Q(expire_date__lt=start_of(day)),
    label=_("Ended sessions of staff"),
    term=_("When they end"),
)
_rule("trust.sign_ins", AccessLog, lambda _day, cut: Q(attempt_time__lt=start_of(cut)), label=_("Records of sign-ins"))
_rule(
    "trust.failed_sign_ins",
    AccessAttempt,
    lambda _day, cut: Q(attempt_time__lt=start_of(cut)),
    label=_("Records of failed sign-ins"),
)
_rule(
    "trust.requests",
    SubjectRequest,
    lambda _day, cut: Q(answered_on__lt=cut),
    label=_("Answered requests of people about their data"),
    purpose="audit",
    person="person_key",
)
_rule(
    "trust.openings",
    SealedOpening,
    lambda _day, cut: Q(recorded_at__lt=start_of(cut)),
    label=_("Requests to open sealed notes"),
    purpose="audit",
    person="person_key",
)
_rule(
    "trust.readers",
    SealedReader,
    lambda _day, cut: Q(ended_at__lt=start_of(cut)) | Q(until__lt=cut),
    label=_("Readers whose duty is over"),
    purpose="audit",
)
_rule(
    "trust.holds",
    RetentionHold,
    lambda _day, cut: Q(lifted_at__lt=start_of(cut)) | Q(until__lt=cut),
    label=_("Holds that are over"),
    purpose="audit",
)
