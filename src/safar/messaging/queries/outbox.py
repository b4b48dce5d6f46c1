from django.db.models import QuerySet

from safar.kernel.actor import Actor, check_may
from safar.messaging.models import Message
from safar.messaging.permissions import SEND_MESSAGE


def recent(*, by: Actor) -> QuerySet[Message]:
    """Return messages with what became of them, newest first. Rows hold a key and no name, so the list names nobody."""
    check_may(by, SEND_MESSAGE)
    return Message.objects.select_related("staff")
