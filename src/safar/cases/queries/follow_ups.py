import datetime as dt

from django.db.models import QuerySet

from safar.cases.models import Contact
from safar.cases.permissions import READ_CONTACT
from safar.cases.queries.contacts import standing
from safar.kernel.actor import Actor, check_may
from safar.people.queries.consent import agreeing


def open_until(*, by: Actor, until: dt.date, since: dt.date | None = None) -> QuerySet[Contact]:
    """Return open follow-ups of the actor's centre from one day to another, the oldest first, to be cut into pages.

    Whoever has not agreed to be contacted, or no longer does, is not among them.
    """
    check_may(by, READ_CONTACT)
    contacts = standing().filter(follow_up_on__lte=until, follow_up_done_at=None)
    if since:
        contacts = contacts.filter(follow_up_on__gte=since)
    if by.centre_id:
        contacts = contacts.filter(centre_id=by.centre_id)
    return agreeing(contacts).select_related("counsellor").order_by("follow_up_on", "id")


def due(*, by: Actor, until: dt.date) -> list[Contact]:
    """Return all open follow-ups of the actor's centre up to a day, the oldest first; names come apart, audited."""
    return list(open_until(by=by, until=until))
