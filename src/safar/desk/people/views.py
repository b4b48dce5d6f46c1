from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safar.desk.access import requires
from safar.desk.forms import UNPROCESSABLE
from safar.desk.middleware import DeskRequest
from safar.desk.navigation import person_actions_for
from safar.desk.people.facts import facts_of
from safar.desk.people.forms import PersonForm
from safar.desk.timeline import timeline_of
from safar.people.actions import persons
from safar.people.models import Person
from safar.people.permissions import (
    CHANGE_PERSON,
    MERGE_PEOPLE,
    READ_PERSON,
    RECORD_CONSENT,
    SEARCH_PEOPLE,
)
from safar.people.queries import cards, clusters, duplicates, guardians, households
from safar.people.queries import consent as consent_queries
from safar.people.queries import persons as person_queries
from safar.people.rules import read_card_code


@requires(SEARCH_PEOPLE)
def find(request: DeskRequest) -> HttpResponse:
    """Search by POST, so that a name never stands in an address, a log or the browser's history."""
    typed = request.POST.get("q", "").strip()
    reason = request.POST.get("reason", "")
    result = person_queries.search(typed, reason=reason, by=request.actor) if typed else None
    if result and result.hits and read_card_code(typed):
        return redirect("desk:people:file", result.hits[0].person.pk)
    context = {"typed": typed, "result": result, "may_merge": request.actor.may(MERGE_PEOPLE)}
    return render(request, "desk/people/search.html", context)


@require_POST
@requires(SEARCH_PEOPLE)
def suggest(request: DeskRequest) -> HttpResponse:
    """Answer a search box while somebody types; each answer is in the trail like any other search."""
    typed = request.POST.get("q", "").strip()
    result = person_queries.search(typed, by=request.actor) if typed else None
    return render(request, "desk/people/_suggestions.html", {"result": result})


@requires(READ_PERSON)
def file(request: DeskRequest, person_id: UUID) -> HttpResponse:
    if get_object_or_404(Person, pk=person_id).merged_into_id:
        messages.info(request, _("This file was merged into another, which answers for both."))
        return redirect("desk:people:file", clusters.head_of(person_id))
    person = person_queries.open_file(person_id, by=request.actor)
    context = {
        "person": person,
        "facts": facts_of(person),
        "consents": consent_queries.standing(person_id),
        "timeline": timeline_of(person_id, request.actor),
        "person_actions": person_actions_for(request.actor),
        "may_record_consent": request.actor.may(RECORD_CONSENT),
        "may_change": request.actor.may(CHANGE_PERSON),
        "households": households.of_person(person_id, by=request.actor),
        "guardianship": guardians.standing(person_id),
        "guardian_is_missing": guardians.is_missing(person),
        "card": cards.card_of(person_id),
        "merges": duplicates.merges_of(person_id) if request.actor.may(MERGE_PEOPLE) else [],
    }
    return render(request, "desk/people/file.html", context)


@requires(CHANGE_PERSON)
def edit(request: DeskRequest, person_id: UUID) -> HttpResponse:
    if get_object_or_404(Person, pk=person_id).merged_into_id:
        return redirect("desk:people:edit", clusters.head_of(person_id))
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
