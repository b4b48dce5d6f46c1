"""What is true of a referral whatever stores it: next dates, who hears of late ones, what may go by link, and figures."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from uuid import UUID

DUE_DAYS = {"immediate": 0, "within_24h": 1, "within_7d": 7, "routine": 30}
# After which the state is looked at again: nothing waits without a date.
NEXT_DAYS = {"accepted": 14, "served": 30, "completed": 7, "failed": 7, "confirmed": 7}
# So many days past its date a referral stands on the coordinator's board as well, by how urgent it was.
ESCALATE_AFTER_DAYS = {"immediate": 0, "within_24h": 1, "within_7d": 3, "routine": 7}
FARTHEST_NEXT_DAYS = 366

# What the name of a service tells by itself: asking for it needs consent to tell what the person needs.
TELLING_SERVICES = frozenset({"MHPSS", "shelter", "NRM_trafficking", "police_on_request", "health"})
# How a service may go by link; what is not named here goes by link as it is.
LINK_RULES: Mapping[str, str] = {
    "NRM_trafficking": "never",
    "police_on_request": "never",
    "shelter": "with_code",
    "MHPSS": "with_code",
    "health": "with_code",
}
TOKEN_BYTES = 32
LINK_DAYS = 30
LONGEST_LINK_DAYS = 90
PHONE_CODE_LENGTH = 6
MOST_WRONG_CODES = 5
LONGEST_REASON = 200

# A median of fewer says more of one person's case than of a partner.
SMALLEST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class ReferralDetails:
    """What a referral asks, of whom, and by when; an empty due date follows from the urgency."""

    service: str
    recipient: str
    partner_id: UUID | None = None
    to_centre_id: UUID | None = None
    urgency: str = "routine"
    due_on: dt.date | None = None
    text: str = ""
    fields: Sequence[str] = ()
    abroad: bool = False

    def due_from(self, day: dt.date) -> dt.date:
        """Return the day by which an answer is looked for: every referral has one, so that none falls silent."""
        return self.due_on or day + dt.timedelta(days=DUE_DAYS.get(self.urgency, DUE_DAYS["routine"]))


@dataclass(frozen=True, slots=True)
class Answer:
    """What the recipient answers: the kind, a reason from the list where one is needed, a day where one is meant."""

    kind: str
    why: str = ""
    words: str = ""
    on: dt.date | None = None


def next_on(state: str, due_on: dt.date, day: dt.date, proposed_on: dt.date | None = None) -> dt.date:
    """Return the next date after a move on `day`: a proposed day in its turn, the usual wait, else the date that stood."""
    if state == "accepted" and proposed_on and proposed_on >= day:
        return proposed_on
    return day + dt.timedelta(days=NEXT_DAYS[state]) if state in NEXT_DAYS else due_on


def escalates_on(due_on: dt.date, urgency: str) -> dt.date:
    """Return the day from which the coordinator sees a late referral too."""
    return due_on + dt.timedelta(days=ESCALATE_AFTER_DAYS.get(urgency, ESCALATE_AFTER_DAYS["routine"]) + 1)


def link_rule(service: str) -> str:
    return LINK_RULES.get(service, "open")


@dataclass(frozen=True, slots=True)
class Sent:
    """One referral that left, for figures: when, when the service began, and whether it is still under way."""

    group: str
    sent_on: dt.date
    started_on: dt.date | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """What became of the referrals of one group; share and median are None where there are too few to say."""

    group: str
    sent: int
    served: int
    waiting: int
    share: float | None
    median_days: float | None

    @property
    def percent(self) -> int | None:
        return None if self.share is None else round(self.share * 100)


def figures(rows: Iterable[Sent]) -> list[Figures]:
    """Return the figures of each group, the most used first.

    The share is of all that were sent, those still waiting included: a partner who lets people wait does not look better.
    The median is of those whose service began.
    """
    grouped: dict[str, list[Sent]] = {}
    for row in rows:
        grouped.setdefault(row.group, []).append(row)
    return sorted((_figures(group, rows) for group, rows in grouped.items()), key=lambda one: (-one.sent, one.group))


def _figures(group: str, rows: Sequence[Sent]) -> Figures:
    days = [(row.started_on - row.sent_on).days for row in rows if row.started_on]
    return Figures(
        group=group,
        sent=len(rows),
        served=len(days),
        waiting=sum(row.is_open and not row.started_on for row in rows),
        share=len(days) / len(rows) if len(rows) >= SMALLEST_SHOWN else None,
        median_days=float(median(days)) if len(days) >= SMALLEST_SHOWN else None,
    )
