"""Who stays in the programme after return: groups of people who began in the same period, and how many are still there."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from safar.cases.rules.reintegration import REVIEW_MONTHS, months_after
from safar.methods.evaluation.survival import Curve, kaplan_meier

DAYS_A_MONTH = 365.25 / 12
LEFT, FINISHED, STILL_IN = "left", "finished", "still_in"


@dataclass(frozen=True, slots=True)
class Member:
    """One person of a group: since when the centre could lose them, and how it ended if it did.

    `month` is the first day of the month that puts the person into a group; `met` are the marks at which they were met.
    """

    month: dt.date
    start: dt.date
    sex: str
    return_type: str
    how: str = STILL_IN
    ended_on: dt.date | None = None
    met: frozenset[int] = frozenset()

    def left_by(self, day: dt.date) -> bool:
        return self.how == LEFT and self.ended_on is not None and self.ended_on <= day


@dataclass(frozen=True, slots=True)
class Mark:
    """A group some months on: of how many it can be known yet, how many had not dropped out, how many were met then."""

    months: int
    due: int
    kept: int
    met: int


@dataclass(frozen=True, slots=True)
class Cohort:
    """People who began in one period; the three ways out add up to all of them."""

    first: dt.date
    people: int
    marks: tuple[Mark, ...]
    left: int
    finished: int

    @property
    def still_in(self) -> int:
        return self.people - self.left - self.finished


def period_of(month: dt.date, *, quarterly: bool) -> dt.date:
    """Return the first day of the month or of the quarter."""
    return month.replace(month=(month.month - 1) // 3 * 3 + 1, day=1) if quarterly else month.replace(day=1)


def cohorts(members: Iterable[Member], *, quarterly: bool, today: dt.date) -> list[Cohort]:
    """Return the groups, the latest first."""
    groups: dict[dt.date, list[Member]] = {}
    for member in members:
        groups.setdefault(period_of(member.month, quarterly=quarterly), []).append(member)
    return [
        Cohort(
            first=first,
            people=len(group),
            marks=tuple(_mark(group, months, today) for months in REVIEW_MONTHS),
            left=sum(member.how == LEFT for member in group),
            finished=sum(member.how == FINISHED for member in group),
        )
        for first, group in sorted(groups.items(), reverse=True)
    ]


def curve(members: Sequence[Member], *, today: dt.date) -> Curve:
    """Return the share still in the programme by days since the start: leaving is the event, everything else censors."""
    days = [((member.ended_on or today) - member.start).days for member in members]
    return kaplan_meier(days, [member.how == LEFT for member in members])


def _mark(group: Sequence[Member], months: int, today: dt.date) -> Mark:
    due = [member for member in group if months_after(member.start, months) <= today]
    return Mark(
        months=months,
        due=len(due),
        kept=sum(not member.left_by(months_after(member.start, months)) for member in due),
        met=sum(months in member.met for member in due),
    )
