"""How private the fields of messaging are; what it can tell a person about themselves, and how it forgets them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from safar.kernel.privacy import Part, Privacy, register_part
from safar.messaging.models import Message

FIELDS: dict[str, Privacy] = {
    "Enquiry.id": Privacy.INTERNAL,
    "Enquiry.recorded_at": Privacy.INTERNAL,
    "Enquiry.kind": Privacy.INTERNAL,
    "Enquiry.code": Privacy.SENSITIVE,
    "Enquiry.text": Privacy.SENSITIVE,
    "Enquiry.language": Privacy.INTERNAL,
    "Enquiry.name": Privacy.PERSONAL,
    "Enquiry.reply_by": Privacy.INTERNAL,
    "Enquiry.contact": Privacy.PERSONAL,
    "Enquiry.centre": Privacy.INTERNAL,
    "Enquiry.wished_on": Privacy.INTERNAL,
    "Enquiry.wished_part": Privacy.INTERNAL,
    "Enquiry.state": Privacy.INTERNAL,
    "Enquiry.closed_at": Privacy.INTERNAL,
    "Answer.id": Privacy.INTERNAL,
    "Answer.recorded_at": Privacy.INTERNAL,
    "Answer.enquiry": Privacy.INTERNAL,
    "Answer.text": Privacy.SENSITIVE,
    "Answer.staff": Privacy.INTERNAL,
    "Message.id": Privacy.INTERNAL,
    "Message.recorded_at": Privacy.INTERNAL,
    "Message.person_key": Privacy.PERSONAL,
    "Message.kind": Privacy.INTERNAL,
    "Message.channel": Privacy.INTERNAL,
    "Message.language": Privacy.INTERNAL,
    "Message.subject": Privacy.PERSONAL,
    "Message.body": Privacy.PERSONAL,
    "Message.about_key": Privacy.PERSONAL,
    "Message.state": Privacy.INTERNAL,
    "Message.refusal": Privacy.INTERNAL,
    "Message.error": Privacy.INTERNAL,
    "Message.sent_at": Privacy.INTERNAL,
    "Message.staff": Privacy.INTERNAL,
}


def _export(person_key: UUID) -> Mapping[str, Any]:
    """Tell what was sent to the person, or kept back; an enquiry has no person and is answered to whoever holds its code."""
    messages = Message.objects.filter(person_key=person_key).order_by("recorded_at", "id")
    return {
        "messages": [
            {
                "at": one.recorded_at,
                "channel": one.channel,
                "subject": one.subject,
                "body": one.body,
                "state": one.state,
            }
            for one in messages
        ]
    }


def _erase(person_key: UUID) -> None:
    Message.objects.filter(person_key=person_key).delete()


OUTBOX = Part(name="messaging", export=_export, erase=_erase)
register_part(OUTBOX)
