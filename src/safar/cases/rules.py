"""What is true of contacts, cases and referrals whatever stores them; no Django here."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

State = TypeVar("State", bound=str)

LONGEST_CONTACT_MINUTES = 480
DUE_DAYS = {"immediate": 0, "within_24h": 1, "within_7d": 7, "routine": 30}


@dataclass(frozen=True, slots=True)
class Advice:
    """An answer card that was read out or handed over: its key and the version that held on the day."""

    fact_key: str
    version_id: UUID


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A warning sign: `kind` is the code list the code is taken from."""

    kind: str
    code: str


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """What a counsellor notes of one contact; the first topic is the main one. Sex to category only without a file."""

    occurred_at: dt.datetime
    mode: str
    topics: Sequence[str]
    initiator: str = "self"
    who_asked: str = "self"
    language: str = ""
    duration_minutes: int | None = None
    topic_text: str = ""
    destination: str = ""
    sex: str = ""
    age_band: str = ""
    region: str = ""
    category: str = ""
    nameless_reason: str = ""
    advice: Sequence[Advice] = ()
    red_flags: Sequence[RedFlag] = ()
    checked_items: Sequence[str] = ()
    note: str = ""
    next_step: str = "none"
    follow_up_on: dt.date | None = None
    heard_via: str = ""
    campaign_code: str = ""

    def problems(self, now: dt.datetime, local_day: dt.date) -> dict[str, str]:
        """Return field → code of what is wrong; `local_day` is the day of the contact at the centre."""
        found: dict[str, str] = {}
        if self.occurred_at > now + dt.timedelta(minutes=5):  # clocks of two machines are never quite the same
            found["occurred_at"] = "future"
        if not self.topics:
            found["topics"] = "missing"
        elif len(set(self.topics)) != len(self.topics):
            found["topics"] = "doubled"
        if self.duration_minutes is not None and not 0 < self.duration_minutes <= LONGEST_CONTACT_MINUTES:
            found["duration_minutes"] = "impossible"
        if self.follow_up_on and self.follow_up_on <= local_day:
            found["follow_up_on"] = "not_after"
        return found


@dataclass(frozen=True, slots=True)
class CaseDetails:
    """What a case file starts with; the return details belong to work after return."""

    kind: str
    opened_on: dt.date
    destination: str = ""
    country_of_return: str = ""
    return_type: str = ""
    returned_on: dt.date | None = None
    reason_return: str = ""
    plan: str = ""

    def problems(self, today: dt.date) -> dict[str, str]:
        """Return field → code of what is wrong: `future` or `after_opening`."""
        found: dict[str, str] = {}
        if self.opened_on > today:
            found["opened_on"] = "future"
        if self.returned_on and self.returned_on > self.opened_on:
            found["returned_on"] = "after_opening"
        return found


@dataclass(frozen=True, slots=True)
class ReferralDetails:
    """What a referral asks, of whom, and by when; an empty due date follows from the urgency."""

    service: str
    recipient: str
    partner_id: UUID | None = None
    urgency: str = "routine"
    due_on: dt.date | None = None
    text: str = ""
    fields: Sequence[str] = ()
    abroad: bool = False

    def due_from(self, day: dt.date) -> dt.date:
        """Return the day by which an answer is looked for: every referral has one, so that none falls silent."""
        return self.due_on or day + dt.timedelta(days=DUE_DAYS.get(self.urgency, DUE_DAYS["routine"]))


def may_move(moves: Mapping[State, frozenset[State]], state: str, to: str) -> bool:
    """Return whether a state may become another, by the table of its set."""
    return any(to == allowed for known, after in moves.items() if known == state for allowed in after)


def changed_values(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, object]:
    """Return the old value of every field that differs."""
    return {name: value for name, value in before.items() if after.get(name) != value}
