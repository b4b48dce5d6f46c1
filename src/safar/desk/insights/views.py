import datetime as dt

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safar.desk.access import requires
from safar.desk.insights import presenting
from safar.desk.insights.forms import EVERY_CENTRE, FreezeForm, MonthForm
from safar.desk.middleware import DeskRequest
from safar.insights.actions import runs
from safar.insights.permissions import EXPORT_REPORT, FREEZE_REPORT, READ_REPORT, READ_ROWS
from safar.insights.queries import months
from safar.insights.reports import labels
from safar.insights.reports.notes import disclosure_note, missing_notes
from safar.insights.store import building, freshness
from safar.insights.store.freshness import Freshness
from safar.kernel.clock import today


@requires(READ_REPORT)
def month(request: DeskRequest) -> HttpResponse:
    """Show a month of a centre or of the node: as frozen where it is frozen, with what changed since."""
    state = freshness.ensure()
    if state.manifest is None:
        return preparing(request, state)
    form = MonthForm(request.GET or None)
    chosen, centre = form.chosen()
    view = months.view(chosen, centre, by=request.actor)
    shown = MonthForm({"month": str(chosen), "centre": centre or EVERY_CENTRE})
    context = {
        "form": shown,
        "state": state,
        "view": view,
        "report": view.report,
        "groups": presenting.figure_groups(view.report),
        "trends": presenting.trend_pictures(view.report),
        "tables": presenting.tables(view.report),
        "notes": missing_notes(view.report),
        "disclosure": disclosure_note(view.report),
        "corrections": presenting.corrections(view.corrections),
        "may_freeze": request.actor.may(FREEZE_REPORT) and view.run is None and today() > chosen.last,
        "may_export": request.actor.may(EXPORT_REPORT),
        "may_rebuild": request.actor.may(READ_ROWS),
        "subtitle": f"{labels.place_of(view.report.centre_name)} · {labels.month(chosen)}",
        "built_at": dt.datetime.fromisoformat(state.manifest.built_at),
        "month": chosen,
        "centre": centre,
    }
    return render(request, "desk/insights/month.html", context)


def preparing(request: DeskRequest, state: Freshness) -> HttpResponse:
    """Show how far the first count is."""
    return render(request, "desk/insights/preparing.html", {"state": state})


@requires(FREEZE_REPORT)
@require_POST
def freeze(request: DeskRequest) -> HttpResponse:
    form = FreezeForm(request.POST)
    problems = [] if form.is_valid() else [str(text) for texts in form.errors.values() for text in texts]
    if not problems:
        try:
            run = runs.freeze(**form.cleaned_data, by=request.actor)
        except ValidationError as error:
            problems = error.messages
    if problems:
        messages.error(request, " ".join(problems))
        return redirect("desk:insights:month")
    messages.success(request, _("The month is frozen. Its figures will not change any more."))
    return redirect("desk:insights:run", run.pk)


@requires(READ_ROWS)
@require_POST
def rebuild(request: DeskRequest) -> HttpResponse:
    """Bring the figures up to date now."""
    try:
        building.build()
        messages.success(request, _("The figures are up to date."))
    except building.BuildRunningError:
        messages.info(request, _("The figures are being brought up to date already. Reload in a minute."))
    return redirect("desk:insights:month")
