from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safar.cases.actions import care as actions
from safar.cases.permissions import RECORD_CONTACT
from safar.cases.queries import care as queries
from safar.cases.queries.supervision_rules import heavy_file
from safar.cases.rules.supervision import HEAVY_WEEK_DAYS
from safar.desk.access import requires
from safar.desk.cases.supervision.forms import WishForm
from safar.desk.forms import UNPROCESSABLE
from safar.desk.middleware import DeskRequest


@requires(RECORD_CONTACT)
def care(request: DeskRequest) -> HttpResponse:
    """Let a worker say that the week is heavy, to themselves and their supervisor."""
    form = WishForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.say(wish=form.cleaned_data["wish"], by=request.actor)
        messages.success(request, _("It is said. Your coordinator sees it, and nobody else."))
        return redirect("desk:cases:care")
    week = queries.own_week(by=request.actor)
    context = {"form": form, "week": week, "days": HEAVY_WEEK_DAYS, "within": heavy_file().care.within_days}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/cases/supervision/care.html", context, status=status)


@require_POST
@requires(RECORD_CONTACT)
def take_back(request: DeskRequest) -> HttpResponse:
    actions.take_back(by=request.actor)
    messages.success(request, _("It is taken back; nothing of it is kept."))
    return redirect("desk:cases:care")
