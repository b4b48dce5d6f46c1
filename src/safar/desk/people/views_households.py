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
from safar.desk.people.forms_households import HouseholdForm, MemberForm, StartForm
from safar.kernel.once import fresh_key
from safar.people.actions import households as actions
from safar.people.models import Household, HouseholdMember, Person
from safar.people.permissions import CHANGE_PERSON, READ_PERSON, REGISTER_PERSON
from safar.people.queries import households
from safar.people.queries.persons import SearchResult, open_file, search


@requires(CHANGE_PERSON)
def start(request: DeskRequest, person_id: UUID) -> HttpResponse:
    """Begin a household with the person whose file is open."""
    get_object_or_404(Person, pk=person_id)
    person = open_file(person_id, by=request.actor)
    form = StartForm(
        request.POST or None, initial={"label": person.family_name, "place": person.district or person.region}
    )
    if request.method == "POST" and form.is_valid():
        try:
            household = actions.start(
                person_id=person_id,
                details=form.details(),
                role=form.cleaned_data["role"],
                form_key=request.POST.get("form_key", ""),
                by=request.actor,
            )
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The household is on file. Now add those who have a file of their own."))
            return redirect("desk:people:household", household.pk)
    context = {"form": form, "person": person, "form_key": request.POST.get("form_key") or fresh_key()}
    return render(request, "desk/people/household_start.html", context, status=_status(request))


@requires(READ_PERSON)
def show(request: DeskRequest, household_id: UUID) -> HttpResponse:
    get_object_or_404(Household, pk=household_id)
    return _household(request, household_id)


@require_POST
@requires(CHANGE_PERSON)
def find(request: DeskRequest, household_id: UUID) -> HttpResponse:
    """Look for somebody to add. By POST, since a name must not stand in an address."""
    get_object_or_404(Household, pk=household_id)
    typed = request.POST.get("q", "").strip()
    return _household(request, household_id, typed, search(typed, by=request.actor) if typed else None)


@requires(CHANGE_PERSON)
def edit(request: DeskRequest, household_id: UUID) -> HttpResponse:
    get_object_or_404(Household, pk=household_id)
    view = households.get(household_id, by=request.actor)
    form = HouseholdForm(request.POST or None, household=view.household)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(household_id=household_id, details=form.details(), by=request.actor)
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The household is saved."))
            return redirect("desk:people:household", household_id)
    context = {"form": form, "household": view.household}
    return render(request, "desk/people/household_edit.html", context, status=_status(request))


@requires(CHANGE_PERSON)
def add(request: DeskRequest, household_id: UUID, person_id: UUID) -> HttpResponse:
    """Ask what the person is in the household, and add them."""
    household = get_object_or_404(Household, pk=household_id)
    get_object_or_404(Person, pk=person_id)
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add(household_id=household_id, person_id=person_id, by=request.actor, **form.cleaned_data)
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The household has one more member with a file."))
            return redirect("desk:people:household", household_id)
    context = {"form": form, "household": household, "person": open_file(person_id, by=request.actor)}
    return render(request, "desk/people/household_add.html", context, status=_status(request))


@require_POST
@requires(CHANGE_PERSON)
def leave(request: DeskRequest, member_id: UUID) -> HttpResponse:
    get_object_or_404(HouseholdMember, pk=member_id)
    member = actions.leave(member_id=member_id, by=request.actor)
    messages.success(request, _("They no longer belong to the household, from today."))
    return redirect("desk:people:household", member.household_id)


def _household(
    request: DeskRequest, household_id: UUID, typed: str = "", result: SearchResult | None = None
) -> HttpResponse:
    context = {
        "view": households.get(household_id, by=request.actor),
        "typed": typed,
        "result": result,
        "may_change": request.actor.may(CHANGE_PERSON),
        "may_register": request.actor.may(REGISTER_PERSON),
    }
    return render(request, "desk/people/household.html", context)


def _status(request: DeskRequest) -> int:
    return UNPROCESSABLE if request.method == "POST" else 200
