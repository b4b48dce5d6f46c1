"""The service directory: who offers what, checked when and by whom, and what is to be asked again."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safar.desk.access import requires
from safar.desk.forms import UNPROCESSABLE, tell
from safar.desk.middleware import DeskRequest
from safar.desk.partners.forms_directory import DirectoryFilter, ServiceForm
from safar.desk.partners.offers import service_rows
from safar.kernel.once import fresh_key
from safar.partners.actions import services as actions
from safar.partners.models import Partner, Service
from safar.partners.permissions import CHECK_SERVICE, MANAGE_PARTNER, READ_PARTNER
from safar.partners.queries import services
from safar.partners.rules import CHECK_AFTER_DAYS

A_PAGE = 50


@requires(READ_PARTNER)
def listing(request: DeskRequest) -> HttpResponse:
    """List the directory. What it is narrowed by may stand in the address: it says nothing of a client."""
    form = DirectoryFilter(request.GET or None)
    return _list(request, services.listing(**form.chosen(), by=request.actor), form)


@requires(READ_PARTNER)
def due(request: DeskRequest) -> HttpResponse:
    """List what is to be checked again, the oldest check first."""
    return _list(request, services.due(by=request.actor), None)


def _list(request: DeskRequest, found: "QuerySet[Service]", form: DirectoryFilter | None) -> HttpResponse:
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": service_rows(services.as_offers(page)),
        "due": services.due(by=request.actor).count(),
        "check_after": CHECK_AFTER_DAYS,
        "may_check": request.actor.may(CHECK_SERVICE),
        "may_manage": request.actor.may(MANAGE_PARTNER),
    }
    return render(request, "desk/partners/directory.html", context)


@requires(MANAGE_PARTNER)
def add(request: DeskRequest, partner_id: UUID) -> HttpResponse:
    partner = get_object_or_404(Partner, pk=partner_id)
    form = ServiceForm(request.POST or None)
    key = request.POST.get("form_key") or fresh_key()
    if request.method == "POST" and form.is_valid():
        try:
            actions.add(partner_id=partner_id, details=form.details(), form_key=key, by=request.actor)
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The service is in the directory."))
            return redirect("desk:partners:show", partner_id)
    return _form_page(request, form, partner, key)


@requires(MANAGE_PARTNER)
def edit(request: DeskRequest, service_id: UUID) -> HttpResponse:
    service = services.get(service_id, by=request.actor)
    form = ServiceForm(request.POST or None, service=service)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(service_id=service_id, details=form.details(), by=request.actor)
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The entry is saved and counts as checked today."))
            return redirect("desk:partners:directory")
    return _form_page(request, form, service.partner, "")


def _form_page(request: DeskRequest, form: ServiceForm, partner: Partner, key: str) -> HttpResponse:
    status = UNPROCESSABLE if request.method == "POST" else 200
    context = {"form": form, "partner": partner, "form_key": key}
    return render(request, "desk/partners/service.html", context, status=status)


@require_POST
@requires(CHECK_SERVICE)
def still_true(request: DeskRequest, service_id: UUID) -> HttpResponse:
    """Note with one press that an entry is still true, and go on with the list it stood in."""
    get_object_or_404(Service, pk=service_id)
    try:
        actions.confirm(service_id=service_id, capacity=request.POST.get("capacity", ""), by=request.actor)
        messages.success(request, _("Noted: it is still true today."))
    except ValidationError as error:
        tell(request, error)
    return redirect("desk:partners:directory_due" if "due" in request.POST else "desk:partners:directory")
