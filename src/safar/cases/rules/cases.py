"""What is true of a case file whatever stores it."""

import datetime as dt
from dataclasses import dataclass


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
