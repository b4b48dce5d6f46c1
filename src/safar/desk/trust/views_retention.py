"""What ends by itself: a look before it happens, by kind and centre; holds; and what past nights did."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from safar.desk.access import requires
from safar.desk.forms import UNPROCESSABLE, ActionForm
from safar.desk.middleware import DeskRequest
from safar.kernel.clock import today
from safar.people.models import Person
from safar.people.queries import persons
from safar.trust.actions import retention as actions
from safar.trust.models import RetentionHold
from safar.trust.permissions import MANAGE_RETENTION
from safar.trust.queries import retention as queries
from safar.ui.forms import DateInput

# Whoever presses the button waits for the answer; the night has more time.
MOST_FILES_BY_HAND = 100


class HoldForm(ActionForm):
    reason = forms.CharField(
        label=gettext_lazy("Who needs the records, and what for"),
        max_length=200,
        help_text=gettext_lazy("A court, a wage claim, an inquiry. It stays on the trail."),
    )
    until = forms.DateField(
        label=gettext_lazy("Until"), widget=DateInput, help_text=gettext_lazy("A hold ends by itself on this day.")
    )


@requires(MANAGE_RETENTION)
def terms(request: DeskRequest) -> HttpResponse:
    """Show what would go tonight and within a month, and what went; counts only."""
    holds = list(queries.standing_holds())
    labels = persons.labels({hold.person_key for hold in holds}, by=request.actor)
    kinds = queries.preview(today(), by=request.actor)
    names = {kind.code: kind.label for kind in kinds}
    context = {
        "kinds": kinds,
        "due": sum(kind.now for kind in kinds),
        "holds": [(hold, labels.get(hold.person_key, "")) for hold in holds],
        "runs": [
            (run, [(names.get(code, code), count) for code, count in run.ended.items()], sum(run.left.values()))
            for run in queries.last_runs()
        ],
        "most": queries.MOST_FILES_A_NIGHT,
    }
    return render(request, "desk/trust/retention.html", context)


@requires(MANAGE_RETENTION)
def files(request: DeskRequest, code: str) -> HttpResponse:
    """List by name whose files are due, so that somebody can be put on hold; opening the list is on the trail."""
    try:
        rule = queries.rule(code)
        keys = actions.open_list(code, by=request.actor)
    except LookupError as error:
        raise Http404 from error
    labels = persons.labels(keys, by=request.actor)
    lines = sorted(((key, labels.get(key, "")) for key in keys), key=lambda line: line[1])
    return render(request, "desk/trust/retention_files.html", {"rule": rule, "lines": lines})


@require_POST
@requires(MANAGE_RETENTION)
def run(request: DeskRequest) -> HttpResponse:
    try:
        done = actions.run(most_files=MOST_FILES_BY_HAND, by=request.actor)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("desk:trust:retention")
    count = sum(done.ended.values())
    messages.success(request, ngettext("%(count)s record ended.", "%(count)s records ended.", count) % {"count": count})
    return redirect("desk:trust:retention")


@requires(MANAGE_RETENTION)
def hold(request: DeskRequest, person_id: UUID) -> HttpResponse:
    get_object_or_404(Person, pk=person_id)
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.hold(person_key=person_id, by=request.actor, **form.cleaned_data)
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The records are on hold."))
            return redirect("desk:trust:retention")
    context = {
        "form": form,
        "person_id": person_id,
        "label": persons.labels([person_id], by=request.actor).get(person_id, ""),
        "standing": queries.hold_on(person_id),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/trust/retention_hold.html", context, status=status)


@require_POST
@requires(MANAGE_RETENTION)
def lift(request: DeskRequest, hold_id: UUID) -> HttpResponse:
    get_object_or_404(RetentionHold, pk=hold_id)
    actions.lift(hold_id=hold_id, by=request.actor)
    messages.success(request, _("The hold is lifted."))
    return redirect("desk:trust:retention")
