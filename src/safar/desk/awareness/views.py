import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safar.awareness.actions import sessions as actions
from safar.awareness.enums import STEPS_WITH_REASON, Step
from safar.awareness.permissions import MANAGE_SESSION, READ_SESSION
from safar.awareness.queries import sessions
from safar.desk.access import requires
from safar.desk.awareness import facts
from safar.desk.awareness.forms import MonthForm, ReasonForm, SessionForm
from safar.desk.awareness.frame import frame, render_page
from safar.desk.awareness.grid import Grid
from safar.desk.forms import UNPROCESSABLE
from safar.desk.middleware import DeskRequest
from safar.kernel.clock import today
from safar.kernel.once import fresh_key
from safar.trust.queries import centres

SHEET_ROWS = 24


@requires(READ_SESSION)
def listing(request: DeskRequest) -> HttpResponse:
    """Show the sessions of a month, as a calendar and as a list."""
    first = MonthForm(request.GET).first_day(today())
    days = facts.by_day(sessions.month(first.year, first.month, by=request.actor))
    context = {
        "first": first,
        "days": days,
        "weeks": facts.weeks(first, days, today()),
        "previous": first - dt.timedelta(days=1),
        "next": first + dt.timedelta(days=31),
        "may_manage": request.actor.may(MANAGE_SESSION),
    }
    return render(request, "desk/awareness/list.html", context)


@requires(MANAGE_SESSION)
def plan(request: DeskRequest) -> HttpResponse:
    form = SessionForm(request.POST or None, by=request.actor)
    key = request.POST.get("form_key") or fresh_key()
    if request.method == "POST" and form.is_valid():
        try:
            home = centres.home_of(request.actor)
            session = actions.plan(details=form.details(), centre=home, form_key=key, by=request.actor)
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The session is planned."))
            return redirect("desk:awareness:show", session.pk)
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/awareness/edit.html", {"form": form, "form_key": key}, status=status)


@requires(MANAGE_SESSION)
def edit(request: DeskRequest, session_id: UUID) -> HttpResponse:
    page = sessions.page(session_id, request.actor)
    form = SessionForm(request.POST or None, by=request.actor, session=page.session)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(session_id=session_id, details=form.details(), by=request.actor)
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The details are saved."))
            return redirect("desk:awareness:show", session_id)
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/awareness/edit.html", frame(page, request.actor) | {"form": form}, status=status)


@requires(READ_SESSION)
def show(request: DeskRequest, session_id: UUID) -> HttpResponse:
    return _overview(request, session_id)


@require_POST
@requires(READ_SESSION)  # the action asks for the permission of the step
def take_step(request: DeskRequest, session_id: UUID, step: str) -> HttpResponse:
    """Move the session on; a refused step shows the page again with the reason as typed."""
    if step not in set(Step):
        raise Http404
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    told = {"reason": reason} if Step(step) in STEPS_WITH_REASON else {}
    try:
        getattr(actions, step)(session_id=session_id, **told, by=request.actor)
    except ValidationError as error:
        return _overview(request, session_id, status=UNPROCESSABLE, problems=error.messages, tried=step, reason=reason)
    messages.success(request, _("Done. The step is recorded."))
    return redirect("desk:awareness:show", session_id)


@requires(READ_SESSION)
def sheet(request: DeskRequest, session_id: UUID) -> HttpResponse:
    """Show an empty attendance sheet to print: what is written on it by hand is entered afterwards."""
    return render_page(request, "sheet", session_id, rows=range(1, SHEET_ROWS + 1), columns=Grid({}).columns())


def _overview(request: DeskRequest, session_id: UUID, *, status: int = 200, **extra: object) -> HttpResponse:
    page = sessions.page(session_id, request.actor)
    context = frame(page, request.actor) | {
        "modules": [facts.label("topic_module", code) for code in page.modules],
        "language": facts.label("language", page.session.language),
        "materials": [
            (facts.label("material_item", row.item), facts.label("language", row.language), row.count)
            for row in page.materials
        ],
        "host": str(page.session.host) if page.session.host else page.session.host_name,
        "history": [(step, facts.DONE_LABELS[Step(step.step)]) for step in page.history],
    }
    return render(request, "desk/awareness/show.html", context | extra, status=status)
