"""Who stays in the programme after return, from the files of the actor's centre."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from safar.cases.enums.cases import CaseKind, CaseState
from safar.cases.enums.reintegration import InContact, ReviewState
from safar.cases.models import PlanReview, Reception, ReintegrationPlan
from safar.cases.permissions import READ_COHORTS
from safar.cases.rules.cohorts import FINISHED, LEFT, STILL_IN, Member
from safar.cases.rules.reintegration import months_after
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import today
from safar.methods.disclosure.protection import protect
from safar.methods.disclosure.system import one_way
from safar.people.queries import clusters
from safar.trust.queries.profile import profile

MONTHS_BACK = 36
UNKNOWN = "unknown"
_CASE = ("id", "person", "former_person_key", "person__sex", "sex", "return_type", "state", "closed_on", "opened_on")


def by_plan(*, by: Actor) -> list[Member]:
    """Return everybody whose first plan was agreed in the past three years, from that day on."""
    check_may(by, READ_COHORTS)
    plans = ReintegrationPlan.objects.filter(agreed_on__gte=_since()).order_by("agreed_on", "id")
    if by.centre_id:
        plans = plans.filter(case_file__centre=by.centre_id)
    rows = plans.values_list("agreed_on", *(f"case_file__{name}" for name in _CASE))
    earlier = ReintegrationPlan.objects.filter(agreed_on__lt=_since()).order_by().values_list("case_file", flat=True)
    before = set(earlier)
    begun = [(agreed_on, agreed_on, case) for agreed_on, *case in rows if case[0] not in before]
    return _members(begun)


def by_return(*, by: Actor) -> list[Member]:
    """Return everybody received who came back in the past three years, grouped by that month, from the opening of their file."""
    check_may(by, READ_COHORTS)
    met = Reception.objects.filter(return_month__gte=_since(), case_file__kind=CaseKind.REINTEGRATION)
    if by.centre_id:
        met = met.filter(case_file__centre=by.centre_id)
    rows = met.order_by("received_on", "id").values_list("return_month", *(f"case_file__{name}" for name in _CASE))
    return _members([(month, case[-1], case) for month, *case in rows])


def groups_shown(members: Sequence[Member], name: str) -> dict[str, list[Member]]:
    """Return the members by `sex` or `return_type`, only groups that may be shown: none small, none got by subtraction."""
    counts = Counter(getattr(member, name) for member in members)
    least = profile().disclosure.sensitive
    if not counts:
        return {}
    cells = protect(one_way(name, counts), threshold=least, sensitive_threshold=least)
    shown = [code for code in sorted(counts) if cells[name, code] is not None]
    return {code: [member for member in members if getattr(member, name) == code] for code in shown}


def _since() -> dt.date:
    return months_after(today().replace(day=1), -MONTHS_BACK)


def _members(begun: list[tuple[dt.date, dt.date, list[object]]]) -> list[Member]:
    """Return one member a person, by their first file of the period; of merged files the one that answers counts."""
    heads = clusters.heads()
    seen: set[object] = set()
    chosen: dict[UUID, Member] = {}
    for month, start, case in begun:
        case_id, person, former, sex, own_sex, return_type, state, closed_on, _opened_on = case
        who = heads.get(person, person) if isinstance(person, UUID) else former
        if who in seen:
            continue
        seen.add(who)
        chosen[case_id] = Member(  # type: ignore[index]
            month=month.replace(day=1),
            start=start,
            sex=str(sex or own_sex or UNKNOWN),
            return_type=str(return_type or UNKNOWN),
            how=LEFT if state == CaseState.DROPOUT else FINISHED if closed_on else STILL_IN,
            ended_on=max(closed_on, start) if isinstance(closed_on, dt.date) else None,
        )
    return _with_marks(chosen)


def _with_marks(chosen: dict[UUID, Member]) -> list[Member]:
    held = PlanReview.objects.filter(state=ReviewState.HELD, contact=InContact.YES, case_file__in=chosen)
    met: dict[UUID, set[int]] = {}
    for case_id, months in held.order_by().values_list("case_file", "months"):
        met.setdefault(case_id, set()).add(months)
    return [replace(member, met=frozenset(met.get(case_id, ()))) for case_id, member in chosen.items()]
