from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safar.desk.access import requires
from safar.desk.forms import UNPROCESSABLE
from safar.desk.middleware import DeskRequest
from safar.desk.people.alike import alike_to, read_id, ruled_out_in
from safar.desk.people.forms import ConsentForm, PersonForm
from safar.desk.people.side_by_side import Resemblance
from safar.kernel.once import fresh_key
from safar.people.actions import persons
from safar.people.models import Household, Person
from safar.people.permissions import REGISTER_PERSON
from safar.trust.queries import centres


@requires(REGISTER_PERSON)
def register(request: DeskRequest) -> HttpResponse:
    """Open a file; whoever looks the same is shown first, and said to be somebody else or not."""
    form = PersonForm(request.POST or None)
    consent_form = ConsentForm(request.POST or None)
    household = _household(request)
    ruled_out = ruled_out_in(request.POST)
    found: list[Resemblance] = []
    if request.method == "POST":
        if "rule_out" in request.POST or ("register_anyway" not in request.POST and form.is_valid()):
            found = alike_to(form.so_far(), ruled_out, request.actor)
        is_decided = not found and "rule_out" not in request.POST
        if (
            is_decided
            and form.is_valid()
            and consent_form.is_valid()
            and (person := _open(request, form, consent_form))
        ):
            messages.success(request, _("File %(number)s is open.") % {"number": person.client_number})
            if household:
                return redirect("desk:people:household_add", household.pk, person.pk)
            return redirect("desk:people:file", person.pk)
    context = {
        "form": form,
        "consent_form": consent_form,
        "alike": found,
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
    ruled_out = ruled_out_in(request.POST)
    context = {
        "alike": alike_to(form.so_far(), ruled_out, request.actor),
        "ruled_out": ruled_out,
        "answer": request.POST.get("answer", ""),
    }
    return render(request, "desk/people/_alike.html", context)


def _open(request: DeskRequest, form: PersonForm, consent_form: ConsentForm) -> Person | None:
    """Open the file, or return None with the reasons at their fields."""
    try:
        return persons.register(
            details=form.details(),
            consents_given=consent_form.consents(),
            centre=centres.home_of(request.actor),
            not_same_as=ruled_out_in(request.POST),
            form_key=request.POST.get("form_key", ""),
            by=request.actor,
        )
    except ValidationError as error:
        form.add_problems(error)
        return None


def _household(request: DeskRequest) -> Household | None:
    """Return the household whose member is being registered."""
    wanted = read_id(request.POST.get("household") or request.GET.get("household") or "")
    return Household.objects.filter(pk=wanted).first() if wanted else None
