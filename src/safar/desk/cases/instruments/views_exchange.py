from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from safar.cases.actions import assessment_exchange as exchange
from safar.cases.models import InstrumentVersion
from safar.cases.permissions import EXPORT_ASSESSMENTS
from safar.cases.queries import instruments
from safar.cases.questionnaires import columns
from safar.desk import papers
from safar.desk.access import requires
from safar.desk.cases.instruments.forms import ExportForm, ImportForm
from safar.desk.forms import UNPROCESSABLE
from safar.desk.middleware import DeskRequest
from safar.trust.queries import centres

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _problem(why: str) -> str:
    return {
        "empty": _("The file has no rows."),
        "long": _("The file has more than 300 rows. Divide it."),
        "foreign": _("No column of the file is a question of this form."),
    }.get(why, _("This file cannot be read."))


def _version(version_id: UUID) -> InstrumentVersion:
    try:
        return InstrumentVersion.objects.select_related("instrument").get(pk=version_id)
    except InstrumentVersion.DoesNotExist as error:
        raise Http404 from error


@requires(EXPORT_ASSESSMENTS)
def answers(request: DeskRequest, version_id: UUID) -> HttpResponse:
    """Show how answers are taken out and taken over; a POST with a file takes over."""
    version = _version(version_id)
    form, done = ImportForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        try:
            done = exchange.take_over(
                version_id=version.pk,
                content=form.cleaned_data["file"].read(),
                centre=centres.home_of(request.actor),
                by=request.actor,
            )
        except columns.NoAnswersError as error:
            form.add_error("file", _problem(str(error)))
    context = {"version": version, "form": form, "export_form": ExportForm(), "done": done}
    status = UNPROCESSABLE if request.method == "POST" and done is None else 200
    return render(request, "desk/cases/instruments/answers.html", context, status=status)


@requires(EXPORT_ASSESSMENTS)
def export(request: DeskRequest, version_id: UUID) -> HttpResponse:
    """Give the answers as a file, without people and without free words."""
    version = _version(version_id)
    form = ExportForm(request.POST)
    if request.method != "POST" or not form.is_valid():
        raise Http404
    data = form.cleaned_data
    found = exchange.export(
        version_id=version.pk,
        start=data["start"],
        end=data["end"],
        labels=data["headings"] == "labels",
        language=instruments.language_of(version, get_language() or ""),
        by=request.actor,
    )
    name = f"{version.instrument.code}-{version.number}"
    if data["kind"] == "csv":
        return papers.download(columns.as_csv(found), name=f"{name}.csv", content_type="text/csv; charset=utf-8")
    return papers.download(columns.as_workbook(found), name=f"{name}.xlsx", content_type=_XLSX)
