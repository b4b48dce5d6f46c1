"""What is due to end, what is on hold, and what past nights ended. Counts only, until somebody opens the list of files."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import today
from safar.kernel.privacy import keys_of
from safar.kernel.retention import Rule, rules
from safar.trust.models import Centre, RetentionHold, RetentionRun
from safar.trust.permissions import MANAGE_RETENTION
from safar.trust.queries import terms
from safar.trust.queries.profile import profile

# A damage limit: a file read with wrong dates, or a wrong clock, must not empty a registry in one night.
MOST_FILES_A_NIGHT = 500
AHEAD = dt.timedelta(days=30)


_Counts: TypeAlias = dict[UUID | None, int]


@dataclass(frozen=True, slots=True)
class Share:
    """How many of one kind are due at one centre; without a centre where they belong to none."""

    centre: str
    now: int
    soon: int


@dataclass(frozen=True, slots=True)
class DueKind:
    """One kind of record: its term, what happens to it, and how many are due now and within a month."""

    code: str
    label: str | Promise
    effect: str | Promise
    months: int | None
    term: str | Promise
    is_file: bool
    now: int
    soon: int
    on_hold: int
    shares: Sequence[Share]


def hold_on(person_key: UUID) -> RetentionHold | None:
    """Return the hold on a person's records, None when there is none or its day has passed."""
    return standing_holds().filter(person_key__in=keys_of(person_key)).first()


def standing_holds() -> QuerySet[RetentionHold]:
    return RetentionHold.objects.filter(lifted_at=None, until__gte=today()).select_related("placed_by")


def _held() -> list[UUID]:
    """Return every key of every person on hold: files that were merged are held together."""
    return sorted({key for held in standing_holds().values_list("person_key", flat=True) for key in keys_of(held)})


def on_hold_until(day: dt.date) -> str:
    return _("These records are on hold until %(day)s. Lift the hold first, or wait.") % {"day": f"{day:%d.%m.%Y}"}


def rule(code: str) -> Rule:
    """Return the rule with this code; LookupError when there is none."""
    for found in rules():
        if found.code == code:
            return found
    raise LookupError(code)


def due(found: Rule, day: dt.date) -> QuerySet[Any]:
    """Return what a rule ends on a day: its term is over and no hold protects it."""
    cut = terms.cut(found.purpose, day)
    if cut is None:
        # The rule's own manager knows the model; an empty range of it stands for "kept for good".
        return found.due(day, terms.BEFORE_ANYTHING).none()
    rows = found.due(day, cut)
    if not found.person:
        return rows
    return rows.exclude(**{f"{found.person}__in": _held()})


def preview(day: dt.date, *, by: Actor) -> list[DueKind]:
    """Return each kind with its counts by centre, on `day` and a month later; nothing personal is in it."""
    check_may(by, MANAGE_RETENTION)
    names = {centre.pk: str(centre) for centre in Centre.objects.order_by("code")}
    held = _held()
    return [_preview_of(found, day, names, held) for found in rules()]


def _preview_of(found: Rule, day: dt.date, names: dict[UUID, str], held: Sequence[UUID]) -> DueKind:
    current, blocked = _by_centre(found, day, held)
    later, _blocked = _by_centre(found, day + AHEAD, held)
    shares = [
        Share(names.get(key, "") if key else "", current.get(key, 0), later.get(key, 0) - current.get(key, 0))
        for key in sorted({*current, *later}, key=lambda key: names.get(key, "") if key else "")
    ]
    now = sum(current.values())
    return DueKind(
        code=found.code,
        label=found.label,
        effect=found.effect,
        months=profile().retention(found.purpose),
        term=found.term,
        is_file=found.is_file,
        now=now,
        soon=sum(later.values()) - now,
        on_hold=sum(blocked.values()),
        shares=shares,
    )


def _by_centre(found: Rule, day: dt.date, held: Sequence[UUID]) -> tuple[_Counts, _Counts]:
    """Return by centre how many rows are due and how many of the same term a hold protects.

    Both are counted on one way through the rows: what a rule asks is the costly part, and on a large registry takes seconds.
    """
    cut = terms.cut(found.purpose, day)
    if cut is None:
        return {}, {}
    rows = found.due(day, cut).order_by()
    protected = Q(**{f"{found.person}__in": held}) if found.person else Q(pk__in=())
    counts = {"free": Count("pk", filter=~protected), "kept": Count("pk", filter=protected)}
    if not found.centre:
        only = rows.aggregate(**counts)
        lines = [(None, only["free"], only["kept"])]
    else:
        grouped = rows.values(found.centre).annotate(**counts).order_by(found.centre)
        lines = list(grouped.values_list(found.centre, "free", "kept"))
    return {key: free for key, free, _kept in lines if free}, {key: kept for key, _free, kept in lines if kept}


def last_runs(limit: int = 14) -> list[RetentionRun]:
    return list(RetentionRun.objects.order_by("-recorded_at", "-id")[:limit])
