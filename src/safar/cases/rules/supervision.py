"""What is true of a case conference and of a heavy week whatever stores them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

HEAVY_WEEK_DAYS = 30


@dataclass(frozen=True, slots=True)
class ConferenceDetails:
    """A case conference as it is written down; the next step belongs to one colleague and one day, or there is none."""

    held_on: dt.date
    participants: Sequence[UUID]
    question: str
    decided: str
    next_step: str = ""
    next_step_on: dt.date | None = None
    next_step_by: UUID | None = None

    def problems(self, opened_on: dt.date, today: dt.date) -> dict[str, str]:
        """Return field → code of what is wrong: `missing`, `alone`, `outside`, `before` or `nobodys`."""
        found: dict[str, str] = {}
        if not opened_on <= self.held_on <= today:
            found["held_on"] = "outside"
        if len(set(self.participants)) < 2:  # noqa: PLR2004  (a conference is at least two)
            found["participants"] = "alone"
        for name in ("question", "decided"):
            if not getattr(self, name).strip():
                found[name] = "missing"
        if self.next_step.strip():
            if self.next_step_on is None:
                found["next_step_on"] = "missing"
            elif self.next_step_on < self.held_on:
                found["next_step_on"] = "before"
            if self.next_step_by is None:
                found["next_step_by"] = "missing"
        elif self.next_step_on or self.next_step_by:
            found["next_step"] = "nobodys"
        return found


def heavy_until(said_on: dt.date) -> dt.date:
    """Return the last day on which a heavy week is still shown."""
    return said_on + dt.timedelta(days=HEAVY_WEEK_DAYS)
