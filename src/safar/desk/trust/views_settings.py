from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from safar.desk.access import requires
from safar.desk.forms import UNPROCESSABLE
from safar.desk.middleware import DeskRequest
from safar.desk.trust import country as country_page
from safar.desk.trust import matrix
from safar.desk.trust.forms import CentreForm, CloseCentreForm
from safar.kernel.clock import today
from safar.reference.queries import places
from safar.trust.actions import centres as actions
from safar.trust.models import Centre
from safar.trust.permissions import MANAGE_CENTRES, ROLES, SEE_SETTINGS
from safar.trust.queries import centres


@requires(SEE_SETTINGS)
def settings_page(request: DeskRequest) -> HttpResponse:
    """List the centres, points and teams of this node."""
    rows = [(centre, places.name(centre.district or centre.region)) for centre in centres.all_centres()]
    context = {"rows": rows, "today": today(), "may_manage": request.actor.may(MANAGE_CENTRES)}
    return render(request, "desk/trust/settings_centres.html", context)


@requires(SEE_SETTINGS)
def country(request: DeskRequest) -> HttpResponse:
    """Show what the reviewed profile of this country says; it changes with a release, not here."""
    return render(request, "desk/trust/settings_country.html", country_page.context())


@requires(SEE_SETTINGS)
def roles(request: DeskRequest) -> HttpResponse:
    context = {"roles": ROLES.values(), "groups": matrix.groups()}
    return render(request, "desk/trust/settings_roles.html", context)


@requires(MANAGE_CENTRES)
def centre_add(request: DeskRequest) -> HttpResponse:
    form = CentreForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add(details=form.details(), by=request.actor)
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The centre is added."))
            return redirect("desk:trust:settings")
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/trust/centre.html", {"form": form}, status=status)


@requires(MANAGE_CENTRES)
def centre(request: DeskRequest, centre_id: UUID) -> HttpResponse:
    found = get_object_or_404(Centre, pk=centre_id)
    form = CentreForm(request.POST or None, centre=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(centre=found, details=form.details(), by=request.actor)
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The centre is saved."))
            return redirect("desk:trust:settings")
    return _centre_page(request, found, form, CloseCentreForm(initial={"on": today()}))


@requires(MANAGE_CENTRES)
def centre_close(request: DeskRequest, centre_id: UUID) -> HttpResponse:
    found = get_object_or_404(Centre, pk=centre_id)
    form = CloseCentreForm(request.POST or None, initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.close(centre=found, on=form.cleaned_data["on"], by=request.actor)
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The centre is closed."))
            return redirect("desk:trust:settings")
    return _centre_page(request, found, CentreForm(centre=found), form)


def _centre_page(request: DeskRequest, found: Centre, form: CentreForm, close_form: CloseCentreForm) -> HttpResponse:
    context = {"form": form, "close_form": close_form, "centre": found}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/trust/centre.html", context, status=status)
