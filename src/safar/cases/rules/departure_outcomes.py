"""What is true of an outcome of a departure whatever stores it."""

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass

MONTHS_AFTER = (1, 3)


@dataclass(frozen=True, slots=True)
class OutcomeDetails:
    """What was found: scheme and day of leaving belong to those who left, the day to ask again to those who agreed to it."""

    outcome: str
    stage: str
    found_on: dt.date
    scheme: str = ""
    destination: str = ""
    left_on: dt.date | None = None
    ask_again_on: dt.date | None = None

    def problems(self, today: dt.date) -> dict[str, str]:
        """Return field → code of what is wrong: `future`, `before_found` or `after_found`."""
        found: dict[str, str] = {}
        if self.found_on > today:
            found["found_on"] = "future"
        if self.left_on and self.left_on > self.found_on:
            found["left_on"] = "after_found"
        if self.ask_again_on and self.ask_again_on <= self.found_on:
            found["ask_again_on"] = "before_found"
        return found


def when_to_ask(left_on: dt.date, months: int) -> dt.date:
    """Return the same day so many months after leaving, or the last day of a shorter month."""
    year, month = divmod(left_on.year * 12 + left_on.month - 1 + months, 12)
    return dt.date(year, month + 1, min(left_on.day, monthrange(year, month + 1)[1]))


def suggested(outcome: str, left_on: dt.date | None, found_on: dt.date) -> dt.date | None:
    """Return when to ask next: two weeks on while somebody prepares, one and three months after they left, then no more."""
    if outcome in {"still_preparing", "postponed", "unreachable"}:
        return found_on + dt.timedelta(days=14)
    if outcome not in {"regular", "irregular"}:
        return None
    days = (when_to_ask(left_on or found_on, months) for months in MONTHS_AFTER)
    return next((day for day in days if day > found_on), None)
