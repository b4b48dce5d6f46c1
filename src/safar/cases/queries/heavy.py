"""Which open cases are heavy, by the stated weights of the reviewed rule file, each with its reasons."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet

from safar.cases.enums.cases import OPEN_CASES
from safar.cases.enums.contacts import FlagKind
from safar.cases.enums.instruments import AssessmentState
from safar.cases.models import Assessment, CaseFile, Contact, ContactFlag
from safar.cases.permissions import READ_SENSITIVE, SUPERVISE
from safar.cases.queries.supervision_rules import HeavyFile, heavy_file
from safar.cases.rules.heavy import CaseLoad, HeavyRules, Reason, total, weigh
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import today
from safar.kernel.retention import start_of

Scores = dict[str, Mapping[str, float | None]]


@dataclass(frozen=True, slots=True)
class HeavyCase:
    """An open case at or above the stated sum, with everything that weighs in it."""

    case_id: UUID
    person_id: UUID | None
    worker_id: UUID | None
    kind: str
    opened_on: dt.date
    reasons: list[Reason]
    total: int


def heavy_cases(*, by: Actor) -> list[HeavyCase]:
    """Return the heavy ones among the open cases of the actor's centre, the heaviest first; 4 queries, names come apart."""
    check_may(by, SUPERVISE)
    rules, day = heavy_file(), today()
    weights, cases = rules.rules, _open_cases(by)
    flags, scores = _flags(cases, rules, day), _scores(cases, rules, by)
    if _needs_a_sign(weights):
        cases = cases.filter(person__in=[person for person in {*flags, *scores} if person])
    contacts = _contacts(cases, rules, day)
    rows = cases.order_by("opened_on", "id").values_list("pk", "person_id", "worker_id", "kind", "opened_on")
    found = []
    for pk, person, worker, kind, opened_on in rows:
        load = CaseLoad(
            frozenset(flags.get(person, ())),
            (day - opened_on).days,
            contacts.get(person, 0) if person else 0,
            scores.get(person, {}),
        )
        reasons = weigh(load, weights)
        if (weight := total(reasons)) >= rules.heavy_from:
            found.append(HeavyCase(pk, person, worker, kind, opened_on, reasons, weight))
    return sorted(found, key=lambda case: (-case.total, case.opened_on))


def _needs_a_sign(rules: HeavyRules) -> bool:
    """Return whether time and contacts alone never reach the sum, so that only cases with a warning sign are looked at."""
    most = [max((step.weight for step in steps), default=0) for steps in (rules.days_open, rules.contacts)]
    return sum(most) < rules.heavy_from


def by_worker(cases: Iterable[HeavyCase]) -> dict[UUID | None, int]:
    """Return how many heavy cases each worker carries."""
    count: dict[UUID | None, int] = defaultdict(int)
    for case in cases:
        count[case.worker_id] += 1
    return dict(count)


def _open_cases(by: Actor) -> QuerySet[CaseFile]:
    cases = CaseFile.objects.filter(state__in=sorted(OPEN_CASES))
    return cases.filter(centre_id=by.centre_id) if by.centre_id else cases


def _flags(cases: QuerySet[CaseFile], rules: HeavyFile, day: dt.date) -> dict[UUID | None, set[str]]:
    since = start_of(day - dt.timedelta(days=rules.flags_within_days))
    seen = ContactFlag.objects.filter(
        kind=FlagKind.PERSON,
        code__in=sorted(rules.flags),
        contact__voided_at=None,
        contact__occurred_at__gte=since,
        contact__person__in=cases.values("person"),
    )
    found: dict[UUID | None, set[str]] = defaultdict(set)
    for person, code in seen.order_by("id").values_list("contact__person", "code"):
        found[person].add(code)
    return found


def _scores(cases: QuerySet[CaseFile], rules: HeavyFile, by: Actor) -> dict[UUID | None, Scores]:
    """Return the latest scores of the instruments that weigh, for a supervisor who may read the sensitive ones."""
    if not by.may(READ_SENSITIVE):
        return {}
    made = Assessment.objects.filter(
        version__instrument__code__in={one.instrument for one in rules.assessments}, person__in=cases.values("person")
    )
    rows = made.exclude(state=AssessmentState.VOIDED).order_by("completed_on", "id")
    found: dict[UUID | None, Scores] = defaultdict(dict)
    for person, code, scores in rows.values_list("person", "version__instrument__code", "scores"):
        found[person][code] = scores
    return found


def _contacts(cases: QuerySet[CaseFile], rules: HeavyFile, day: dt.date) -> dict[UUID, int]:
    """Return who came at least as often as the first step asks for, and how often."""
    since = start_of(day - dt.timedelta(days=rules.contacts_within_days))
    fewest = min((step.at_least for step in rules.contacts), default=1)
    came = Contact.objects.filter(voided_at=None, occurred_at__gte=since, person__in=cases.values("person"))
    often = came.order_by("person").values("person").annotate(times=Count("*")).filter(times__gte=fewest)
    return {row["person"]: row["times"] for row in often}
