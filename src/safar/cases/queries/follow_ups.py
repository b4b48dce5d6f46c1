import datetime as dt

from safar.cases.models import Contact
from safar.cases.permissions import READ_CONTACT
from safar.cases.queries.contacts import standing
from safar.kernel.actor import Actor, check_may
from safar.people.queries.consent import who_may_be_followed_up


def due(*, by: Actor, until: dt.date) -> list[Contact]:
    """Return open follow-ups of the actor's centre up to a day, the oldest first; names come apart, audited.

    Whoever has not agreed to be contacted, or no longer does, is not among them.
    """
    check_may(by, READ_CONTACT)
    contacts = standing().filter(follow_up_on__lte=until, follow_up_done_at=None)
    if by.centre_id:
        contacts = contacts.filter(centre_id=by.centre_id)
    found = list(contacts.select_related("counsellor").order_by("follow_up_on", "id"))
    allowed = who_may_be_followed_up({contact.person_id for contact in found if contact.person_id})
    return [contact for contact in found if contact.person_id is None or contact.person_id in allowed]
