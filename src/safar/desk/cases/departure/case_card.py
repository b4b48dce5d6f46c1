"""What the page of a case file before departure says of the departure, and the question asked when it is closed."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from safar.cases.enums.cases import CaseKind
from safar.cases.enums.departure import ANSWERS
from safar.cases.models import CaseFile, DepartureOutcome
from safar.cases.permissions import PREPARE_DEPARTURE, RECORD_OUTCOME
from safar.cases.queries.departure import latest_outcome
from safar.desk.middleware import DeskRequest
from safar.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class DepartureCard:
    """The latest outcome, and whether the file was closed without one that answers."""

    latest: DepartureOutcome | None
    is_owed: bool
    may_ask: bool
    may_prepare: bool


def of_case(case: CaseFile, *, by: Actor) -> DepartureCard | None:
    """Return the card of a file before departure; others have none."""
    if case.kind != CaseKind.PRE_DEPARTURE:
        return None
    latest = latest_outcome(case_id=case.pk)
    owed = not case.is_open and not _answers(latest)
    may_prepare = by.may(PREPARE_DEPARTURE) and case.is_open and case.person_id is not None
    return DepartureCard(latest, owed, by.may(RECORD_OUTCOME), may_prepare)


def or_ask(request: DeskRequest, case_id: UUID, answer: HttpResponse) -> HttpResponse:
    """Lead on to what became of the departure when its file has just been closed and nobody said so yet."""
    case = CaseFile.objects.get(pk=case_id)
    is_done = isinstance(answer, HttpResponseRedirect) and not case.is_open
    if not (is_done and case.kind == CaseKind.PRE_DEPARTURE and request.actor.may(RECORD_OUTCOME)):
        return answer
    if _answers(latest_outcome(case_id=case_id)):
        return answer
    messages.info(request, _("The case file is closed. Say what became of the departure."))
    return redirect("desk:cases:outcome_case", case_id)


def _answers(latest: DepartureOutcome | None) -> bool:
    return latest is not None and latest.outcome in ANSWERS
