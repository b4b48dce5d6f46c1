from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safar.desk.access import requires
from safar.desk.middleware import DeskRequest
from safar.people.actions import cards as actions
from safar.people.models import Person
from safar.people.permissions import CHANGE_PERSON
from safar.people.queries import cards
from safar.people.queries.persons import open_file
from safar.people.rules import written_card_code
from safar.trust.queries import centres
from safar.ui.qr import qr_code

_CODE = "card_code"


@requires(CHANGE_PERSON)
def show(request: DeskRequest, person_id: UUID) -> HttpResponse:
    """Show whether there is a card. A fresh code waits in the session and is gone once it was shown."""
    get_object_or_404(Person, pk=person_id)
    person = open_file(person_id, by=request.actor)
    waiting = request.session.get(_CODE)
    code = request.session.pop(_CODE)["code"] if waiting and waiting["for"] == str(person_id) else ""
    context = {
        "person": person,
        "card": cards.card_of(person_id),
        "code": written_card_code(code) if code else "",
        # The code alone and no address: a phone that scans it learns nothing, and no log of ours ever holds it.
        "qr": qr_code(code) if code else "",
        "centre": centres.home_of(request.actor),
    }
    return render(request, "desk/people/card.html", context)


@require_POST
@requires(CHANGE_PERSON)
def issue(request: DeskRequest, person_id: UUID) -> HttpResponse:
    get_object_or_404(Person, pk=person_id)
    request.session[_CODE] = {"for": str(person_id), "code": actions.issue(person_id=person_id, by=request.actor)}
    return redirect("desk:people:card", person_id)


@require_POST
@requires(CHANGE_PERSON)
def revoke(request: DeskRequest, person_id: UUID) -> HttpResponse:
    get_object_or_404(Person, pk=person_id)
    actions.revoke(person_id=person_id, by=request.actor)
    messages.success(request, _("The card no longer works."))
    return redirect("desk:people:card", person_id)
