"""What every worker of a centre carries. It tells a supervisor where help is needed; it is no measure of anybody's work."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, Model, QuerySet

from safar.cases.enums.cases import OPEN_CASES
from safar.cases.enums.referrals import OPEN_REFERRALS
from safar.cases.models import CaseFile, Contact, Referral
from safar.cases.permissions import SUPERVISE
from safar.cases.queries import care, follow_ups, heavy
from safar.cases.queries.care import Week
from safar.cases.queries.colleagues import contact_workers
from safar.cases.queries.contacts import standing
from safar.cases.queries.hand_overs import owner
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import today
from safar.kernel.retention import start_of
from safar.people.queries.consent import agreeing
from safar.trust.models import Staff

Counts = dict[UUID | None, int]
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Load:
    """What one worker carries; `worker` is empty for what nobody in particular does."""

    worker: Staff | None
    cases: int
    contacts: int
    follow_ups: int
    referrals: int
    heavy: int
    week: Week

    @property
    def is_anything(self) -> bool:
        return bool(self.cases or self.contacts or self.follow_ups or self.referrals or self.heavy)


@dataclass(frozen=True, slots=True)
class Caseload:
    """The loads of a centre, those with most open case files first, and its heavy cases."""

    loads: list[Load]
    heavy: list[heavy.HeavyCase]


def of_centre(*, by: Actor) -> Caseload:
    """Return what each worker of the supervisor's centre carries today; the number of queries does not depend on how many."""
    check_may(by, SUPERVISE)
    heavy_ones = heavy.heavy_cases(by=by)
    cases, referrals = _open_cases(by), _overdue_referrals(by)
    contacts, follow = _contacts_this_month(by), _overdue_follow_ups(by)
    heavy_counts, weeks = heavy.by_worker(heavy_ones), care.weeks_of_centre(by=by)
    workers = {member.pk: member for member in contact_workers(by.centre_id)}
    named = {key for counts in (cases, referrals, contacts, follow, heavy_counts) for key in counts if key}
    workers |= Staff.objects.in_bulk(list(named - workers.keys()))
    loads = [
        Load(
            worker,
            cases.get(key, 0),
            contacts.get(key, 0),
            follow.get(key, 0),
            referrals.get(key, 0),
            heavy_counts.get(key, 0),
            weeks.get(key, Week(None)) if key else Week(None),
        )
        for key, worker in [*workers.items(), (None, None)]
    ]
    shown = [load for load in loads if load.worker or load.is_anything]
    return Caseload(sorted(shown, key=_order), heavy_ones)


def overdue(*, by: Actor, worker_id: UUID | None = None) -> QuerySet[Contact]:
    """Return overdue follow-ups of the supervisor's centre with `owner`, the oldest first, to be cut into pages."""
    check_may(by, SUPERVISE)
    found = follow_ups.open_until(by=by, until=today() - dt.timedelta(days=1)).annotate(owner=owner())
    return found.filter(owner=worker_id) if worker_id else found


def _order(load: Load) -> tuple[int, int, str]:
    return (-load.cases, -load.contacts, load.worker.full_name if load.worker else "\uffff")


def _open_cases(by: Actor) -> Counts:
    found = _of_centre(CaseFile.objects.filter(state__in=sorted(OPEN_CASES)), by)
    return _counts(found.order_by("worker").values_list("worker").annotate(n=Count("*")))


def _contacts_this_month(by: Actor) -> Counts:
    since = start_of(today().replace(day=1))
    found = _of_centre(standing().filter(occurred_at__gte=since), by)
    return _counts(found.order_by("counsellor").values_list("counsellor").annotate(n=Count("*")))


def _overdue_follow_ups(by: Actor) -> Counts:
    found = _of_centre(standing().filter(follow_up_on__lt=today(), follow_up_done_at=None), by)
    return _counts(
        agreeing(found).annotate(owner=owner()).order_by("owner").values_list("owner").annotate(n=Count("*"))
    )


def _overdue_referrals(by: Actor) -> Counts:
    found = _of_centre(Referral.objects.filter(state__in=sorted(OPEN_REFERRALS), due_on__lt=today()), by)
    return _counts(found.order_by("made_by").values_list("made_by").annotate(n=Count("*")))


def _of_centre(found: QuerySet[Row], by: Actor) -> QuerySet[Row]:
    return found.filter(centre_id=by.centre_id) if by.centre_id else found


def _counts(rows: Iterable[tuple[UUID | None, int]]) -> Counts:
    return dict(rows)
