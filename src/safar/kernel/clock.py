"""The one place that asks what time it is, so that tests and the demo can set it."""

import datetime as dt

from django.utils import timezone


def now() -> dt.datetime:
    return timezone.now()


def today() -> dt.date:
    """Return the date at the centre, not in UTC: at 01:00 in Tashkent the working day has already changed."""
    return timezone.localdate()
