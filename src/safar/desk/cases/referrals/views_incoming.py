"""What other centres of the node ask of this one: the same states, worked on at this desk."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safar.cases.actions import referral_incoming as actions
from safar.cases.enums.referrals import WITH_PARTNER, ReferralState
from safar.cases.models import Referral
from safar.cases.permissions import MANAGE_REFERRAL
from safar.cases.queries import referrals
from safar.cases.queries.referral_words import told_in_words
from safar.desk.access import requires
from safar.desk.cases.facts import label
from safar.desk.cases.referrals import facts
from safar.desk.cases.referrals.forms import AnswerForm
from safar.desk.cases.referrals.views import tabs
from safar.desk.forms import UNPROCESSABLE, tell
from safar.desk.middleware import DeskRequest
from safar.kernel.clock import today
from safar.ui.numbers import written_date


@requires(MANAGE_REFERRAL)
def incoming(request: DeskRequest) -> HttpResponse:
    """List what came in, without names: what is told stands on the referral and is asked for one at a time."""
    page = facts.page_of(referrals.incoming(by=request.actor), request.GET.get("page"))
    rows = [(each, label("referral_service", each.service), each.due_on < today()) for each in page]
    context = {"tab": "incoming", "page": page, "rows": rows} | tabs(request)
    return render(request, "desk/cases/referrals/incoming.html", context)


@requires(MANAGE_REFERRAL)
def show(request: DeskRequest, referral_id: UUID) -> HttpResponse:
    return _page(request, get_object_or_404(Referral, pk=referral_id))


@require_POST
@requires(MANAGE_REFERRAL)
def receive(request: DeskRequest, referral_id: UUID) -> HttpResponse:
    get_object_or_404(Referral, pk=referral_id)
    try:
        actions.receive(referral_id=referral_id, by=request.actor)
    except ValidationError as error:
        tell(request, error)
    return redirect("desk:cases:referral_incoming", referral_id)


@require_POST
@requires(MANAGE_REFERRAL)
def answer(request: DeskRequest, referral_id: UUID) -> HttpResponse:
    found = get_object_or_404(Referral, pk=referral_id)
    form = AnswerForm(request.POST, referral=found)
    if form.is_valid():
        try:
            answered = actions.answer(referral_id=referral_id, given=form.answer(), by=request.actor)
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("Your answer is recorded. The other centre is told."))
            still = answered.state in WITH_PARTNER
            return (
                redirect("desk:cases:referral_incoming", referral_id)
                if still
                else redirect("desk:cases:referrals_incoming")
            )
    return _page(request, found, form)


def _page(request: DeskRequest, found: Referral, form: AnswerForm | None = None) -> HttpResponse:
    """Show a referral that came in: what is told, only once it was received, and while the consent stands."""
    context = {
        "referral": found,
        "service": label("referral_service", found.service),
        "urgency": label("referral_urgency", found.urgency),
        "is_new": found.state == ReferralState.SENT,
        "form": form or AnswerForm(referral=found),
        "told": [],
        "gone": "",
    }
    actions.received_by(found, request.actor)
    if not context["is_new"]:
        try:
            context["told"] = told_in_words(actions.shown(referral_id=found.pk, by=request.actor).told, written_date)
        except ValidationError as error:
            context["gone"] = " ".join(error.messages)
    return render(request, "desk/cases/referrals/incoming_one.html", context, status=UNPROCESSABLE if form else 200)
