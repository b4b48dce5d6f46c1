from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safar.cases.actions import closures, receptions, reviews
from safar.cases.enums.approvals import Act
from safar.cases.enums.cases import CaseKind
from safar.cases.models import Assessment, CaseFile, ImmediateNeed, InstrumentVersion
from safar.cases.permissions import FILL_ASSESSMENT, MANAGE_CASE
from safar.cases.queries import approvals, instruments, reintegration
from safar.cases.queries.reintegration import ReturnFile
from safar.desk.access import requires
from safar.desk.cases.facts import of_case
from safar.desk.cases.reintegration import facts
from safar.desk.cases.reintegration.facts import NeedLine
from safar.desk.cases.reintegration.forms import AttemptForm, CloseForm, NeedForm, ReceptionForm, SettleForm
from safar.desk.forms import UNPROCESSABLE, ActionForm
from safar.desk.middleware import DeskRequest
from safar.kernel.once import fresh_key
from safar.people.models import Person
from safar.people.queries import guardians, persons
from safar.trust.permissions import WRITE_SEALED
from safar.trust.queries import centres, sealed

PAGE = 25
OF_RETURN = ("rapid_vulnerability", "exploitation_screen", "reintegration_survey", "satisfaction")


def page_of(request: DeskRequest, found: Any) -> Any:
    """Return the page of a list the address asks for."""
    return Paginator(found, PAGE).get_page(request.GET.get("page"))


def return_file(case_id: UUID) -> CaseFile:
    """Return a file after return, or answer that there is none."""
    return get_object_or_404(CaseFile, pk=case_id, kind=CaseKind.REINTEGRATION)


@requires(MANAGE_CASE)
def list_files(request: DeskRequest) -> HttpResponse:
    """Show the open files after return of the own centre, the next review first."""
    page = page_of(request, reintegration.open_files(by=request.actor))
    people = persons.labels({case.person_id for case in page if case.person_id}, by=request.actor)
    lines = [(case, people.get(case.person_id, "")) for case in page]
    return render(request, "desk/cases/reintegration/list.html", {"page": page, "lines": lines})


@requires(MANAGE_CASE)
def receive(request: DeskRequest, person_id: UUID) -> HttpResponse:
    """Receive somebody who has come back; whoever has been received already is shown their file."""
    get_object_or_404(Person, pk=person_id)
    standing = (
        CaseFile.objects.filter(person=person_id, kind=CaseKind.REINTEGRATION, closed_on=None).order_by("id").first()
    )
    if standing and hasattr(standing, "reception") and request.method != "POST":
        return redirect("desk:cases:reintegration_case", standing.pk)
    person = persons.open_file(person_id, by=request.actor)
    form = ReceptionForm(request.POST if request.method == "POST" else None, initial=_known(standing))
    if request.method == "POST" and form.is_valid():
        try:
            reception = receptions.receive(
                person_id=person_id,
                details=form.details(),
                centre=centres.home_of(request.actor),
                form_key=request.POST.get("form_key", ""),
                by=request.actor,
            )
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The file after return is open."))
            return redirect("desk:cases:reintegration_case", reception.case_file_id)
    context = {
        "form": form,
        "person": person,
        "guardian_is_missing": guardians.is_missing(person),
        "form_key": request.POST.get("form_key") or fresh_key(),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/cases/reintegration/receive.html", context, status=status)


def _known(case: CaseFile | None) -> dict[str, Any]:
    names = ("returned_on", "country_of_return", "return_type", "reason_return")
    return {name: getattr(case, name) for name in names} if case else {}


@requires(MANAGE_CASE)
def show(request: DeskRequest, case_id: UUID) -> HttpResponse:
    return_file(case_id)
    return _page(request, case_id)


@require_POST
@requires(MANAGE_CASE)
def add_need(request: DeskRequest, case_id: UUID) -> HttpResponse:
    return_file(case_id)
    form = NeedForm(request.POST, prefix="need")
    return _answer(
        request,
        case_id,
        "need_form",
        form,
        lambda: receptions.add_need(case_id=case_id, details=form.details(), by=request.actor),
    )


@require_POST
@requires(MANAGE_CASE)
def settle_need(request: DeskRequest, need_id: UUID) -> HttpResponse:
    need = get_object_or_404(ImmediateNeed.objects.select_related("reception"), pk=need_id)
    form = SettleForm(request.POST, need=need, prefix=str(need_id))
    act = lambda: receptions.settle_need(need_id=need_id, to=form.to, reason=form.reason, by=request.actor)  # noqa: E731
    return _answer(request, need.reception.case_file_id, "settle_form", form, act)


@require_POST
@requires(MANAGE_CASE)
def attempt(request: DeskRequest, case_id: UUID) -> HttpResponse:
    return_file(case_id)
    form = AttemptForm(request.POST, prefix="attempt")
    act = lambda: reviews.attempt(case_id=case_id, **form.cleaned_data, by=request.actor)  # noqa: E731
    return _answer(request, case_id, "attempt_form", form, act)


@requires(MANAGE_CASE)
def close(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Show what is still open, then close the file with its reason."""
    case = return_file(case_id)
    if not case.is_open:
        return redirect("desk:cases:reintegration_case", case_id)
    form = CloseForm(request.POST if request.method == "POST" else None, case=case)
    if request.method == "POST" and form.is_valid():
        try:
            closures.close(case_id=case_id, **form.values(), by=request.actor)
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The file is closed."))
            return redirect("desk:cases:reintegration_case", case_id)
    file = reintegration.get(case_id, by=request.actor)
    context = {
        "form": form,
        "case": file.case,
        "left": reintegration.open_ends(file.case),
        "needs": [line for line in facts.needs(file.reception, is_open=True) if line.need.state == "not_met"],
        "second_person": approvals.needed_for(file.case),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/cases/reintegration/close.html", context, status=status)


def needs_second_person_to_leave(case: CaseFile) -> bool:
    """Return whether a rule asks a second person before somebody is given up."""
    return any(act == Act.DROP_OUT for act, _rules in approvals.needed_for(case))


def _answer(
    request: DeskRequest, case_id: UUID, name: str, form: ActionForm, act: Callable[[], object]
) -> HttpResponse:
    """Do what the form asks and go back to the file, or show the file with the form as it was typed."""
    if form.is_valid():
        try:
            act()
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("It is in the case file."))
            return redirect("desk:cases:reintegration_case", case_id)
    return _page(request, case_id, **{name: form})


def _page(request: DeskRequest, case_id: UUID, **bound: ActionForm) -> HttpResponse:
    file = reintegration.get(case_id, by=request.actor)
    case = file.case
    assessed = assessments(case, request)
    shown = file.in_force or file.latest
    noted = [need.need for need in file.reception.needs.all()] if file.reception else []
    context = {
        "case": case,
        "file": file,
        "way": facts.way(file, [one.code for one in assessed]),
        "assessed": assessed,
        "offered": _offered(request) if case.is_open else [],
        "facts": [*(facts.of_reception(file.reception) if file.reception else []), *of_case(case)],
        "needs": _needs(file, bound.get("settle_form")),
        "plan": shown,
        "groups": facts.plan_groups(shown) if shown else [],
        "progress": facts.progress(shown) if shown else (0, 0),
        "given": facts.given(file),
        "reviews": facts.reviews(file),
        "closing": facts.closing(case),
        "need_form": bound.get("need_form") or NeedForm(prefix="need", noted=noted),
        "attempt_form": bound.get("attempt_form") or AttemptForm(prefix="attempt", initial={"mode": "phone"}),
        "bound": next(iter(bound.values()), None),
        "bound_name": next(iter(bound), ""),
        "may_seal": request.actor.may(WRITE_SEALED),
        "sealed_part": case.person_id and sealed.part_for(case.person_id, by=request.actor),
    }
    status = UNPROCESSABLE if bound else 200
    return render(request, "desk/cases/reintegration/show.html", context, status=status)


def _offered(request: DeskRequest) -> list[InstrumentVersion]:
    """Return the instruments of work after return that the reader may fill now."""
    if not request.actor.may(FILL_ASSESSMENT):
        return []
    return [each for each in instruments.offered("case", by=request.actor) if each.instrument.code in OF_RETURN]


def _needs(file: ReturnFile, bound: ActionForm | None) -> list[tuple[NeedLine, BoundField | None]]:
    """Return the needs, each that may still change with the field to say so."""
    lines = []
    for line in facts.needs(file.reception, is_open=file.case.is_open):
        form = (
            bound
            if bound and bound.prefix == str(line.need.pk)
            else SettleForm(need=line.need, prefix=str(line.need.pk))
        )
        lines.append((line, form["answer"] if line.may_change else None))
    return lines


def assessments(case: CaseFile, request: DeskRequest) -> list[Assessment]:
    """Return the assessments of a file which the reader may see."""
    if not request.actor.may(FILL_ASSESSMENT):
        return []
    return instruments.assessments_of(case_id=case.pk, by=request.actor)
