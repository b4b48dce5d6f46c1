from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safar.cases.actions import cases as actions
from safar.cases.models import CaseFile
from safar.cases.permissions import MANAGE_CASE
from safar.cases.queries import cases
from safar.desk.access import requires
from safar.desk.cases import facts
from safar.desk.cases.departure import case_card
from safar.desk.cases.forms_cases import CaseForm, MoveCaseForm, NoteForm, ServiceForm
from safar.desk.cases.supervision import facts as supervision
from safar.desk.forms import UNPROCESSABLE, ActionForm
from safar.desk.middleware import DeskRequest
from safar.kernel.once import fresh_key
from safar.people.models import Person
from safar.people.queries import persons
from safar.trust.permissions import WRITE_SEALED
from safar.trust.queries import centres, sealed

PAGE = 50


@requires(MANAGE_CASE)
def list_cases(request: DeskRequest) -> HttpResponse:
    """Show the open case files of the own centre, the longest open first."""
    page = Paginator(cases.open_cases(by=request.actor), PAGE).get_page(request.GET.get("page"))
    found = list(page.object_list)
    people = persons.labels({case.person_id for case in found if case.person_id}, by=request.actor)
    lines = [(case, people.get(case.person_id, "") if case.person_id else "") for case in found]
    return render(request, "desk/cases/cases.html", {"lines": lines, "page": page})


@requires(MANAGE_CASE)
def open_case(request: DeskRequest, person_id: UUID) -> HttpResponse:
    get_object_or_404(Person, pk=person_id)
    person = persons.open_file(person_id, by=request.actor)
    form = CaseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            case = actions.open(
                person_id=person_id,
                details=form.details(),
                centre=centres.home_of(request.actor),
                form_key=request.POST.get("form_key", ""),
                by=request.actor,
            )
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The case file is open."))
            return redirect("desk:cases:case", case.pk)
    context = {"form": form, "person": person, "form_key": request.POST.get("form_key") or fresh_key()}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/cases/open_case.html", context, status=status)


@requires(MANAGE_CASE)
def case(request: DeskRequest, case_id: UUID) -> HttpResponse:
    get_object_or_404(CaseFile, pk=case_id)
    return _page(request, case_id)


@require_POST
@requires(MANAGE_CASE)
def move_case(request: DeskRequest, case_id: UUID) -> HttpResponse:
    found = get_object_or_404(CaseFile, pk=case_id)
    form = MoveCaseForm(request.POST, case=found)
    answer = _answer(
        request, case_id, "move_form", form, lambda data: actions.move(case_id=case_id, by=request.actor, **data)
    )
    return case_card.or_ask(request, case_id, answer)


@require_POST
@requires(MANAGE_CASE)
def add_service(request: DeskRequest, case_id: UUID) -> HttpResponse:
    get_object_or_404(CaseFile, pk=case_id)
    form = ServiceForm(request.POST, prefix="service")
    return _answer(
        request,
        case_id,
        "service_form",
        form,
        lambda data: actions.add_service(case_id=case_id, by=request.actor, **data),
    )


@require_POST
@requires(MANAGE_CASE)
def add_note(request: DeskRequest, case_id: UUID) -> HttpResponse:
    get_object_or_404(CaseFile, pk=case_id)
    form = NoteForm(request.POST, prefix="note")
    return _answer(
        request, case_id, "note_form", form, lambda data: actions.add_note(case_id=case_id, by=request.actor, **data)
    )


def _answer(
    request: DeskRequest, case_id: UUID, name: str, form: ActionForm, act: Callable[..., object]
) -> HttpResponse:
    """Do what the form asks and go back to the case, or show the case with the form as it was typed."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("It is in the case file."))
            return redirect("desk:cases:case", case_id)
    return _page(request, case_id, **{name: form})


def _page(request: DeskRequest, case_id: UUID, **bound: ActionForm) -> HttpResponse:
    found = cases.get(case_id, by=request.actor)
    context = {
        "case": found,
        "events": [(event, facts.of_event(event)) for event in found.events.all()],
        "facts": facts.of_case(found),
        "move_form": bound.get("move_form") or MoveCaseForm(case=found),
        "service_form": bound.get("service_form") or ServiceForm(prefix="service"),
        "note_form": bound.get("note_form") or NoteForm(prefix="note", initial={"kind": "note"}),
        "referrals": [
            (referral, facts.label("referral_service", referral.service)) for referral in found.referrals.all()
        ],
        "bound": next(iter(bound), ""),
        "supervision": supervision.of_case(found, by=request.actor, is_wanted="move_form" in bound),
        "departure": case_card.of_case(found, by=request.actor),
        "may_seal": request.actor.may(WRITE_SEALED),
        "sealed_part": found.person_id and sealed.part_for(found.person_id, by=request.actor),
    }
    return render(request, "desk/cases/case.html", context, status=UNPROCESSABLE if bound else 200)
