"""Exports of platforms in two steps: the dry run says what would change, the second button changes it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from safar.campaigns.actions import imports as actions
from safar.campaigns.permissions import MANAGE_CAMPAIGN
from safar.campaigns.queries import imports
from safar.campaigns.queries.import_errors import errors_workbook
from safar.campaigns.queries.import_messages import row_message, warning_message
from safar.campaigns.queries.imports import ImportPreview
from safar.desk.access import requires
from safar.desk.campaigns.forms import ConfirmForm, UploadForm
from safar.desk.campaigns.requests import found, posted
from safar.desk.forms import UNPROCESSABLE
from safar.desk.middleware import DeskRequest
from safar.trust.models import Centre
from safar.trust.queries import centres

# The page shows the first of many; the workbook holds all of them.
MOST_ROWS_SHOWN = 50
MOST_FILES_SHOWN = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(MANAGE_CAMPAIGN)
def upload(request: DeskRequest) -> HttpResponse:
    form = UploadForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            planned = actions.preview(
                content=file.read(),
                original_name=file.name,
                captured_on=form.cleaned_data["captured_on"],
                by=request.actor,
            )
        except ValidationError as error:
            form.add_problems(error)
        else:
            return redirect("desk:campaigns:import_file", planned.file.pk)
    status = UNPROCESSABLE if request.method == "POST" else 200
    context = {"form": form, "files": imports.file_list()[:MOST_FILES_SHOWN]}
    return render(request, "desk/campaigns/imports.html", context, status=status)


@requires(MANAGE_CAMPAIGN)
def show(request: DeskRequest, file_id: UUID) -> HttpResponse:
    file = found(imports.get, file_id)
    form = ConfirmForm(posted(request), centre_id=request.actor.centre_id)
    if request.method == "POST":
        try:
            actions.commit(file_id=file_id, centre=_centre(form), by=request.actor)
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The figures are imported."))
            return redirect("desk:campaigns:import_file", file_id)
    planned = imports.preview_of(file)
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/campaigns/import_file.html", _shown(planned) | {"form": form}, status=status)


@requires(MANAGE_CAMPAIGN)
def errors(request: DeskRequest, file_id: UUID) -> HttpResponse:
    """Return the refused rows with what to mend, as a workbook."""
    planned = imports.preview_of(found(imports.get, file_id))
    return HttpResponse(
        errors_workbook(planned),
        content_type=XLSX,
        headers={"Content-Disposition": 'attachment; filename="rows-to-mend.xlsx"'},
    )


def _centre(form: ConfirmForm) -> Centre | None:
    return centres.centre(UUID(form.cleaned_data["centre"])) if form.is_valid() else None


def _shown(planned: ImportPreview) -> dict[str, object]:
    return {
        "planned": planned,
        "file": planned.file,
        "changing": [plan for plan in planned.plans if plan.outcome != "unchanged"][:MOST_ROWS_SHOWN],
        "refused": [
            (bad.row, [row_message(problem) for problem in bad.problems]) for bad in planned.refused[:MOST_ROWS_SHOWN]
        ],
        "warnings": [warning_message(warning) for warning in planned.warnings],
        "new_channels": ", ".join(channel.name for channel in planned.channels if channel.is_new),
        "counts": {
            "new": planned.count("new"),
            "changed": planned.count("changed"),
            "unchanged": planned.count("unchanged"),
            "refused": len(planned.refused),
        },
        "steps": [
            (_("Choose a file"), "done"),
            (_("See what would change"), "done" if planned.file.imported_at else "current"),
            (_("Import"), "done" if planned.file.imported_at else "todo"),
        ],
    }
