from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from safar.desk.access import requires
from safar.desk.insights import presenting
from safar.desk.insights.forms import ExportForm
from safar.desk.middleware import DeskRequest
from safar.insights.models import MonthRun
from safar.insights.permissions import EXPORT_REPORT, READ_REPORT, READ_ROWS
from safar.insights.queries import runs
from safar.insights.reports import exports, labels
from safar.kernel.actor import check_may
from safar.trust.actions import audit
from safar.trust.enums import AuditVerb
from safar.ui import charts


def _run(run_id: UUID) -> MonthRun:
    try:
        return runs.get(run_id)
    except MonthRun.DoesNotExist as error:
        raise Http404(str(run_id)) from error


@requires(READ_REPORT)
def run(request: DeskRequest, run_id: UUID) -> HttpResponse:
    """Show what a frozen month is and offer its files."""
    found = _run(run_id)
    may_see_true = request.actor.may(READ_ROWS)
    context = {
        "run": found,
        "place": labels.place_of(runs.report_of(found, hide=True).centre_name),
        "month_name": labels.month(found.month),
        "form": ExportForm(may_see_true=may_see_true),
        "endings": [("docx", "Word"), ("xlsx", "Excel"), ("pdf", "PDF")],
        "may_export": request.actor.may(EXPORT_REPORT),
        "back": presenting.address("month", found.month, found.centre.code if found.centre else ""),
    }
    return render(request, "desk/insights/run.html", context)


@requires(EXPORT_REPORT)
def download(request: DeskRequest, run_id: UUID, ending: str) -> HttpResponse:
    """Give a frozen month as a file; without being asked otherwise in the version that may be passed on."""
    if ending not in exports.FORMATS:
        raise Http404(ending)
    found = _run(run_id)
    hide = request.GET.get("copy") != "inside"
    if not hide:
        check_may(request.actor, READ_ROWS)
    language = request.GET.get("language")
    language = language if language in exports.LANGUAGES else "en"
    data = exports.export(found, ending, language=language, hide=hide, draw=charts.png)
    audit.record(
        by=request.actor,
        action="insights.run.export",
        verb=AuditVerb.EXPORT,
        subject_key=found.pk,
        fields=[ending, language, "outside" if hide else "inside"],
    )
    name = exports.file_name(found, ending, language=language, hide=hide)
    return HttpResponse(
        data,
        content_type=exports.FORMATS[ending].content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
