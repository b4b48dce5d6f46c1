from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safar.desk.access import requires
from safar.desk.middleware import DeskRequest
from safar.desk.navigation import person_actions_for
from safar.desk.people.facts import facts_of
from safar.desk.people.forms import ConsentForm, DecisionForm, PersonForm
from safar.desk.timeline import timeline_of
from safar.kernel.once import fresh_key
from safar.people.actions import consents, persons
from safar.people.models import Person
from safar.people.permissions import (
    CHANGE_PERSON,
    READ_PERSON,
    RECORD_CONSENT,
    REGISTER_PERSON,
    SEARCH_PEOPLE,
)
from safar.people.queries import consent as consent_queries
from safar.people.queries import persons as person_queries
from safar.trust.queries import centres

UNPROCESSABLE = 422


@requires(SEARCH_PEOPLE)
def find(request: DeskRequest) -> HttpResponse:
    """Search by POST, so that a name never stands in an address, a log or the browser's history."""
    typed = request.POST.get("q", "").strip()
    result = person_queries.search(typed, by=request.actor) if typed else None
    return render(request, "desk/people/search.html", {"typed": typed, "result": result})


@requires(REGISTER_PERSON)
def register(request: DeskRequest) -> HttpResponse:
    form = PersonForm(request.POST or None)
    consent_form = ConsentForm(request.POST or None)
    alike: list[person_queries.SearchHit] = []
    if request.method == "POST" and form.is_valid() and consent_form.is_valid():
        details = form.details()
        if "register_anyway" not in request.POST:
            alike = person_queries.similar(details)
        if not alike:
            try:
                person = persons.register(
                    details=details,
                    consents_given=consent_form.consents(),
                    centre=centres.home_of(request.actor),
                    form_key=request.POST.get("form_key", ""),
                    by=request.actor,
                )
            except ValidationError as error:
                form.add_problems(error)
            else:
                messages.success(request, _("File %(number)s is open.") % {"number": person.client_number})
                return redirect("desk:people:file", person.pk)
    context = {
        "form": form,
        "consent_form": consent_form,
        "alike": alike,
        "form_key": request.POST.get("form_key") or fresh_key(),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/people/register.html", context, status=status)


@requires(READ_PERSON)
def file(request: DeskRequest, person_id: UUID) -> HttpResponse:
    get_object_or_404(Person, pk=person_id)
    person = person_queries.open_file(person_id, by=request.actor)
    context = {
        "person": person,
        "facts": facts_of(person),
        "consents": consent_queries.standing(person_id),
        "decision_form": DecisionForm(),
        "timeline": timeline_of(person_id, request.actor),
        "person_actions": person_actions_for(request.actor),
        "may_record_consent": request.actor.may(RECORD_CONSENT),
    }
    return render(request, "desk/people/file.html", context)


@requires(CHANGE_PERSON)
def edit(request: DeskRequest, person_id: UUID) -> HttpResponse:
    get_object_or_404(Person, pk=person_id)
    person = person_queries.open_file(person_id, by=request.actor)
    form = PersonForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            persons.change(person_id=person_id, details=form.details(), by=request.actor)
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The details are saved."))
            return redirect("desk:people:file", person_id)
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/people/edit.html", {"form": form, "person": person}, status=status)


@require_POST
@requires(RECORD_CONSENT)
def decide(request: DeskRequest, person_id: UUID) -> HttpResponse:
    get_object_or_404(Person, pk=person_id)
    form = DecisionForm(request.POST)
    if form.is_valid():
        try:
            consents.decide(person_id=person_id, details=form.decision(), by=request.actor)
        except ValidationError as error:
            for message in error.messages:
                messages.error(request, message)
        else:
            messages.success(request, _("The decision is recorded."))
    else:
        messages.error(request, _("Choose a purpose and an answer."))
    return redirect("desk:people:file", person_id)


@require_POST
@requires(RECORD_CONSENT)
def withdraw(request: DeskRequest, grant_id: UUID) -> HttpResponse:
    grant = consents.withdraw(grant_id=grant_id, by=request.actor)
    messages.success(request, _("The consent is withdrawn from now on."))
    return redirect("desk:people:file", grant.person_id)
