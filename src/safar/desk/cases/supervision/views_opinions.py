from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safar.cases.actions import opinions as actions
from safar.cases.models import CaseFile, Contact, SecondOpinion
from safar.cases.permissions import ASK_OPINION, MANAGE_CASE
from safar.cases.queries import cases, contacts, opinions
from safar.cases.queries.colleagues import case_workers, choices, contact_workers
from safar.desk.access import requires
from safar.desk.cases.supervision import facts
from safar.desk.cases.supervision.forms import AnswerForm, OpinionForm
from safar.desk.forms import UNPROCESSABLE, tell
from safar.desk.middleware import DeskRequest
from safar.kernel.once import fresh_key
from safar.trust.permissions import WRITE_SEALED
from safar.trust.queries import sealed


@requires(MANAGE_CASE)
def ask_case(request: DeskRequest, case_id: UUID) -> HttpResponse:
    get_object_or_404(CaseFile, pk=case_id)
    return _ask(request, cases.get(case_id, by=request.actor))


@requires(ASK_OPINION)
def ask_contact(request: DeskRequest, contact_id: UUID) -> HttpResponse:
    get_object_or_404(Contact, pk=contact_id)
    return _ask(request, contacts.get(contact_id, by=request.actor))


@requires(ASK_OPINION)
def opinion(request: DeskRequest, opinion_id: UUID) -> HttpResponse:
    """Show a question with what it is about; the colleague asked answers here."""
    get_object_or_404(SecondOpinion, pk=opinion_id)
    found = opinions.get(opinion_id, by=request.actor)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(opinion_id=opinion_id, text=form.cleaned_data["answer"], by=request.actor)
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("Your colleague sees your answer on the board."))
            return redirect("desk:cases:opinion", opinion_id)
    name, url, person_id = facts.opinion_about(found)
    context = {
        "form": form,
        "opinion": found,
        "about_name": name,
        "about_url": url,
        "person_id": person_id,
        "may_answer": found.state == "asked" and found.asked_of_id == request.actor.id,
        "may_withdraw": found.state == "asked" and found.asked_by_id == request.actor.id,
        "may_seal": request.actor.may(WRITE_SEALED),
        "sealed_part": person_id and sealed.part_for(person_id, by=request.actor),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/cases/supervision/opinion.html", context, status=status)


@require_POST
@requires(ASK_OPINION)
def withdraw(request: DeskRequest, opinion_id: UUID) -> HttpResponse:
    get_object_or_404(SecondOpinion, pk=opinion_id)
    try:
        actions.withdraw(opinion_id=opinion_id, by=request.actor)
    except ValidationError as error:
        tell(request, error)
    else:
        messages.success(request, _("The question is taken back."))
    return redirect("desk:cases:opinion", opinion_id)


@require_POST
@requires(ASK_OPINION)
def noted(request: DeskRequest, opinion_id: UUID) -> HttpResponse:
    get_object_or_404(SecondOpinion, pk=opinion_id, asked_by_id=request.actor.id)
    actions.noted(opinion_id=opinion_id, by=request.actor)
    return redirect("desk:cases:told")


def _ask(request: DeskRequest, about: CaseFile | Contact) -> HttpResponse:
    case = about if isinstance(about, CaseFile) else None
    contact = about if isinstance(about, Contact) else None
    back = reverse("desk:cases:case" if case else "desk:cases:contact", args=[about.pk])
    colleagues = case_workers() if case else contact_workers()
    form = OpinionForm(
        request.POST if request.method == "POST" else None, colleagues=choices(colleagues, without=request.actor.id)
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask(
                case_id=case.pk if case else None,
                contact_id=contact.pk if contact else None,
                of_id=UUID(form.cleaned_data["of"]),
                question=form.cleaned_data["question"],
                form_key=request.POST.get("form_key", ""),
                by=request.actor,
            )
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("Your colleague sees the question on the board."))
            return redirect(back)
    context = {
        "form": form,
        "is_case": case is not None,
        "back": back,
        "about": about.pk,
        "person_id": about.person_id,
        "form_key": request.POST.get("form_key") or fresh_key(),
        "may_seal": request.actor.may(WRITE_SEALED),
        "sealed_part": about.person_id and sealed.part_for(about.person_id, by=request.actor),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/cases/supervision/ask_opinion.html", context, status=status)
