import datetime as dt

from safar.cases.models import Contact
from safar.cases.permissions import READ_CONTACT
from safar.cases.queries.contacts import standing
from safar.kernel.actor import Actor, check_may


def due(*, by: Actor, until: dt.date) -> list[Contact]:
    """Return open follow-ups of the actor's centre up to a day, the oldest first; names come apart, audited."""
    check_may(by, READ_CONTACT)
    contacts = standing().filter(follow_up_on__lte=until, follow_up_done_at=None)
    if by.centre_id:
        contacts = contacts.filter(centre_id=by.centre_id)
    return list(contacts.select_related("counsellor").order_by("follow_up_on", "id"))
