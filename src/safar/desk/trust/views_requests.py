"""What people ask about their own data: the list with its clock, one request, the copy, the erasure."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safar.desk import papers
from safar.desk.access import requires
from safar.desk.forms import UNPROCESSABLE, tell
from safar.desk.middleware import DeskRequest
from safar.desk.trust import own_copy
from safar.desk.trust.forms_requests import AnswerForm, EraseForm, ExtendForm, IdentifyForm, ReceiveForm
from safar.kernel.actor import Actor
from safar.kernel.clock import now, today
from safar.kernel.once import fresh_key
from safar.people.models import Person
from safar.people.queries import persons
from safar.trust.actions import subject_requests as actions
from safar.trust.enums import RequestKind
from safar.trust.models import SubjectRequest
from safar.trust.permissions import ANSWER_SUBJECT_REQUESTS, RECEIVE_SUBJECT_REQUESTS
from safar.trust.queries import centres
from safar.trust.queries import subject_requests as queries
from safar.trust.queries.profile import profile

FORMATS = {"pdf": "application/pdf", "json": "application/json"}


@requires(RECEIVE_SUBJECT_REQUESTS)
def requests(request: DeskRequest) -> HttpResponse:
    """List open requests by the day they are due, and those answered lately."""
    waiting, answered = queries.waiting(by=request.actor), queries.answered(by=request.actor)
    names = persons.labels({one.person_key for one in [*waiting, *answered]}, by=request.actor)
    context = {
        "waiting": [
            (one, names.get(one.person_key, ""), queries.days_left(one), -queries.days_left(one)) for one in waiting
        ],
        "answered": [(one, names.get(one.person_key, "")) for one in answered],
        "days": [(RequestKind(kind).label, days) for kind, days in profile().subject_requests.days.items()],
    }
    return render(request, "desk/trust/requests.html", context)


@requires(RECEIVE_SUBJECT_REQUESTS)
def request_new(request: DeskRequest, person_id: UUID) -> HttpResponse:
    """Note what a person asks, from their file."""
    get_object_or_404(Person, pk=person_id)
    person = persons.open_file(person_id, by=request.actor)
    form = ReceiveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.receive(
                person_key=person_id,
                details=form.details(),
                form_key=request.POST.get("form_key", ""),
                by=request.actor,
            )
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The request is noted. The clock runs from the day it came."))
            return redirect("desk:trust:request", made.pk)
    context = {"form": form, "person": person, "form_key": request.POST.get("form_key") or fresh_key()}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/trust/request_new.html", context, status=status)


@requires(RECEIVE_SUBJECT_REQUESTS)
def request_show(request: DeskRequest, request_id: UUID) -> HttpResponse:
    return _page(request, _found(request_id, request.actor))


@require_POST
@requires(RECEIVE_SUBJECT_REQUESTS)
def request_identify(request: DeskRequest, request_id: UUID) -> HttpResponse:
    found, form = _found(request_id, request.actor), IdentifyForm(request.POST)
    if form.carries_out(
        lambda: actions.identify(request_id=request_id, how=form.cleaned_data["how"], by=request.actor)
    ):
        messages.success(request, _("It is recorded how the person was known."))
        return redirect("desk:trust:request", request_id)
    return _page(request, found, identify_form=form)


@require_POST
@requires(ANSWER_SUBJECT_REQUESTS)
def request_extend(request: DeskRequest, request_id: UUID) -> HttpResponse:
    found, form = _found(request_id, request.actor), ExtendForm(request.POST)
    if form.carries_out(
        lambda: actions.extend(request_id=request_id, reason=form.cleaned_data["reason"], by=request.actor)
    ):
        messages.success(request, _("The time is lengthened. Tell the person."))
        return redirect("desk:trust:request", request_id)
    return _page(request, found, extend_form=form)


@require_POST
@requires(ANSWER_SUBJECT_REQUESTS)
def request_answer(request: DeskRequest, request_id: UUID) -> HttpResponse:
    found = _found(request_id, request.actor)
    form = AnswerForm(request.POST, subject_request=found)
    if form.carries_out(lambda: actions.answer(request_id=request_id, by=request.actor, **form.cleaned_data)):
        messages.success(request, _("The request is answered."))
        return redirect("desk:trust:request", request_id)
    return _page(request, found, answer_form=form)


@require_POST
@requires(ANSWER_SUBJECT_REQUESTS)
def request_copy(request: DeskRequest, request_id: UUID, ending: str) -> HttpResponse:
    """Give the person's own copy as a file in their own language; that it was taken out is on the trail."""
    if ending not in FORMATS:
        raise Http404(ending)
    found = _found(request_id, request.actor)
    try:
        held = actions.copy(request_id=request_id, by=request.actor)
    except ValidationError as error:
        tell(request, error)
        return redirect("desk:trust:request", request_id)
    language = papers.language_for(
        str(held.get("people", {}).get("details", {}).get("language") or profile().default_language)
    )
    made_on = today()
    if ending == "json":
        content = own_copy.as_data(held, language=language, made_on=made_on)
    else:
        centre = centres.home_of(request.actor)
        content = papers.pdf(own_copy.as_paper(held, language=language, made_on=made_on, centre=centre), made_at=now())
    name = f"copy-{found.received_on}.{ending}"
    return papers.download(content, name=name, content_type=FORMATS[ending])


@requires(ANSWER_SUBJECT_REQUESTS)
def request_erase(request: DeskRequest, request_id: UUID) -> HttpResponse:
    """Show what goes and what stays, and erase the person when the officer has read it."""
    found = _found(request_id, request.actor)
    if not found.is_open or found.kind != RequestKind.ERASURE:
        raise Http404(str(request_id))
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.erase(request_id=request_id, by=request.actor)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The person is erased. The counts stay as they were."))
            return redirect("desk:trust:request", request_id)
    context = {
        "request_shown": found,
        "who": persons.labels({found.person_key}, by=request.actor).get(found.person_key, ""),
        # What goes stands first: that cannot be got back.
        "effects": sorted(actions.effects(found.person_key, by=request.actor), key=lambda effect: not effect.goes),
        "form": form,
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/trust/request_erase.html", context, status=status)


def _found(request_id: UUID, by: Actor) -> SubjectRequest:
    try:
        return queries.get(request_id, by=by)
    except SubjectRequest.DoesNotExist as error:
        raise Http404(str(request_id)) from error


def _page(request: DeskRequest, found: SubjectRequest, **bound: object) -> HttpResponse:
    is_correction = found.kind == RequestKind.CORRECTION
    context = {
        "request_shown": found,
        "who": persons.labels({found.person_key}, by=request.actor).get(found.person_key, ""),
        "left": queries.days_left(found),
        "late": -queries.days_left(found),
        "may_answer": request.actor.may(ANSWER_SUBJECT_REQUESTS),
        "changes": queries.changes_since(found) if is_correction else [],
        "identify_form": IdentifyForm(),
        "extend_form": ExtendForm(),
        "answer_form": AnswerForm(subject_request=found),
        "bound": next(iter(bound), ""),
    }
    return render(request, "desk/trust/request.html", context | bound, status=UNPROCESSABLE if bound else 200)
