"""What is true of a referral whatever stores it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

DUE_DAYS = {"immediate": 0, "within_24h": 1, "within_7d": 7, "routine": 30}


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
