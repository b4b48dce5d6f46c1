"""What a session taught and what people wanted to know, both without names."""

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.awareness import rules
from safar.awareness.actions.sessions import locked_row
from safar.awareness.enums import Editing, TestPhase
from safar.awareness.models import KnowledgeTest, KnowledgeTestItem, LoggedQuestion, Session
from safar.awareness.permissions import RECORD_ATTENDANCE
from safar.awareness.rules import TestItem
from safar.kernel import once
from safar.kernel.actor import Actor, check_may
from safar.reference.queries import codes
from safar.trust.actions import audit


@transaction.atomic
def save_test(
    *, session_id: UUID, phase: str, answered: int, items: Sequence[TestItem], matched: bool = False, by: Actor
) -> KnowledgeTest:
    """Record how a group answered before or after; saving the same phase again replaces it."""
    check_may(by, RECORD_ATTENDANCE)
    session = _open(session_id)
    _check_test(session, phase, answered, items)
    KnowledgeTest.objects.filter(session=session, phase=phase).delete()
    test = KnowledgeTest.objects.create(session=session, phase=phase, answered=answered, matched=matched)
    KnowledgeTestItem.objects.bulk_create(
        KnowledgeTestItem(test=test, number=number, answered=item.answered, correct=item.correct)
        for number, item in enumerate(items, start=1)
    )
    audit.record(by=by, action="awareness.learning.save_test", subject_key=session.pk, fields=[phase])
    return test


@transaction.atomic
def log_question(*, session_id: UUID, text: str, topic: str = "", form_key: str = "", by: Actor) -> LoggedQuestion:
    """Keep a question as it was asked, without who asked it."""
    check_may(by, RECORD_ATTENDANCE)
    session = _open(session_id)
    if earlier := once.result_of(form_key):
        return LoggedQuestion.objects.get(pk=earlier)
    if not text.strip():
        raise ValidationError({"text": _("Write the question.")})
    if topic and not codes.is_known("topic", topic):
        raise ValidationError({"topic": _("Unknown topic.")})
    question = LoggedQuestion.objects.create(session=session, text=" ".join(text.split()), topic=topic)
    once.use(form_key, question.pk)
    audit.record(by=by, action="awareness.learning.log_question", subject_key=session.pk, fields=["text", "topic"])
    return question


def _open(session_id: UUID) -> Session:
    session = locked_row(session_id)
    if rules.attendance_editing(session.state) is not Editing.FREE:
        raise ValidationError(
            _('This cannot be done while the session is "%(state)s".') % {"state": session.get_state_display()}
        )
    return session


def _check_test(session: Session, phase: str, answered: int, items: Sequence[TestItem]) -> None:
    if phase not in TestPhase.values:
        raise ValidationError({"phase": _("Say whether the test was before or after.")})
    messages = {
        "nobody": ("answered", _("Say how many people answered.")),
        "no_items": ("items", _("Enter at least one question of the test.")),
        "too_many_answers": ("items", _("An item cannot have more answers than people.")),
        "too_many_right": ("items", _("An item cannot have more right answers than answers.")),
    }
    if problem := rules.test_problem(answered, items):
        field, message = messages[problem]
        raise ValidationError({field: message})
    other = KnowledgeTest.objects.filter(session=session).exclude(phase=phase).first()
    if other and other.items.count() != len(items):
        raise ValidationError({"items": _("The same questions have to be asked before and after.")})
