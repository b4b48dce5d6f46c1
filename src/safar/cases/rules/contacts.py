"""What is true of a contact whatever stores it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

LONGEST_CONTACT_MINUTES = 480


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


def changed_values(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, object]:
    """Return the old value of every field that differs."""
    return {name: value for name, value in before.items() if after.get(name) != value}
