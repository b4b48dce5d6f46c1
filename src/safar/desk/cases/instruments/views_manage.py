from pathlib import PurePath
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from safar.cases.actions import instruments as actions
from safar.cases.enums.instruments import VERSION_MOVES, VersionState
from safar.cases.models import InstrumentVersion
from safar.cases.permissions import FILL_ASSESSMENT, MANAGE_INSTRUMENT
from safar.cases.queries import instruments
from safar.cases.questionnaires import store
from safar.cases.questionnaires.problems import Adjustment
from safar.cases.questionnaires.tables import UnreadableError
from safar.desk import papers
from safar.desk.access import requires
from safar.desk.cases.instruments import filling, paper
from safar.desk.cases.instruments.forms import UploadForm, WeightsForm
from safar.desk.forms import UNPROCESSABLE
from safar.desk.middleware import DeskRequest

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PICTURES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp"}


@require_GET
@requires(MANAGE_INSTRUMENT)
def list_instruments(request: DeskRequest) -> HttpResponse:
    """Show every instrument with its versions."""
    return render(request, "desk/cases/instruments/list.html", {"instruments": instruments.listed(by=request.actor)})


@require_POST
@requires(MANAGE_INSTRUMENT)
def install(request: DeskRequest) -> HttpResponse:
    """Take what comes with Safar into use."""
    added = actions.install_shipped(by=request.actor)
    messages.success(request, _("Instruments taken into use: %(count)s") % {"count": added})
    return redirect("desk:cases:instruments")


@requires(MANAGE_INSTRUMENT)
def upload(request: DeskRequest) -> HttpResponse:
    """Receive a workbook; what is wrong with it comes back by sheet and row."""
    form = UploadForm(request.POST or None, request.FILES or None)
    problems = []
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add(upload=form.upload(), by=request.actor)
        except UnreadableError as error:
            problems = error.problems
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(
                request, _("The form can be run. Look at it in every language before you take it into use.")
            )
            return redirect("desk:cases:instrument_version", added.pk)
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/cases/instruments/upload.html", {"form": form, "problems": problems}, status=status)


def _version(request: DeskRequest, version_id: UUID) -> InstrumentVersion:
    try:
        return instruments.version(version_id, by=request.actor)
    except InstrumentVersion.DoesNotExist as error:
        raise Http404 from error


@requires(MANAGE_INSTRUMENT)
def version(request: DeskRequest, version_id: UUID) -> HttpResponse:
    """Show a version as it will be asked, with what had to be read kindly; trying it out stores nothing."""
    found = _version(request, version_id)
    return _shown(request, found, WeightsForm() if found.scoring else None)


def _shown(request: DeskRequest, found: InstrumentVersion, weights: WeightsForm | None) -> HttpResponse:
    data = request.POST if request.method == "POST" else request.GET
    language = instruments.language_of(found, data.get("language") or get_language() or "")
    answers = filling.with_rows(filling.typed(request.POST), request.POST)
    state = instruments.state_of(found, language=language, answers=answers)
    here = request.POST.get("page", "0")
    number = (int(here) if here.isdigit() else 0) + ("next" in request.POST) - ("back" in request.POST)
    moves = VERSION_MOVES[VersionState(found.state)]
    is_refused = weights is not None and weights.is_bound
    context = {
        "version": found,
        "scoring": instruments.scoring_of(found),
        "adjustments": [Adjustment(**each) for each in found.adjustments],
        "page": filling.page_of(state, number, answers=answers),
        "troubles": [],
        "form_language": language,
        "form_languages": found.languages,
        "lang_code": filling.code_of(language),
        "direction": filling.direction_of(language),
        "weights": weights,
        "is_trial": True,
        "form_code": paper.form_code(found),
        "may_publish": VersionState.PUBLISHED in moves,
        "may_retire": VersionState.RETIRED in moves,
    }
    name = "_answers" if request.headers.get("X-Part") else "version"
    return render(request, f"desk/cases/instruments/{name}.html", context, status=UNPROCESSABLE if is_refused else 200)


@require_POST
@requires(MANAGE_INSTRUMENT)
def publish(request: DeskRequest, version_id: UUID) -> HttpResponse:
    """Take a version into use."""
    return _moved(request, version_id, _("The version is in use."), retire=False)


@require_POST
@requires(MANAGE_INSTRUMENT)
def retire(request: DeskRequest, version_id: UUID) -> HttpResponse:
    """Take a version out of use."""
    return _moved(request, version_id, _("The version is no longer used."), retire=True)


def _moved(request: DeskRequest, version_id: UUID, done: str, *, retire: bool) -> HttpResponse:
    _version(request, version_id)
    try:
        (actions.retire if retire else actions.publish)(version_id=version_id, by=request.actor)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, done)
    return redirect("desk:cases:instrument_version", version_id)


@require_POST
@requires(MANAGE_INSTRUMENT)
def load_weights(request: DeskRequest, version_id: UUID) -> HttpResponse:
    """Make a draft with the weights of a file."""
    form = WeightsForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            content, source = form.cleaned_data["weights"].read(), form.cleaned_data["source"]
            added = actions.load_weights(version_id=version_id, content=content, source=source, by=request.actor)
        except InstrumentVersion.DoesNotExist as error:
            raise Http404 from error
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("A draft with these weights is made. Old scores stay as they are."))
            return redirect("desk:cases:instrument_version", added.pk)
    return _shown(request, _version(request, version_id), form)


@require_GET
@requires(MANAGE_INSTRUMENT)
def workbook(request: DeskRequest, version_id: UUID) -> HttpResponse:
    """Give the workbook back as it came."""
    found = _version(request, version_id)
    content = store.content_of(found.sha256)
    if content is None:
        raise Http404
    return papers.download(content, name=f"{found.instrument.code}-{found.number}.xlsx", content_type=_XLSX)


@require_GET
@requires(FILL_ASSESSMENT)
def file(request: DeskRequest, version_id: UUID, name: str) -> HttpResponse:
    """Give a picture the form names: only one that was uploaded with it."""
    try:
        found = InstrumentVersion.objects.select_related("instrument").only("files", "instrument").get(pk=version_id)
    except InstrumentVersion.DoesNotExist as error:
        raise Http404 from error
    if not instruments.may_fill(found.instrument, request.actor):
        raise PermissionDenied(found.instrument.code)
    kind = _PICTURES.get(PurePath(name).suffix.lower())
    content = store.content_of(found.files.get(name, ""))
    if kind is None or content is None:
        raise Http404
    return HttpResponse(content, content_type=kind, headers={"Cache-Control": "private, max-age=86400"})
