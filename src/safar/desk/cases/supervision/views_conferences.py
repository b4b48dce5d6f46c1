from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safar.cases.actions import conferences
from safar.cases.models import CaseConference, CaseFile
from safar.cases.permissions import MANAGE_CASE
from safar.cases.queries import cases
from safar.cases.queries.colleagues import case_workers, choices
from safar.desk.access import requires
from safar.desk.cases.supervision.forms import ConferenceForm
from safar.desk.forms import UNPROCESSABLE
from safar.desk.middleware import DeskRequest
from safar.kernel.once import fresh_key
from safar.trust.permissions import WRITE_SEALED
from safar.trust.queries import sealed


@requires(MANAGE_CASE)
def add(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Write down a case conference; what belongs under seal has its door beside the form."""
    get_object_or_404(CaseFile, pk=case_id)
    case = cases.get(case_id, by=request.actor)
    form = ConferenceForm(
        request.POST if request.method == "POST" else None,
        colleagues=choices(case_workers()),
        initial={"participants": [str(request.actor.id)]},
    )
    if request.method == "POST" and form.is_valid():
        try:
            conferences.add(
                case_id=case_id, details=form.details(), form_key=request.POST.get("form_key", ""), by=request.actor
            )
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The case conference is in the case file."))
            return redirect("desk:cases:case", case_id)
    context = {
        "form": form,
        "case": case,
        "form_key": request.POST.get("form_key") or fresh_key(),
        "may_seal": request.actor.may(WRITE_SEALED),
        "sealed_part": case.person_id and sealed.part_for(case.person_id, by=request.actor),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/cases/supervision/conference.html", context, status=status)


@require_POST
@requires(MANAGE_CASE)
def step_done(request: DeskRequest, conference_id: UUID) -> HttpResponse:
    found = get_object_or_404(CaseConference, pk=conference_id)
    conferences.step_done(conference_id=conference_id, by=request.actor)
    messages.success(request, _("The next step is done."))
    return redirect("desk:cases:case", found.case_file_id)
