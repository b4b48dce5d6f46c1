import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from safar.cases.actions import agencies as actions
from safar.cases.enums.offers import LicenceStanding
from safar.cases.importers.agencies import messages as words
from safar.cases.importers.agencies import reading, returned, store
from safar.cases.models import Agency, AgencyImport
from safar.cases.permissions import CHECK_OFFER, IMPORT_AGENCIES, TAKE_COMPLAINT
from safar.cases.queries import agencies, agency_imports
from safar.cases.queries.agency_imports import AgencyPreview
from safar.desk.access import requires
from safar.desk.cases.offers import facts
from safar.desk.cases.offers.forms_agencies import AgencyFileForm, AsOfForm, FindAgencyForm
from safar.desk.forms import UNPROCESSABLE, tell
from safar.desk.middleware import DeskRequest
from safar.kernel.clock import today

A_PAGE = 50
_SHOWN_PROBLEMS = 200
_SHOWN_CHANGES = 200
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(CHECK_OFFER)
def list_agencies(request: DeskRequest) -> HttpResponse:
    """Find an agency by its name in any script, or go through the register; each with its standing on a day."""
    form = FindAgencyForm(request.POST if request.method == "POST" else None, initial={"on": today()})
    day, lines, page = today(), [], None
    if request.method == "POST":
        if form.is_valid():
            day = form.cleaned_data["on"] or today()
            hits = agencies.find(form.cleaned_data["name"])
            lines = [_line(hit.agency, day, is_near=not hit.is_same) for hit in hits]
    else:
        page = Paginator(agencies.listing(by=request.actor), A_PAGE).get_page(request.GET.get("page"))
        lines = [_line(agency, day) for agency in page.object_list]
    context = {
        "form": form,
        "day": day,
        "lines": lines,
        "page": page,
        "as_of": agencies.register_day(),
        "may_import": request.actor.may(IMPORT_AGENCIES),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "desk/cases/offers/agencies.html", context, status=status)


def _line(agency: Agency, day: dt.date, *, is_near: bool = False) -> dict[str, object]:
    standing = agencies.standing_on(agency, day)
    label = LicenceStanding(standing.state.value).label
    return {
        "agency": agency,
        "is_near": is_near,
        "standing": label,
        "tone": facts.TONES[standing.state],
        "said": facts.of_standing(standing),
    }


@require_GET
@requires(CHECK_OFFER)
def agency(request: DeskRequest, agency_id: UUID) -> HttpResponse:
    """Show an agency: where it stands today, its licences over time, and what registers changed about it."""
    get_object_or_404(Agency, pk=agency_id)
    found = agencies.get(agency_id, by=request.actor)
    standing = agencies.standing_on(found, today())
    told = [licence.as_told() for licence in found.licences.all()]
    context = {
        "agency": found,
        "line": _line(found, today()),
        "standing": facts.of_standing(standing),
        "picture": facts.picture_of(told, found.as_of),
        "licences": found.licences.all(),
        "names": [name.name for name in found.names.all() if name.name != found.name],
        "changes": list(found.changes.all())[:_SHOWN_CHANGES],
        "field_names": field_names(),
        "may_complain": request.actor.may(TAKE_COMPLAINT),
    }
    return render(request, "desk/cases/offers/agency.html", context)


def field_names() -> dict[str, str]:
    """Return what the fields of a register are called where a change is told."""
    return {
        "name": _("Name"),
        "tax_number": _("Tax number"),
        "region": _("Region"),
        "address": _("Address"),
        "phone": _("Phone"),
        "website": _("Website"),
        "is_state": _("Owned by the state"),
        "licence": _("Licence given"),
        "valid_until": _("Valid until"),
        "revoked_on": _("Revoked on"),
        "reason": _("Reason"),
        "suspended_from": _("Suspended from"),
        "suspended_until": _("Suspended until"),
    }


@requires(IMPORT_AGENCIES)
def upload(request: DeskRequest) -> HttpResponse:
    """Receive a register; it is kept by its hash and shown as a dry run."""
    posted = request.method == "POST"
    form = AgencyFileForm(request.POST if posted else None, request.FILES or None, initial={"as_of": today()})
    if posted and form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            reading.sheets_of(content)
        except reading.NotAnAgencyListError as error:
            form.add_error("file", str(words.FILE_PROBLEMS[str(error)]))
        else:
            query = urlencode({name: form.cleaned_data[name] for name in ("as_of", "source")})
            return redirect(f"{reverse('desk:cases:agencies_import_check', args=[store.keep(content)])}?{query}")
    context = {"form": form, "imports": agencies.imports(by=request.actor)}
    return render(request, "desk/cases/offers/import.html", context, status=UNPROCESSABLE if posted else 200)


@dataclass(frozen=True, slots=True)
class Run:
    """A kept file with the day it speaks for and its source."""

    content: bytes
    form: AsOfForm
    found: AgencyPreview


def _run(request: DeskRequest, sha256: str, data: QueryDict) -> Run:
    content, form = store.content_of(sha256), AsOfForm(data)
    if content is None or not form.is_valid():
        raise Http404
    return Run(content, form, agency_imports.preview(content, as_of=form.cleaned_data["as_of"], by=request.actor))


@require_GET
@requires(IMPORT_AGENCIES)
def check(request: DeskRequest, sha256: str) -> HttpResponse:
    """Show what an import would do: nothing is written."""
    run = _run(request, sha256, request.GET)
    problems = run.found.read.problems
    names = {sheet.number: sheet.name for sheet in run.found.sheets}
    context = {
        "sha256": sha256,
        "run": run,
        "found": run.found,
        "query": request.GET.urlencode(),
        "problems": [(problem, names[problem.sheet], words.of(problem)) for problem in problems[:_SHOWN_PROBLEMS]],
        "more_problems": max(len(problems) - _SHOWN_PROBLEMS, 0),
        "changed": run.found.changed[:_SHOWN_CHANGES],
        "field_names": field_names(),
        "may_take_over": bool(run.found.plans) and not run.found.earlier,
    }
    return render(request, "desk/cases/offers/import_check.html", context)


@require_GET
@requires(IMPORT_AGENCIES)
def errors(request: DeskRequest, sha256: str) -> HttpResponse:
    """Give back the rows that stay out, with what is to be mended."""
    run = _run(request, sha256, request.GET)
    if not run.found.read.problems:
        raise Http404
    content = returned.workbook(run.found.sheets, run.found.read.problems)
    name = f'attachment; filename="agencies-to-mend-{sha256[:8]}.xlsx"'
    return HttpResponse(content, content_type=_XLSX, headers={"Content-Disposition": name})


@require_POST
@requires(IMPORT_AGENCIES)
def take_over(request: DeskRequest, sha256: str) -> HttpResponse:
    run = _run(request, sha256, request.POST)
    try:
        actions.take_over(
            content=run.content, file_name=f"agencies-{sha256[:8]}", by=request.actor, **run.form.cleaned_data
        )
    except ValidationError as error:
        tell(request, error)
        query = urlencode({name: request.POST.get(name, "") for name in ("as_of", "source")})
        return redirect(f"{reverse('desk:cases:agencies_import_check', args=[sha256])}?{query}")
    messages.success(request, _("The register is taken over."))
    return redirect("desk:cases:agencies")


@require_POST
@requires(IMPORT_AGENCIES)
def discard(request: DeskRequest, sha256: str) -> HttpResponse:
    """Delete a file that was not taken over; one that was is evidence and stays."""
    if not AgencyImport.objects.filter(sha256=sha256).exists():
        store.discard(sha256)
        messages.success(request, _("The file is deleted."))
    return redirect("desk:cases:agencies_import")
