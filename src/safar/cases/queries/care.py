"""Heavy weeks: what a worker said, and when they are gently asked. For the worker and their supervisor, and for no figure."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from safar.cases.enums.contacts import FlagKind
from safar.cases.models import Contact, HeavyWeek
from safar.cases.permissions import RECORD_CONTACT, SUPERVISE
from safar.cases.queries.supervision_rules import heavy_file
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import today
from safar.kernel.retention import start_of


@dataclass(frozen=True, slots=True)
class Week:
    """How somebody's week is: what they said themselves, and how many hard conversations the hint is about, if any."""

    said: HeavyWeek | None
    hard: int = 0

    @property
    def is_told(self) -> bool:
        return self.said is not None or self.hard > 0


def own_week(*, by: Actor) -> Week:
    """Return the actor's own week."""
    check_may(by, RECORD_CONTACT)
    said = HeavyWeek.objects.filter(staff=by.id, until__gte=today()).first()
    return Week(said, _hard([by.id] if by.id else []).get(by.id, 0))


def weeks_of_centre(*, by: Actor) -> dict[UUID, Week]:
    """Return the weeks of the workers of the supervisor's centre who said something or have a hint, by their keys."""
    check_may(by, SUPERVISE)
    told = HeavyWeek.objects.filter(until__gte=today()).order_by("staff")
    told = told.filter(staff__centre_id=by.centre_id) if by.centre_id else told
    said = {one.staff_id: one for one in told}
    hard = _hard(None, by.centre_id)
    return {key: Week(said.get(key), hard.get(key, 0)) for key in {*said, *(one for one in hard if one)}}


def _hard(staff: list[UUID] | None, centre_id: UUID | None = None) -> Mapping[UUID | None, int]:
    """Return who had as many hard conversations in the last days as the rule file names, and how many."""
    care = heavy_file().care
    since = start_of(today() - dt.timedelta(days=care.within_days))
    lately = Contact.objects.filter(voided_at=None, occurred_at__gte=since, counsellor__isnull=False)
    if centre_id:
        lately = lately.filter(centre_id=centre_id)
    if staff is not None:
        lately = lately.filter(counsellor__in=staff)
    hard = lately.filter(red_flags__kind=FlagKind.PERSON, red_flags__code__in=care.flags)
    counted = hard.order_by("counsellor").values("counsellor").annotate(times=Count("id", distinct=True))
    return {row["counsellor"]: row["times"] for row in counted.filter(times__gte=care.conversations)}
