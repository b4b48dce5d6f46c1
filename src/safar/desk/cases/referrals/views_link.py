from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safar.cases.actions import referral_links as actions
from safar.cases.models import Referral
from safar.cases.permissions import MANAGE_REFERRAL
from safar.desk.access import requires
from safar.desk.cases.referrals.forms import LinkForm
from safar.desk.cases.referrals.views import SECRET, show_page
from safar.desk.middleware import DeskRequest
from safar.messaging.rules import grouped


@require_POST
@requires(MANAGE_REFERRAL)
def make(request: DeskRequest, referral_id: UUID) -> HttpResponse:
    """Make the link and let it wait in the session for the one page that shows it: it never stands in an address of the desk."""
    form = LinkForm(request.POST, referral=get_object_or_404(Referral, pk=referral_id))
    if form.is_valid():
        try:
            fresh = actions.make(referral_id=referral_id, by=request.actor, **form.cleaned_data)
        except ValidationError as error:
            form.add_problems(error)
        else:
            with translation.override(fresh.link.language):
                address = request.build_absolute_uri(reverse("portal:referral_link", args=[fresh.token]))
            code = grouped(fresh.code) if fresh.code else ""
            request.session[SECRET] = {"for": str(referral_id), "address": address, "code": code}
            return redirect("desk:cases:referral", referral_id)
    return show_page(request, referral_id, link_form=form)


@require_POST
@requires(MANAGE_REFERRAL)
def revoke(request: DeskRequest, referral_id: UUID) -> HttpResponse:
    get_object_or_404(Referral, pk=referral_id)
    if actions.revoke(referral_id=referral_id, by=request.actor):
        messages.success(request, _("The link no longer opens."))
    return redirect("desk:cases:referral", referral_id)
