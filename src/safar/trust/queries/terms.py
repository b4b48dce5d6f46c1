"""How long each purpose is kept in this country, as days on the calendar."""

import datetime as dt

from safar.kernel.retention import months_before
from safar.trust.queries.profile import profile

# Far enough back for any record, near enough for time zones to know what midnight was.
BEFORE_ANYTHING = dt.date(1900, 1, 1)


def cut(purpose: str, day: dt.date) -> dt.date | None:
    """Return the day before which the purpose's records are over on `day`; None when they are kept for good."""
    months = profile().retention(purpose)
    return None if months is None else months_before(day, months)


def needed_since(purpose: str, day: dt.date) -> dt.date:
    """Return the earliest day whose records of the purpose are still needed on `day`; the first of all days when all are."""
    return cut(purpose, day) or BEFORE_ANYTHING
