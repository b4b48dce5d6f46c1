from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from safar.awareness.actions import attendance
from safar.awareness.actions.attendance import RowOutcome, RowResult
from safar.awareness.permissions import READ_SESSION, RECORD_ATTENDANCE
from safar.awareness.queries import sessions
from safar.awareness.queries.tallies import cells_of
from safar.awareness.rules import RosterRow
from safar.desk.access import requires
from safar.desk.awareness.forms import RosterForm
from safar.desk.awareness.frame import render_page
from safar.desk.awareness.grid import Grid
from safar.desk.forms import UNPROCESSABLE, tell
from safar.desk.middleware import DeskRequest
from safar.people.permissions import READ_PERSON
from safar.people.queries import persons

_UNSOLVED = {RowOutcome.UNKNOWN}


@requires(READ_PERSON)
def roster(request: DeskRequest, session_id: UUID) -> HttpResponse:
    """Show the named list; POST adds several client numbers at once and answers for each line."""
    if request.method != "POST":
        return _roster(request, session_id, RosterForm())
    form = RosterForm(request.POST)
    if not form.is_valid():
        return _roster(request, session_id, form, status=UNPROCESSABLE)
    try:
        results = attendance.save_roster(
            session_id=session_id, rows=form.rows(), reason=request.POST.get("reason", ""), by=request.actor
        )
    except ValidationError as error:
        form.add_problems(error)
        return _roster(request, session_id, form, status=UNPROCESSABLE)
    _tell(request, results)
    unknown = [result.row.client_number for result in results if result.outcome in _UNSOLVED]
    if not unknown:
        return redirect("desk:awareness:roster", session_id)
    left = RosterForm(initial={"numbers": "\n".join(unknown)})
    return _roster(request, session_id, left, status=UNPROCESSABLE, unknown=unknown)


@require_POST
@requires(READ_PERSON)
def find(request: DeskRequest, session_id: UUID) -> HttpResponse:
    """Look for a person to add. By POST, since a name must not stand in an address."""
    text = request.POST.get("text", "").strip()
    found = persons.search(text, by=request.actor) if text else None
    return _roster(request, session_id, RosterForm(), text=text, found=found)


@require_POST
@requires(RECORD_ATTENDANCE)
def set_present(request: DeskRequest, session_id: UUID) -> HttpResponse:
    """Put one person on the list or take them off."""
    row = RosterRow(person_id=_uuid(request.POST.get("person_id", "")), present=request.POST.get("present") == "1")
    try:
        results = attendance.save_roster(
            session_id=session_id, rows=[row], reason=request.POST.get("reason", ""), by=request.actor
        )
    except ValidationError as error:
        tell(request, error)
    else:
        _tell(request, results)
    return redirect("desk:awareness:roster", session_id)


@requires(READ_SESSION)
def counts(request: DeskRequest, session_id: UUID) -> HttpResponse:
    """Show the counting grid; POST saves it, or with `bump` adds or takes one without saving."""
    if request.method != "POST":
        return render_page(request, "counts", session_id, grid=Grid.of(cells_of(session_id)), reason="")
    grid = Grid.typed(request.POST.dict())
    reason = request.POST.get("reason", "")
    if press := request.POST.get("bump"):
        return render_page(request, "counts", session_id, grid=grid.bumped(press), reason=reason, is_unsaved=True)
    problems = [_("Write whole numbers only, and not more with a disability than came.")] if grid.wrong else []
    if not problems:
        try:
            attendance.save_counts(session_id=session_id, cells=grid.cells(), reason=reason, by=request.actor)
        except ValidationError as error:
            problems = error.messages
        else:
            messages.success(request, _("The count is saved."))
            return redirect("desk:awareness:counts", session_id)
    return render_page(request, "counts", session_id, status=UNPROCESSABLE, grid=grid, reason=reason, problems=problems)


@requires(READ_SESSION)
def signed_up(request: DeskRequest, session_id: UUID) -> HttpResponse:
    """Show who took a place from the public pages."""
    return render_page(request, "signed_up", session_id, sign_ups=sessions.sign_ups(session_id, request.actor))


def _roster(
    request: DeskRequest, session_id: UUID, form: RosterForm, *, status: int = 200, **extra: object
) -> HttpResponse:
    entries = sessions.roster(session_id, request.actor)
    extra = {"text": "", "reason": request.POST.get("reason", "")} | extra
    return render_page(request, "roster", session_id, status=status, form=form, entries=entries, **extra)


def _tell(request: DeskRequest, results: list[RowResult]) -> None:
    """Say what became of the lines, each kind in one sentence."""
    counted = {outcome: sum(result.outcome is outcome for result in results) for outcome in RowOutcome}
    if added := counted[RowOutcome.ADDED]:
        text = ngettext("%(count)s person is on the list now.", "%(count)s people are on the list now.", added)
        messages.success(request, text % {"count": added})
    if removed := counted[RowOutcome.REMOVED]:
        text = ngettext("%(count)s person was taken off.", "%(count)s people were taken off.", removed)
        messages.success(request, text % {"count": removed})
    if again := counted[RowOutcome.ALREADY] + counted[RowOutcome.REPEATED]:
        text = ngettext("%(count)s line changed nothing.", "%(count)s lines changed nothing.", again)
        messages.info(request, text % {"count": again})
    if unknown := counted[RowOutcome.UNKNOWN]:
        text = ngettext("%(count)s line names nobody we know.", "%(count)s lines name nobody we know.", unknown)
        messages.error(request, text % {"count": unknown})


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
