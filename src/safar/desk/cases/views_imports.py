from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from safar.cases.actions import registers as actions
from safar.cases.importers.register import messages as words
from safar.cases.importers.register import reading, returned, store
from safar.cases.models import RegisterImport
from safar.cases.queries import registers
from safar.cases.queries.registers import ImportPreview
from safar.desk.access import requires
from safar.desk.cases import facts
from safar.desk.cases.forms_imports import ChoicesForm, UploadForm
from safar.desk.forms import UNPROCESSABLE, tell
from safar.desk.middleware import DeskRequest
from safar.people.permissions import IMPORT_REGISTER
from safar.trust.models import Centre
from safar.trust.queries import centres
from safar.trust.queries.profile import profile

_SHOWN_PROBLEMS = 200
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(IMPORT_REGISTER)
def upload(request: DeskRequest) -> HttpResponse:
    """Receive a register; it is kept by its hash and shown as a dry run."""
    form = UploadForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        initial={"centre": str(centres.home_of(request.actor).pk)},
    )
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            reading.sheets_of(content, country=profile().phone_region)
        except reading.NotARegisterError as error:
            form.add_error("file", str(words.FILE_PROBLEMS[str(error)]))
        else:
            address = reverse("desk:cases:import_check", args=[store.keep(content)])
            return redirect(f"{address}?centre={form.cleaned_data['centre']}")
    context = {"form": form, "imports": registers.imports(by=request.actor)}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/cases/import_upload.html", context, status=status)


@dataclass(frozen=True, slots=True)
class Run:
    """A kept file with the choices made for it."""

    content: bytes
    centre: Centre
    form: ChoicesForm
    found: ImportPreview


def _run(request: DeskRequest, sha256: str, data: QueryDict) -> Run:
    content = store.content_of(sha256)
    if content is None:
        raise Http404
    typed = data.copy()
    if not typed.get("centre"):
        typed["centre"] = str(centres.home_of(request.actor).pk)
    form = ChoicesForm(typed, sheets=reading.sheets_of(content, country=profile().phone_region))
    if not form.is_valid():
        raise Http404
    centre = get_object_or_404(Centre, pk=form.cleaned_data["centre"])
    found = registers.preview(content, centre=centre, choices=form.chosen(), by=request.actor)
    shown = ChoicesForm(
        {**typed.dict(), **{column.key: column.field for sheet in found.sheets for column in sheet.columns}},
        sheets=found.sheets,
    )
    return Run(content, centre, shown, found)


@require_GET
@requires(IMPORT_REGISTER)
def check(request: DeskRequest, sha256: str) -> HttpResponse:
    """Show what an import would do: nothing is written."""
    run = _run(request, sha256, request.GET)
    problems = run.found.read.problems
    doubled = [name for sheet in run.found.sheets for name in reading.doubled_fields(sheet)]
    context = {
        "sha256": sha256,
        "run": run,
        "found": run.found,
        "form": run.form,
        "query": request.GET.urlencode(),
        "problems": [(problem, words.of(problem)) for problem in problems[:_SHOWN_PROBLEMS]],
        "more_problems": max(len(problems) - _SHOWN_PROBLEMS, 0),
        "modes": [(facts.label("mode", code), count) for code, count in run.found.by_mode().items()],
        "unknown_topics": list(run.found.read.unknown_topics.items()),
        "may_take_over": bool(run.found.fresh) and not doubled and not run.found.earlier,
        "is_doubled": bool(doubled),
    }
    return render(request, "desk/cases/import_check.html", context)


@require_GET
@requires(IMPORT_REGISTER)
def errors(request: DeskRequest, sha256: str) -> HttpResponse:
    """Give the register back with what is to be mended."""
    run = _run(request, sha256, request.GET)
    content = returned.workbook(run.content, run.found.sheets, run.found.read.problems)
    name = f'attachment; filename="register-to-mend-{sha256[:8]}.xlsx"'
    return HttpResponse(content, content_type=_XLSX, headers={"Content-Disposition": name})


@require_POST
@requires(IMPORT_REGISTER)
def take_over(request: DeskRequest, sha256: str) -> HttpResponse:
    run = _run(request, sha256, request.POST)
    try:
        register = actions.take_over(
            content=run.content,
            file_name=f"register-{sha256[:8]}.xlsx",
            centre=run.centre,
            choices=run.found.choices,
            by=request.actor,
        )
    except ValidationError as error:
        tell(request, error)
        return redirect("desk:cases:import_check", sha256)
    messages.success(request, _("The register is taken over."))
    return redirect("desk:cases:import_done", register.pk)


@require_POST
@requires(IMPORT_REGISTER)
def discard(request: DeskRequest, sha256: str) -> HttpResponse:
    """Delete a file that was not taken over; one that was is evidence and stays."""
    if not RegisterImport.objects.filter(sha256=sha256).exists():
        store.discard(sha256)
        messages.success(request, _("The file is deleted."))
    return redirect("desk:cases:import")


@require_GET
@requires(IMPORT_REGISTER)
def done(request: DeskRequest, import_id: UUID) -> HttpResponse:
    get_object_or_404(RegisterImport, pk=import_id)
    return render(request, "desk/cases/import_done.html", {"register": registers.get(import_id, by=request.actor)})
