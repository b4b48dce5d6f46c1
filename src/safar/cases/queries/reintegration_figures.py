"""What indicators 13, 14, 15 and 37 count, over any period; a person counts once, also after their file was erased."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from safar.cases.enums.cases import CaseEventKind, CaseKind, CaseState
from safar.cases.enums.reintegration import NeedState, PlanState
from safar.cases.models import CaseClosure, CaseEvent, ImmediateNeed, PlanGoal, ReintegrationPlan, ReviewRating
from safar.cases.rules.reintegration import SATISFIED_FROM
from safar.people.queries import clusters

_Row = tuple[UUID | None, UUID | None]


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """Answers on one line of service: how many, their mean from 1 to 5, and how many were satisfied (4 or 5)."""

    answers: int
    mean: float
    satisfied: int


@dataclass(frozen=True, slots=True)
class Returnees:
    """One period of work after return. Persons are persons; the dimensions of a plan overlap and do not add up to the plans."""

    assisted: int
    plans_agreed: int
    plans_completed: int
    agreed_by_dimension: dict[str, int]
    completed_by_dimension: dict[str, int]
    left_by_reason: dict[str, int]
    satisfaction: dict[str, Satisfaction]


def of_period(first: dt.date, last: dt.date, *, centre_id: UUID | None = None) -> Returnees:
    """Return the figures of the days from `first` to `last`, of one centre or of all."""
    span, heads = (first, last), clusters.heads()
    agreed, completed = _agreed(span, centre_id), _completed(span, centre_id)
    return Returnees(
        assisted=len(_persons(_assisted(span, centre_id), heads)),
        plans_agreed=len(_persons(agreed.values(), heads)),
        plans_completed=len(_persons(completed.values(), heads)),
        agreed_by_dimension=_by_dimension(agreed, heads),
        completed_by_dimension=_by_dimension(completed, heads),
        left_by_reason=_left(span, centre_id, heads),
        satisfaction=_satisfaction(span, centre_id),
    )


def _persons(rows: Iterable[_Row], heads: dict[UUID, UUID]) -> set[UUID]:
    keys = {(heads.get(person, person) if person else former) for person, former in rows}
    return {key for key in keys if key}


def _of_centre(prefix: str, centre_id: UUID | None) -> dict[str, object]:
    return {f"{prefix}centre": centre_id} if centre_id else {}


def _assisted(span: tuple[dt.date, dt.date], centre_id: UUID | None) -> list[_Row]:
    """Return whose file after return got a service in the period, or an immediate need met by the centre."""
    given = CaseEvent.objects.filter(
        kind=CaseEventKind.SERVICE,
        case_file__kind=CaseKind.REINTEGRATION,
        occurred_on__range=span,
        **_of_centre("case_file__", centre_id),
    )
    met = ImmediateNeed.objects.filter(
        state=NeedState.MET, settled_on__range=span, **_of_centre("reception__case_file__", centre_id)
    )
    return [
        *given.order_by().values_list("case_file__person", "case_file__former_person_key"),
        *met.order_by().values_list("reception__case_file__person", "reception__case_file__former_person_key"),
    ]


def _agreed(span: tuple[dt.date, dt.date], centre_id: UUID | None) -> dict[UUID, _Row]:
    """Return the plans that were the first agreed in their file; a later version is no new plan."""
    earlier = ReintegrationPlan.objects.filter(
        case_file=OuterRef("case_file"), agreed_on__isnull=False, version__lt=OuterRef("version")
    )
    plans = ReintegrationPlan.objects.filter(~Exists(earlier), agreed_on__range=span)
    return _whose(plans.filter(**_of_centre("case_file__", centre_id)))


def _completed(span: tuple[dt.date, dt.date], centre_id: UUID | None) -> dict[UUID, _Row]:
    plans = ReintegrationPlan.objects.filter(state=PlanState.COMPLETED, ended_on__range=span)
    return _whose(plans.filter(**_of_centre("case_file__", centre_id)))


def _whose(plans: QuerySet[ReintegrationPlan]) -> dict[UUID, _Row]:
    rows = plans.order_by().values_list("id", "case_file__person", "case_file__former_person_key")
    return {plan: (person, former) for plan, person, former in rows}


def _by_dimension(plans: dict[UUID, _Row], heads: dict[UUID, UUID]) -> dict[str, int]:
    found: dict[str, list[_Row]] = {}
    goals = PlanGoal.objects.filter(plan__in=plans).order_by().values_list("plan", "dimension")
    for plan, dimension in goals:
        found.setdefault(dimension, []).append(plans[plan])
    return {dimension: len(_persons(rows, heads)) for dimension, rows in sorted(found.items())}


def _left(span: tuple[dt.date, dt.date], centre_id: UUID | None, heads: dict[UUID, UUID]) -> dict[str, int]:
    closures = CaseClosure.objects.filter(
        case_file__state=CaseState.DROPOUT, closed_on__range=span, **_of_centre("case_file__", centre_id)
    )
    found: dict[str, list[_Row]] = {}
    rows = closures.order_by().values_list("reason", "case_file__person", "case_file__former_person_key")
    for reason, person, former in rows:
        found.setdefault(reason, []).append((person, former))
    return {reason: len(_persons(whose, heads)) for reason, whose in sorted(found.items())}


def _satisfaction(span: tuple[dt.date, dt.date], centre_id: UUID | None) -> dict[str, Satisfaction]:
    ratings = ReviewRating.objects.filter(review__held_on__range=span, **_of_centre("review__case_file__", centre_id))
    counted = Counter(ratings.order_by().values_list("line", "rating"))
    found: dict[str, Satisfaction] = {}
    for line in sorted({line for line, _rating in counted}):
        answers = {rating: count for (of, rating), count in counted.items() if of == line}
        total = sum(answers.values())
        mean = sum(rating * count for rating, count in answers.items()) / total
        satisfied = sum(count for rating, count in answers.items() if rating >= SATISFIED_FROM)
        found[line] = Satisfaction(total, mean, satisfied)
    return found
