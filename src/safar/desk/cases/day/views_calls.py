"""Call-backs: putting somebody on the list, and noting each try."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safar.cases.actions import calls
from safar.cases.models import CallBack, Contact
from safar.cases.permissions import RUN_DAY
from safar.desk.access import requires
from safar.desk.cases.day.choosing import chosen
from safar.desk.cases.day.forms import CallForm
from safar.desk.cases.day.views import back_to_day
from safar.desk.forms import UNPROCESSABLE, tell
from safar.desk.middleware import DeskRequest
from safar.kernel.once import fresh_key
from safar.people.models import Person
from safar.people.queries.persons import open_file


@requires(RUN_DAY)
def call_new(request: DeskRequest) -> HttpResponse:
    return _owe(request, None)


@requires(RUN_DAY)
def call_person(request: DeskRequest, person_id: UUID) -> HttpResponse:
    get_object_or_404(Person, pk=person_id)
    return _owe(request, open_file(person_id, by=request.actor))


def _owe(request: DeskRequest, person: Person | None) -> HttpResponse:
    at = chosen(request.POST if request.method == "POST" else request.GET, request.actor)
    form = CallForm(request.POST or None, of_person=person is not None)
    key = request.POST.get("form_key") or fresh_key()
    if request.method == "POST" and form.is_valid():
        try:
            calls.owe(
                centre_id=at.place.pk,
                details=form.details(),
                person_id=person.pk if person else None,
                form_key=key,
                by=request.actor,
            )
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The call stands on the list."))
            return back_to_day(request)
    context = {"at": at, "form": form, "form_key": key, "person": person}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/cases/day/call.html", context, status=status)


@require_POST
@requires(RUN_DAY)
def call_tried(request: DeskRequest, call_id: UUID) -> HttpResponse:
    get_object_or_404(CallBack, pk=call_id)
    try:
        calls.tried(call_id=call_id, result=request.POST.get("result", ""), by=request.actor)
        messages.success(request, _("The try is noted."))
    except ValidationError as error:
        tell(request, error)
    return back_to_day(request, call_id)


@require_POST
@requires(RUN_DAY)
def follow_up_tried(request: DeskRequest, contact_id: UUID) -> HttpResponse:
    get_object_or_404(Contact, pk=contact_id)
    try:
        calls.tried_follow_up(contact_id=contact_id, result=request.POST.get("result", ""), by=request.actor)
        messages.success(request, _("The try is noted. What came of the follow-up is noted with the contact."))
    except ValidationError as error:
        tell(request, error)
    return back_to_day(request, contact_id)
