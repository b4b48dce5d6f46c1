"""Texts a counsellor sends a person in so many words as were agreed for the address they go to."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from safar.kernel import once
from safar.kernel.actor import Actor, check_may
from safar.kernel.tasks import after_commit
from safar.messaging.actions.outbox import deliver
from safar.messaging.channels.contract import installed
from safar.messaging.enums import MessageKind, MessageState, OwnRefusal
from safar.messaging.models import Message
from safar.messaging.permissions import SEND_MESSAGE
from safar.people.actions.gate import gated
from safar.people.enums import ConsentPurpose, Wording
from safar.people.queries.consent import Decision, may_contact
from safar.people.rules import SafeContact
from safar.trust.actions import audit


@dataclass(frozen=True, slots=True)
class Note:
    """One text with its subject."""

    subject: str
    body: str


@gated(ConsentPurpose.BE_CONTACTED)
@transaction.atomic
def send(
    *,
    person_id: UUID,
    kind: MessageKind,
    full: Note,
    discreet: Note,
    language: str,
    action: str,
    channel: str = "email",
    about_key: UUID | None = None,
    form_key: str = "",
    by: Actor,
) -> Message:
    """Send `full` where open words were agreed, else `discreet`, led by the code word where there is one.

    When the consent gate says no, the message is kept as refused with the reason, and nothing leaves.
    """
    check_may(by, SEND_MESSAGE)
    if earlier := once.result_of(form_key):
        return Message.objects.get(pk=earlier)
    point = may_contact(person_id, channel).contact_point
    note = worded(full, discreet, point.agreed if point else None)
    passed = _ask(person_id, channel, note)
    message = Message(
        person_key=person_id,
        kind=kind,
        channel=channel,
        language=language,
        subject=note.subject[:200],
        body=note.body,
        about_key=about_key,
        state=MessageState.QUEUED if passed.allowed else MessageState.REFUSED,
        refusal=passed.reason,
        staff_id=by.id,
    )
    message.save(force_insert=True, passed=passed)
    once.use(form_key, message.pk)
    audit.record(by=by, action=action, person_key=person_id, subject_key=message.pk, fields=[channel])
    if passed.allowed:
        after_commit(deliver, message.pk)
    return message


def worded(full: Note, discreet: Note, agreed: SafeContact | None) -> Note:
    """Return the text that fits what was agreed; where nothing is known, the discreet one."""
    if agreed and agreed.wording == Wording.OPEN:
        return full
    if agreed and agreed.wording == Wording.CODE_WORD:
        return Note(agreed.code_word, f"{agreed.code_word}\n\n{discreet.body}")
    return discreet


def _ask(person_id: UUID, channel: str, note: Note) -> Decision:
    if channel not in installed():
        return Decision(allowed=False, reason=OwnRefusal.NO_CHANNEL)
    return may_contact(person_id, channel, words=f"{note.subject}\n{note.body}")
