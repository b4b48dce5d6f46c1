from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from safar.cases.actions import hand_overs
from safar.cases.models import CaseFile, HandOver
from safar.cases.permissions import DECIDE_APPROVAL, READ_CONTACT, SUPERVISE
from safar.cases.queries import approvals, caseload, cases
from safar.cases.queries import heavy as heavy_queries
from safar.cases.queries.colleagues import case_workers, choices, contact_workers
from safar.cases.queries.hand_overs import owner_in
from safar.cases.queries.supervision_rules import heavy_file
from safar.desk.access import requires
from safar.desk.cases import facts as case_facts
from safar.desk.cases.supervision import board, facts
from safar.desk.cases.supervision.forms import HandOverForm
from safar.desk.forms import UNPROCESSABLE
from safar.desk.middleware import DeskRequest
from safar.trust.models import Staff

PAGE = 25
FIRST_HEAVY = 5


@requires(SUPERVISE)
def supervision(request: DeskRequest) -> HttpResponse:
    """Show what each worker of the centre carries, and where a supervisor looks first."""
    found = caseload.of_centre(by=request.actor)
    context = {
        "loads": found.loads,
        "chart": facts.chart_of(found.loads),
        "weeks": [load for load in found.loads if load.worker and load.week.is_told],
        "heavy": facts.heavy_lines(found.heavy[:FIRST_HEAVY], by=request.actor),
        "more_heavy": max(len(found.heavy) - FIRST_HEAVY, 0),
        "rules": heavy_file(),
        "waiting": approvals.count_waiting(by=request.actor) if request.actor.may(DECIDE_APPROVAL) else 0,
    }
    return render(request, "desk/cases/supervision/caseload.html", context)


@requires(SUPERVISE)
def overdue(request: DeskRequest) -> HttpResponse:
    """Show overdue follow-ups by worker, and hand the ones chosen to somebody else."""
    form = HandOverForm(request.POST if request.method == "POST" else None, colleagues=choices(contact_workers()))
    chosen = request.POST.getlist("contacts")
    if request.method == "POST" and form.is_valid():
        try:
            given = hand_overs.hand_over_follow_ups(
                contact_ids=[key for each in chosen if (key := _uuid(each))],
                to_id=form.to_id(),
                reason=form.cleaned_data["reason"],
                by=request.actor,
            )
        except ValidationError as error:
            form.add_problems(error)
        else:
            told = ngettext("%(n)d follow-up is handed over.", "%(n)d follow-ups are handed over.", len(given))
            messages.success(request, told % {"n": len(given)})
            return redirect(request.get_full_path())
    worker_id = _uuid(request.GET.get("worker", ""))
    page = Paginator(caseload.overdue(by=request.actor, worker_id=worker_id), PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    owners = Staff.objects.in_bulk([key for each in shown if (key := owner_in(each))])
    lines = case_facts.lines(shown, by=request.actor, with_names=True)
    context = {
        "form": form,
        "page": page,
        "lines": [(line, owners.get(key) if (key := owner_in(line.contact)) else None) for line in lines],
        "workers": contact_workers(request.actor.centre_id),
        "worker_id": worker_id,
        "chosen": chosen,
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/cases/supervision/overdue.html", context, status=status)


@requires(SUPERVISE)
def heavy(request: DeskRequest) -> HttpResponse:
    """Show every heavy case with what weighs in it and the rule file it was weighed by."""
    page = Paginator(heavy_queries.heavy_cases(by=request.actor), PAGE).get_page(request.GET.get("page"))
    rules = heavy_file()
    context = {
        "page": page,
        "lines": facts.heavy_lines(list(page.object_list), by=request.actor),
        "rules": rules,
        "flags": [
            (case_facts.label("vulnerability_flag", flag), weight)
            for flag, weight in sorted(rules.flags.items(), key=lambda pair: -pair[1])
        ],
    }
    return render(request, "desk/cases/supervision/heavy.html", context)


@requires(SUPERVISE)
def hand_over_case(request: DeskRequest, case_id: UUID) -> HttpResponse:
    get_object_or_404(CaseFile, pk=case_id)
    case = cases.get(case_id, by=request.actor)
    form = HandOverForm(
        request.POST if request.method == "POST" else None, colleagues=choices(case_workers(), without=case.worker_id)
    )
    if request.method == "POST" and form.is_valid():
        try:
            hand_overs.hand_over_case(
                case_id=case_id, to_id=form.to_id(), reason=form.cleaned_data["reason"], by=request.actor
            )
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The case file is handed over."))
            return redirect("desk:cases:case", case_id)
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/cases/supervision/hand_over.html", {"form": form, "case": case}, status=status)


@requires(READ_CONTACT)
def told(request: DeskRequest) -> HttpResponse:
    """Show what colleagues have for the reader, and take off the board what is noted."""
    return render(request, "desk/cases/supervision/told.html", {"items": board.items_for(request.actor)})


@require_POST
@requires(READ_CONTACT)
def hand_over_noted(request: DeskRequest, hand_over_id: UUID) -> HttpResponse:
    get_object_or_404(HandOver, pk=hand_over_id, to_staff_id=request.actor.id)
    hand_overs.noted(hand_over_id=hand_over_id, by=request.actor)
    return redirect("desk:cases:told")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
