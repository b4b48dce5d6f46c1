"""What is true of licences: whether an agency held a valid one on a day, as far as a register of a certain day can tell."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

FRESH_DAYS = 31
"""How long after its day a register still speaks for the present; later nobody can know what was revoked meanwhile."""


class Standing(StrEnum):
    """What a register says of an agency on a day."""

    LICENSED = "licensed"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    EXPIRED = "expired"
    NEVER = "never"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence as a register tells it, first and last days included; no last day means until further notice."""

    number: str
    valid_from: dt.date
    valid_until: dt.date | None = None
    revoked_on: dt.date | None = None
    suspended: tuple[tuple[dt.date, dt.date | None], ...] = ()

    @property
    def last_day(self) -> dt.date:
        """Return the last day it could be used: the day before it was revoked counts, the day itself does not."""
        ends = [day for day in (self.valid_until, self.revoked_on and self.revoked_on - dt.timedelta(days=1)) if day]
        return min(ends, default=dt.date.max)

    @property
    def was_revoked(self) -> bool:
        """Whether a revocation ended it before its term did."""
        return bool(self.revoked_on and (self.valid_until is None or self.revoked_on <= self.valid_until))

    def suspension_on(self, day: dt.date) -> tuple[dt.date, dt.date | None] | None:
        return next((one for one in self.suspended if one[0] <= day and (one[1] is None or day <= one[1])), None)


@dataclass(frozen=True, slots=True)
class StandingOn:
    """An agency's standing on a day; `since` and `until` bound it, `as_of` is the register's own day.

    Where the register is too old to tell, `last_known` is what it said on its day.
    """

    state: Standing
    number: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    as_of: dt.date | None = None
    last_known: Standing | None = None

    @property
    def was_bad(self) -> bool:
        """Whether the register, however old, speaks of a licence that was taken away or has run out."""
        return (self.last_known or self.state) in {Standing.SUSPENDED, Standing.REVOKED, Standing.EXPIRED}


def standing_on(licences: Sequence[Licence], day: dt.date, as_of: dt.date | None) -> StandingOn:
    """Return the standing on a day by licences a register of the day `as_of` lists; without a register nothing is known."""
    if as_of is None:
        return StandingOn(Standing.UNKNOWN)
    if day > as_of + dt.timedelta(days=FRESH_DAYS):
        then = _standing(licences, as_of)
        return StandingOn(Standing.UNKNOWN, then.number, then.since, then.until, as_of, then.state)
    found = _standing(licences, day)
    return StandingOn(found.state, found.number, found.since, found.until, as_of)


def _standing(licences: Sequence[Licence], day: dt.date) -> StandingOn:
    begun = [one for one in licences if one.valid_from <= day]
    running = [one for one in begun if day <= one.last_day]
    valid = [one for one in running if one.suspension_on(day) is None]
    if valid:
        best = max(valid, key=lambda one: one.last_day)
        last = best.last_day
        return StandingOn(Standing.LICENSED, best.number, best.valid_from, None if last == dt.date.max else last)
    if running:
        first = running[0]
        since, until = first.suspension_on(day) or (None, None)
        return StandingOn(Standing.SUSPENDED, first.number, since, until)
    if begun:
        latest = max(begun, key=lambda one: (one.last_day, one.was_revoked))
        state = Standing.REVOKED if latest.was_revoked else Standing.EXPIRED
        ended = latest.revoked_on if latest.was_revoked else latest.last_day + dt.timedelta(days=1)
        return StandingOn(state, latest.number, ended)
    return StandingOn(Standing.NEVER)
