from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safar.desk.access import requires
from safar.desk.forms import UNPROCESSABLE, tell
from safar.desk.middleware import DeskRequest
from safar.desk.partners.forms import AgreementForm, FilterForm, PartnerForm, TouchpointForm
from safar.desk.partners.offers import service_rows
from safar.kernel.clock import today
from safar.kernel.once import fresh_key
from safar.partners.actions import partners as actions
from safar.partners.enums import TRANSITIONS, PartnerState
from safar.partners.models import Agreement, Partner
from safar.partners.permissions import MANAGE_PARTNER, READ_PARTNER
from safar.partners.queries import partners, services
from safar.reference.queries import codes, places
from safar.trust.queries.profile import OWN_NAMES
from safar.ui.context import language_tag

A_PAGE = 50
TONES = {"open": "neutral", "valid": "good", "expiring": "warn", "expired": "danger"}


@dataclass(frozen=True, slots=True)
class Row:
    """A partner in the list, with its codes in words."""

    partner: Partner
    type: str
    place: str


@requires(READ_PARTNER)
def listing(request: DeskRequest) -> HttpResponse:
    """List partners. The search text may stand in the address: it names institutions, not clients."""
    form = FilterForm(request.GET or None)
    found = partners.listing(form.filters() if form.is_bound else None, by=request.actor)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": [_row(partner) for partner in page],
        "expiring": partners.expiring_agreements(by=request.actor),
        "may_manage": request.actor.may(MANAGE_PARTNER),
    }
    return render(request, "desk/partners/list.html", context)


@requires(READ_PARTNER)
def show(request: DeskRequest, partner_id: UUID) -> HttpResponse:
    return _page(request, partner_id, AgreementForm(), TouchpointForm())


@requires(MANAGE_PARTNER)
def add(request: DeskRequest) -> HttpResponse:
    form = PartnerForm(request.POST or None)
    key = request.POST.get("form_key") or fresh_key()
    if request.method == "POST" and form.is_valid():
        try:
            partner = actions.add(details=form.details(), form_key=key, by=request.actor)
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The partner is recorded."))
            return redirect("desk:partners:show", partner.pk)
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/partners/edit.html", {"form": form, "form_key": key}, status=status)


@requires(MANAGE_PARTNER)
def edit(request: DeskRequest, partner_id: UUID) -> HttpResponse:
    partner = partners.get(partner_id, by=request.actor)
    form = PartnerForm(request.POST or None, partner=partner)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(partner_id=partner_id, details=form.details(), by=request.actor)
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The details are saved."))
            return redirect("desk:partners:show", partner_id)
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/partners/edit.html", {"form": form, "partner": partner}, status=status)


@require_POST
@requires(MANAGE_PARTNER)
def move(request: DeskRequest, partner_id: UUID) -> HttpResponse:
    to = request.POST.get("to", "")
    if to not in PartnerState.values:
        messages.error(request, _("Choose a state from the list."))
        return redirect("desk:partners:show", partner_id)
    try:
        actions.move(partner_id=partner_id, to=PartnerState(to), by=request.actor)
        messages.success(request, _("The state is recorded."))
    except ValidationError as error:
        tell(request, error)
    return redirect("desk:partners:show", partner_id)


@require_POST
@requires(MANAGE_PARTNER)
def sign(request: DeskRequest, partner_id: UUID) -> HttpResponse:
    form = AgreementForm(request.POST)
    if form.carries_out(
        lambda: actions.sign(
            partner_id=partner_id,
            details=form.details(),
            form_key=request.POST.get("form_key"),
            by=request.actor,
        )
    ):
        messages.success(request, _("The agreement is recorded."))
        return redirect("desk:partners:show", partner_id)
    return _page(request, partner_id, form, TouchpointForm(), status=UNPROCESSABLE)


@require_POST
@requires(MANAGE_PARTNER)
def touch(request: DeskRequest, partner_id: UUID) -> HttpResponse:
    form = TouchpointForm(request.POST)
    if form.carries_out(
        lambda: actions.touch(
            partner_id=partner_id,
            on=form.cleaned_data["on"],
            what=form.cleaned_data["what"],
            form_key=request.POST.get("form_key"),
            by=request.actor,
        )
    ):
        messages.success(request, _("The conversation is recorded."))
        return redirect("desk:partners:show", partner_id)
    return _page(request, partner_id, AgreementForm(), form, status=UNPROCESSABLE)


def _page(
    request: DeskRequest,
    partner_id: UUID,
    agreement_form: AgreementForm,
    touch_form: TouchpointForm,
    *,
    status: int = 200,
) -> HttpResponse:
    partner = partners.get(partner_id, by=request.actor)
    topics = codes.code_list("topic")
    context = {
        "row": _row(partner),
        "partner": partner,
        "names": [
            (OWN_NAMES.get(language, language), language_tag(language), text) for language, text in partner.name.items()
        ],
        "agreements": [_agreement(agreement) for agreement in partner.agreements.all()],
        "topics": [str(topics.label(row.topic)) for row in partner.topics.all()],
        "services": service_rows(services.as_offers(services.of_partner(partner_id, by=request.actor))),
        "next_states": TRANSITIONS[PartnerState(partner.state)],
        "agreement_form": agreement_form,
        "touch_form": touch_form,
        "form_key": request.POST.get("form_key") or fresh_key(),
        "may_manage": request.actor.may(MANAGE_PARTNER),
    }
    return render(request, "desk/partners/show.html", context, status=status)


def _row(partner: Partner) -> Row:
    kind = str(codes.code_list("partner_type").label(partner.type))
    code = partner.district or partner.region
    return Row(partner, kind, str(places.name(code)) if code else "")


def _agreement(agreement: Agreement) -> tuple[Agreement, str, str]:
    standing = agreement.standing_on(today())
    words = {"open": _("No end"), "valid": _("In force"), "expiring": _("Ends soon"), "expired": _("Ended")}
    return agreement, TONES[standing], words[standing]
