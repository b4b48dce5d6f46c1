from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safar.desk.access import requires
from safar.desk.middleware import DeskRequest
from safar.desk.people.forms import ConsentForm, PersonForm
from safar.desk.people.side_by_side import Resemblance, resemblances
from safar.kernel.once import fresh_key
from safar.people.actions import persons
from safar.people.models import Household
from safar.people.permissions import REGISTER_PERSON
from safar.people.queries import persons as person_queries
from safar.people.rules import PersonDetails
from safar.trust.queries import centres

UNPROCESSABLE = 422


@requires(REGISTER_PERSON)
def register(request: DeskRequest) -> HttpResponse:
    """Open a file; whoever looks the same is shown first, and said to be somebody else or not."""
    form = PersonForm(request.POST or None)
    consent_form = ConsentForm(request.POST or None)
    household = _household(request)
    ruled_out = ruled_out_in(request)
    alike: list[Resemblance] = []
    if request.method == "POST" and form.is_valid() and consent_form.is_valid():
        details = form.details()
        if "register_anyway" not in request.POST:
            alike = alike_to(details, ruled_out)
        if not alike and "rule_out" not in request.POST:
            try:
                person = persons.register(
                    details=details,
                    consents_given=consent_form.consents(),
                    centre=centres.home_of(request.actor),
                    not_same_as=ruled_out,
                    form_key=request.POST.get("form_key", ""),
                    by=request.actor,
                )
            except ValidationError as error:
                form.add_problems(error)
            else:
                messages.success(request, _("File %(number)s is open.") % {"number": person.client_number})
                if household:
                    return redirect("desk:people:household_add", household.pk, person.pk)
                return redirect("desk:people:file", person.pk)
    context = {
        "form": form,
        "consent_form": consent_form,
        "alike": alike,
        "ruled_out": ruled_out,
        "household": household,
        "form_key": request.POST.get("form_key") or fresh_key(),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/people/register.html", context, status=status)


@require_POST
@requires(REGISTER_PERSON)
def alike(request: DeskRequest) -> HttpResponse:
    """Answer, while somebody types, with the files that may belong to the same person."""
    form = PersonForm(request.POST, prefix=request.POST.get("prefix") or None)
    ruled_out = ruled_out_in(request)
    details = form.so_far()
    found = alike_to(details, ruled_out) if details else []
    return render(
        request,
        "desk/people/_alike.html",
        {"alike": found, "ruled_out": ruled_out, "answer": request.POST.get("answer")},
    )


def alike_to(details: PersonDetails, ruled_out: Iterable[UUID]) -> list[Resemblance]:
    """Return who may be the same, without those somebody looked at and said are not."""
    dismissed = set(ruled_out)
    hits = [hit for hit in person_queries.similar(details) if hit.person.pk not in dismissed]
    return resemblances(hits, details)


def ruled_out_in(request: DeskRequest) -> list[UUID]:
    """Return whom the person at the desk said it is not, in the order they said so."""
    texts = [*request.POST.getlist("not_same"), request.POST.get("rule_out", "")]
    return list(dict.fromkeys(found for text in texts if (found := _uuid(text))))


def _household(request: DeskRequest) -> Household | None:
    """Return the household whose member is being registered."""
    wanted = _uuid(request.POST.get("household") or request.GET.get("household") or "")
    return Household.objects.filter(pk=wanted).first() if wanted else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
