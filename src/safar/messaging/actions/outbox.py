"""Messages to people. Each asks the consent gate twice: when it is written and again when it leaves."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from safar.kernel import once
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import now
from safar.kernel.tasks import after_commit
from safar.messaging.channels.contract import ChannelError, installed
from safar.messaging.enums import MessageKind, MessageState, OwnRefusal
from safar.messaging.models import Message
from safar.messaging.permissions import SEND_MESSAGE
from safar.people.actions.gate import gated
from safar.people.enums import ConsentPurpose, Wording
from safar.people.queries.consent import Decision, may_contact
from safar.people.rules import SafeContact
from safar.trust.actions import audit


@gated(ConsentPurpose.BE_CONTACTED)
@transaction.atomic
def send_reminder(
    *,
    person_id: UUID,
    kind: MessageKind,
    at: dt.datetime,
    place: str,
    language: str,
    channel: str = "email",
    about_key: UUID | None = None,
    form_key: str = "",
    by: Actor,
) -> Message:
    """Write a reminder of an appointment or a session and send it once this transaction stands.

    When the consent gate says no, the message is kept as refused with the reason, and nothing leaves.
    """
    check_may(by, SEND_MESSAGE)
    if earlier := once.result_of(form_key):
        return Message.objects.get(pk=earlier)
    subject, body = reminder_text(at=at, place=place, language=language, agreed=_agreed(person_id, channel))
    passed = _ask(person_id, channel, f"{subject}\n{body}")
    message = Message(
        person_key=person_id,
        kind=kind,
        channel=channel,
        language=language,
        subject=subject,
        body=body,
        about_key=about_key,
        state=MessageState.QUEUED if passed.allowed else MessageState.REFUSED,
        refusal=passed.reason,
        staff_id=by.id,
    )
    message.save(force_insert=True, passed=passed)
    once.use(form_key, message.pk)
    audit.record(
        by=by, action="messaging.outbox.send_reminder", person_key=person_id, subject_key=message.pk, fields=[channel]
    )
    if passed.allowed:
        after_commit(deliver, message.pk)
    return message


@gated(ConsentPurpose.BE_CONTACTED)
@transaction.atomic
def deliver(message_id: UUID) -> None:
    """Hand a waiting message to its channel, unless the person has withdrawn in the meantime."""
    message = Message.objects.select_for_update().get(pk=message_id)
    if message.state != MessageState.QUEUED:
        return
    passed = _ask(message.person_key, message.channel, f"{message.subject}\n{message.body}")
    if not passed.allowed or passed.contact_point is None:
        message.state, message.refusal = MessageState.REFUSED, passed.reason
    else:
        _hand_over(message, passed.contact_point.value)
    message.save(update_fields=["state", "refusal", "error", "sent_at", "consent_key"], passed=passed)


def reminder_text(*, at: dt.datetime, place: str, language: str, agreed: SafeContact | None = None) -> tuple[str, str]:
    """Return subject and body in the person's language, with a word agreed and nothing else where there is one.

    They say nothing of migration by themselves, since others may read the screen; the gate reads the place as well.
    """
    local = timezone.localtime(at)
    with translation.override(language):
        values = {"day": date_format(local, "DATE_FORMAT"), "time": time_format(local, "H:i"), "place": place}
        if agreed and agreed.wording == Wording.CODE_WORD:
            return agreed.code_word, "{word}: {day}, {time}".format(word=agreed.code_word, **values)
        subject = _("Reminder: %(day)s, %(time)s") % values
        body = _("We expect you on %(day)s at %(time)s. Place: %(place)s.\n\nIf you cannot come, let us know.") % values
    return subject, body


def _agreed(person_id: UUID, channel: str) -> SafeContact | None:
    """Return what was agreed on the contact point a message would go to now."""
    point = may_contact(person_id, channel).contact_point
    return point.agreed if point else None


def _ask(person_id: UUID, channel: str, words: str) -> Decision:
    if channel not in installed():
        return Decision(allowed=False, reason=OwnRefusal.NO_CHANNEL)
    return may_contact(person_id, channel, words=words)


def _hand_over(message: Message, address: str) -> None:
    try:
        installed()[message.channel].deliver(address=address, subject=message.subject, body=message.body)
    except ChannelError as error:
        message.state, message.error = MessageState.FAILED, str(error)[:120]
    else:
        message.state, message.sent_at = MessageState.SENT, now()
