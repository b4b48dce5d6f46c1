from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safar.cases.actions import approvals as actions
from safar.cases.models import Approval, CaseFile
from safar.cases.permissions import DECIDE_APPROVAL, MANAGE_CASE
from safar.cases.queries import approvals, cases
from safar.cases.queries.supervision_rules import why
from safar.desk.access import requires
from safar.desk.cases.supervision import facts
from safar.desk.cases.supervision.forms import AskApprovalForm, DecideForm
from safar.desk.forms import UNPROCESSABLE, tell
from safar.desk.middleware import DeskRequest
from safar.kernel.once import fresh_key


@requires(DECIDE_APPROVAL)
def list_approvals(request: DeskRequest) -> HttpResponse:
    """Show what waits for a second person, what was answered lately, and the rules that ask."""
    context = {
        "waiting": approvals.waiting(by=request.actor),
        "answered": approvals.answered(by=request.actor),
        "rules": facts.rule_lines(),
    }
    return render(request, "desk/cases/supervision/approvals.html", context)


@requires(DECIDE_APPROVAL)
def approval(request: DeskRequest, approval_id: UUID) -> HttpResponse:
    """Show one request; approve it or send it back with the reason."""
    get_object_or_404(Approval, pk=approval_id)
    form = DecideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        approve = "approve" in request.POST
        try:
            actions.decide(
                approval_id=approval_id, approve=approve, answer=form.cleaned_data["answer"], by=request.actor
            )
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("It is approved.") if approve else _("It is sent back."))
            return redirect("desk:cases:approvals")
    found = approvals.get(approval_id, by=request.actor)
    context = {
        "form": form,
        "approval": found,
        "whys": [why(code) for code in found.rules],
        "about": facts.page_of(found),
        "may_decide": found.state == "asked" and approvals.may_decide(found, by=request.actor),
        "is_own": found.asked_by_id == request.actor.id,
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/cases/supervision/approval.html", context, status=status)


@requires(MANAGE_CASE)
def ask(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Ask for approval of what a rule holds back in this case file."""
    get_object_or_404(CaseFile, pk=case_id)
    case = cases.get(case_id, by=request.actor)
    needed = approvals.needed_for(case)
    form = AskApprovalForm(request.POST if request.method == "POST" else None, acts=[act for act, _rules in needed])
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask(
                act=form.cleaned_data["act"],
                subject_key=case_id,
                about=approvals.circumstances_of(case),
                reason=form.cleaned_data["reason"],
                form_key=request.POST.get("form_key", ""),
                by=request.actor,
            )
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("A second person is asked."))
            return redirect("desk:cases:case", case_id)
    whys = dict.fromkeys(why(rule.code) for _act, rules in needed for rule in rules)
    context = {
        "form": form,
        "case": case,
        "whys": list(whys),
        "form_key": request.POST.get("form_key") or fresh_key(),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/cases/supervision/ask_approval.html", context, status=status)


@require_POST
@requires(MANAGE_CASE)
def withdraw(request: DeskRequest, approval_id: UUID) -> HttpResponse:
    found = get_object_or_404(Approval, pk=approval_id)
    try:
        actions.withdraw(approval_id=approval_id, by=request.actor)
    except ValidationError as error:
        tell(request, error)
    else:
        messages.success(request, _("The request is taken back."))
    return redirect(facts.page_of(found))


@require_POST
@requires(MANAGE_CASE)
def noted(request: DeskRequest, approval_id: UUID) -> HttpResponse:
    get_object_or_404(Approval, pk=approval_id, asked_by_id=request.actor.id)
    actions.noted(approval_id=approval_id, by=request.actor)
    return redirect("desk:cases:told")
