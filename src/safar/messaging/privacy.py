"""How private the fields of messaging are; what it can tell a person about themselves, and how it forgets them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from safar.kernel.privacy import Effect, Part, Privacy, register_part
from safar.messaging.models import Enquiry, Message
from safar.people.queries.clusters import members_of
from safar.people.queries.traces import traces_of

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
    "Message.consent_key": Privacy.PERSONAL,
    "Message.state": Privacy.INTERNAL,
    "Message.refusal": Privacy.INTERNAL,
    "Message.error": Privacy.INTERNAL,
    "Message.sent_at": Privacy.INTERNAL,
    "Message.staff": Privacy.INTERNAL,
}


def _export(person_key: UUID) -> Mapping[str, Any]:
    """Tell what was sent to the person, or kept back, and what they asked from the public pages under their own name."""
    members = members_of(person_key)
    messages = Message.objects.filter(person_key__in=members).order_by("recorded_at", "id")
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
        ],
        "questions": [
            {"at": one.recorded_at, "text": one.text, "answers": [answer.text for answer in one.answers.all()]}
            for one in _enquiries(members)
        ],
    }


def _erase(person_key: UUID) -> None:
    members = members_of(person_key)
    Enquiry.objects.filter(pk__in=[one.pk for one in _enquiries(members)]).delete()
    Message.objects.filter(person_key__in=members).delete()


def _preview(person_key: UUID) -> list[Effect]:
    members = members_of(person_key)
    sent, asked = Message.objects.filter(person_key__in=members).count(), len(_enquiries(members))
    effects = [Effect(_("Messages"), sent), Effect(_("Questions from the public pages, with their answers"), asked)]
    return [effect for effect in effects if effect.goes]


def _enquiries(members: list[UUID]) -> list[Enquiry]:
    """Return enquiries sent under the person's name and address; one without a name is answered to whoever holds its code."""
    traces = traces_of(members)
    named = Enquiry.objects.exclude(name="").exclude(contact="").prefetch_related("answers")
    return [one for one in named if traces.fit(one.name, one.contact)]


OUTBOX = Part(name="messaging", export=_export, erase=_erase, preview=_preview)
register_part(OUTBOX)
