"""A second opinion: one colleague asks, one answers."""

from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.cases.enums.supervision import OPINION_MOVES, OpinionState
from safar.cases.models import CaseFile, Contact, SecondOpinion
from safar.cases.permissions import ASK_OPINION, MANAGE_CASE, READ_CONTACT
from safar.cases.rules.moves import may_move
from safar.kernel import once
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import now
from safar.trust.actions import audit
from safar.trust.models import Staff
from safar.trust.queries.actors import actor_for


@transaction.atomic
def ask(
    *,
    question: str,
    of_id: UUID | None,
    case_id: UUID | None = None,
    contact_id: UUID | None = None,
    form_key: str = "",
    by: Actor,
) -> SecondOpinion:
    """Ask a named colleague about a case file or a contact that both may open."""
    check_may(by, ASK_OPINION)
    needed = MANAGE_CASE if case_id else READ_CONTACT
    check_may(by, needed)
    if by.id is None or (case_id is None) == (contact_id is None):
        raise PermissionDenied(ASK_OPINION.code)
    if earlier := once.result_of(form_key):
        return SecondOpinion.objects.get(pk=earlier)
    problems: dict[str, str] = {}
    colleague = Staff.objects.filter(pk=of_id, is_active=True).first() if of_id else None
    if colleague is None or colleague.pk == by.id:
        problems["of"] = _("Choose a colleague.")
    elif not (actor_for(colleague).may(needed) and actor_for(colleague).may(ASK_OPINION)):
        problems["of"] = _("This colleague may not open it.")
    if not question.strip():
        problems["question"] = _("Write what you would like to know.")
    if problems or colleague is None:
        raise ValidationError(problems)
    case = CaseFile.objects.get(pk=case_id) if case_id else None
    contact = Contact.objects.get(pk=contact_id) if contact_id else None
    opinion = SecondOpinion.objects.create(
        case_file=case, contact=contact, asked_by_id=by.id, asked_of=colleague, question=question.strip()
    )
    once.use(form_key, opinion.pk)
    _trail(opinion, "cases.opinion.ask", by)
    return opinion


@transaction.atomic
def answer(*, opinion_id: UUID, text: str, by: Actor) -> SecondOpinion:
    """Answer a question one was asked; only the colleague named may."""
    check_may(by, ASK_OPINION)
    opinion = _locked(opinion_id)
    if opinion.asked_of_id != by.id:
        raise PermissionDenied(ASK_OPINION.code)
    if not text.strip():
        raise ValidationError({"answer": _("Write your answer first.")})
    _to(opinion, OpinionState.ANSWERED)
    opinion.answer, opinion.answered_at = text.strip(), now()
    opinion.save(update_fields=["state", "answer", "answered_at"])
    _trail(opinion, "cases.opinion.answer", by)
    return opinion


@transaction.atomic
def withdraw(*, opinion_id: UUID, by: Actor) -> SecondOpinion:
    """Take one's own question back before it is answered."""
    check_may(by, ASK_OPINION)
    opinion = _locked(opinion_id)
    if opinion.asked_by_id != by.id:
        raise PermissionDenied(ASK_OPINION.code)
    _to(opinion, OpinionState.WITHDRAWN)
    opinion.save(update_fields=["state"])
    _trail(opinion, "cases.opinion.withdraw", by)
    return opinion


@transaction.atomic
def noted(*, opinion_id: UUID, by: Actor) -> None:
    """Take the answer to one's own question off the board."""
    SecondOpinion.objects.filter(pk=opinion_id, asked_by_id=by.id, seen_at=None).update(seen_at=now())


def _locked(opinion_id: UUID) -> SecondOpinion:
    return SecondOpinion.objects.select_for_update(of=("self",)).get(pk=opinion_id)


def _to(opinion: SecondOpinion, to: OpinionState) -> None:
    if not may_move(OPINION_MOVES, opinion.state, to):
        raise ValidationError({"__all__": _("This question has been dealt with already.")})
    opinion.state = to


def _trail(opinion: SecondOpinion, action: str, by: Actor) -> None:
    about = opinion.case_file or opinion.contact
    audit.record(
        by=by, action=action, person_key=about.person_id if about else None, subject_key=about.pk if about else None
    )
