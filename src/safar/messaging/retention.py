"""When messages and questions from the public pages end: they belong to no file, so nothing else would end them."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from safar.kernel.retention import Rule, register_rule, start_of
from safar.messaging.models import Answer, Enquiry, Message


def _old_enquiries(_day: dt.date, cut: dt.date) -> QuerySet[Enquiry]:
    """Return questions closed before the cut, and those nobody has touched since: forgotten is not a reason to keep."""
    moment = start_of(cut)
    answered_since = Answer.objects.filter(enquiry=OuterRef("pk"), recorded_at__gte=moment)
    untouched = Q(closed_at=None) | Q(closed_at__lt=moment)
    return Enquiry.objects.filter(untouched, ~Exists(answered_since), recorded_at__lt=moment)


def _old_messages(_day: dt.date, cut: dt.date) -> QuerySet[Message]:
    return Message.objects.filter(recorded_at__lt=start_of(cut))


def _delete_enquiries(keys: Sequence[Any]) -> None:
    Enquiry.objects.filter(pk__in=keys).delete()


def _delete_messages(keys: Sequence[Any]) -> None:
    Message.objects.filter(pk__in=keys).delete()


register_rule(
    Rule(
        code="messaging.enquiries",
        purpose="messages",
        label=_("Questions from the public pages"),
        effect=_("Deleted with their answers"),
        due=_old_enquiries,
        end=_delete_enquiries,
        centre="centre",
    )
)
register_rule(
    Rule(
        code="messaging.messages",
        purpose="messages",
        label=_("Messages sent or kept back"),
        effect=_("Deleted"),
        due=_old_messages,
        end=_delete_messages,
        person="person_key",
    )
)
