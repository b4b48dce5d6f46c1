"""How private supervision is: what colleagues wrote about a person goes with the person, what they did stays countable."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from safar.cases.models import Approval, CaseConference, HandOver, SecondOpinion
from safar.kernel.privacy import Effect, Privacy, classed
from safar.people.queries.clusters import members_of

FIELDS: dict[str, Privacy] = {
    **classed(
        Privacy.INTERNAL,
        "Approval",
        *("id", "recorded_at", "act", "subject_key", "centre", "rules", "cost", "state", "asked_by", "decided_by"),
        *("decided_at", "used_by", "used_at", "seen_at"),
    ),
    **classed(Privacy.PERSONAL, "Approval", "person"),
    **classed(Privacy.SENSITIVE, "Approval", "reason", "answer"),
    **classed(
        Privacy.INTERNAL,
        "CaseConference",
        *("id", "recorded_at", "case_file", "held_on", "next_step_on", "next_step_by", "next_step_done_at"),
        "recorded_by",
    ),
    **classed(Privacy.SENSITIVE, "CaseConference", "question", "decided", "next_step"),
    **classed(
        Privacy.INTERNAL,
        "HandOver",
        *("id", "recorded_at", "contact", "case_file", "from_staff", "to_staff", "handed_by", "seen_at"),
    ),
    **classed(Privacy.SENSITIVE, "HandOver", "reason"),
    **classed(
        Privacy.INTERNAL,
        "SecondOpinion",
        *("id", "recorded_at", "contact", "case_file", "asked_by", "asked_of", "state", "answered_at", "seen_at"),
    ),
    **classed(Privacy.SENSITIVE, "SecondOpinion", "question", "answer"),
    # About a member of staff: seen by them and their supervisor alone, in no figure, no trail and no export.
    **classed(Privacy.PERSONAL, "HeavyWeek", "id", "recorded_at", "staff", "said_on", "until"),
    **classed(Privacy.SENSITIVE, "HeavyWeek", "wish"),
}


def _conferences(members: list[UUID]) -> QuerySet[CaseConference]:
    return CaseConference.objects.filter(case_file__person__in=members)


def _about(members: list[UUID]) -> Q:
    return Q(case_file__person__in=members) | Q(contact__person__in=members)


def export(person_id: UUID) -> Mapping[str, Any]:
    """Return what colleagues wrote about a person and their file, as plain values."""
    members = members_of(person_id)
    opinions = SecondOpinion.objects.filter(_about(members))
    approvals = Approval.objects.filter(person__in=members)
    return {
        "conferences": list(
            _conferences(members).values("held_on", "question", "decided", "next_step", "next_step_on")
        ),
        "second_opinions": list(opinions.values("recorded_at", "question", "answer", "state")),
        "approvals": list(approvals.values("recorded_at", "act", "state", "reason", "answer")),
        "hand_overs": list(HandOver.objects.filter(_about(members)).values("recorded_at", "reason")),
    }


def erase(person_id: UUID) -> None:
    """Empty what colleagues wrote about a person; that they sat together, asked and answered stays without a name."""
    members = members_of(person_id)
    _conferences(members).update(question="", decided="", next_step="")
    SecondOpinion.objects.filter(_about(members)).update(question="", answer="")
    HandOver.objects.filter(_about(members)).update(reason="")
    Approval.objects.filter(person__in=members).update(person=None, reason="", answer="")


def preview(person_id: UUID) -> list[Effect]:
    """Tell what erasing the person does to supervision."""
    members = members_of(person_id)
    left = _("days and colleagues, no words")
    effects = [
        Effect(_("Case conferences"), 0, _conferences(members).count(), left),
        Effect(_("Second opinions"), 0, SecondOpinion.objects.filter(_about(members)).count(), left),
        Effect(_("Requests for approval"), 0, Approval.objects.filter(person__in=members).count(), left),
    ]
    return [effect for effect in effects if effect.stays]
