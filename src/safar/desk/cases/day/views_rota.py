"""The rota: weekly hours, days that differ, and one's own calendar address."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safar.cases.actions import feeds
from safar.cases.actions import rota as actions
from safar.cases.models import CalendarFeed, RotaChange, RotaShift
from safar.cases.permissions import PLAN_ROTA, RUN_DAY
from safar.cases.queries import day as reads
from safar.cases.queries import rota as queries
from safar.desk.access import requires
from safar.desk.cases.day.choosing import chosen
from safar.desk.cases.day.forms import ChangeForm, EndForm, WeekForm, first_working_day
from safar.desk.forms import UNPROCESSABLE, tell
from safar.desk.middleware import DeskRequest
from safar.kernel.once import fresh_key


@requires(RUN_DAY)
def rota(request: DeskRequest) -> HttpResponse:
    """Show who receives people where, day by day of the week, and the days ahead that differ."""
    shifts = queries.week(by=request.actor)
    days = sorted({shift.weekday for shift in shifts})
    staff = sorted({shift.staff for shift in shifts}, key=lambda one: (one.full_name, str(one.pk)))
    rows = [
        (one, [[shift for shift in shifts if shift.staff == one and shift.weekday == day] for day in days])
        for one in staff
    ]
    context = {
        "at": chosen(request.GET, request.actor),
        "days": [weekday_names()[day - 1] for day in days],
        "rows": rows,
        "changes": queries.changes_ahead(by=request.actor),
        "end_form": EndForm(),
        "may_plan": request.actor.may(PLAN_ROTA),
    }
    return render(request, "desk/cases/day/rota.html", context)


def weekday_names() -> list[str]:
    return [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")]


@requires(PLAN_ROTA)
def plan(request: DeskRequest) -> HttpResponse:
    at = chosen(request.GET, request.actor)
    form = WeekForm(
        request.POST or None,
        places=at.places,
        colleagues=at.colleagues,
        initial={"place": str(at.place.pk), "valid_from": first_working_day()},
    )
    key = request.POST.get("form_key") or fresh_key()
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            actions.plan(
                weekdays=told["weekdays"],
                hours=form.hours(),
                valid_from=told["valid_from"],
                form_key=key,
                by=request.actor,
            )
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The hours are planned."))
            return redirect("desk:cases:rota")
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/cases/day/rota_plan.html", {"form": form, "form_key": key}, status=status)


@requires(PLAN_ROTA)
def change(request: DeskRequest) -> HttpResponse:
    at = chosen(request.GET, request.actor)
    form = ChangeForm(request.POST or None, places=at.places, colleagues=at.colleagues)
    key = request.POST.get("form_key") or fresh_key()
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(details=form.details(), hours=form.extra_hours(), form_key=key, by=request.actor)
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The day is changed."))
            return redirect("desk:cases:rota")
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/cases/day/rota_change.html", {"form": form, "form_key": key}, status=status)


@require_POST
@requires(PLAN_ROTA)
def end(request: DeskRequest, shift_id: UUID) -> HttpResponse:
    get_object_or_404(RotaShift, pk=shift_id)
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write the last day."))
        return redirect("desk:cases:rota")
    try:
        actions.end(shift_id=shift_id, last_day=form.cleaned_data["last_day"], by=request.actor)
        messages.success(request, _("These hours end. Visits booked after that day stay on the list."))
    except ValidationError as error:
        tell(request, error)
    return redirect("desk:cases:rota")


@require_POST
@requires(PLAN_ROTA)
def take_back(request: DeskRequest, change_id: UUID) -> HttpResponse:
    get_object_or_404(RotaChange, pk=change_id)
    actions.take_back(change_id=change_id, by=request.actor)
    messages.success(request, _("The day is again as the week says."))
    return redirect("desk:cases:rota")


@requires(RUN_DAY)
def calendar(request: DeskRequest) -> HttpResponse:
    """Make the secret address of one's own calendar and show it this once: no redirect, for it may stand in no session."""
    secret = ""
    if request.method == "POST":
        secret = feeds.make(by=request.actor).secret
    context = {
        "address": request.build_absolute_uri(reverse("api:calendar", args=[secret])) if secret else "",
        "public_address": request.build_absolute_uri(reverse("api:sessions_calendar")),
        "feeds": reads.feeds_of(request.actor),
        "may_plan": request.actor.may(PLAN_ROTA),
        "at": chosen(request.GET, request.actor),
    }
    return render(request, "desk/cases/day/calendar.html", context)


@require_POST
@requires(RUN_DAY)
def revoke(request: DeskRequest, feed_id: UUID) -> HttpResponse:
    get_object_or_404(CalendarFeed, pk=feed_id, staff=request.user)
    feeds.revoke(feed_id=feed_id, by=request.actor)
    messages.success(request, _("This address gives nothing from now on."))
    return redirect("desk:cases:my_calendar")
