"""Campaigns: list, page, plan, change, run, close, and which posts count to one."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from safar.campaigns.actions import campaigns as actions
from safar.campaigns.actions import posts as post_actions
from safar.campaigns.enums import CampaignState
from safar.campaigns.permissions import MANAGE_CAMPAIGN, READ_CAMPAIGN
from safar.campaigns.queries import campaigns
from safar.desk.access import requires
from safar.desk.campaigns.charts import change_note, followers_chart, headline, views_chart
from safar.desk.campaigns.forms import CampaignForm, CloseForm
from safar.desk.campaigns.requests import found, posted
from safar.desk.forms import UNPROCESSABLE
from safar.desk.middleware import DeskRequest
from safar.kernel.once import fresh_key
from safar.trust.queries import centres
from safar.trust.queries.profile import OWN_NAMES

A_PAGE = 50


@requires(READ_CAMPAIGN)
def listing(request: DeskRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    page = Paginator(campaigns.campaign_list(state if state in CampaignState.values else ""), A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {"page": page, "state": state, "states": CampaignState, "may_manage": request.actor.may(MANAGE_CAMPAIGN)}
    return render(request, "desk/campaigns/list.html", context)


@requires(READ_CAMPAIGN)
def show(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    page = found(campaigns.page, campaign_id)
    context = {
        "page": page,
        "campaign": page.campaign,
        "tables": [(table, views_chart(table), headline(table)) for table in page.tables],
        "followers": [(line, followers_chart(line), change_note(line)) for line in page.followers],
        "campaign_languages": [OWN_NAMES.get(code, code) for code in page.campaign.languages],
        "may_manage": request.actor.may(MANAGE_CAMPAIGN),
    }
    return render(request, "desk/campaigns/show.html", context)


@requires(MANAGE_CAMPAIGN)
def create(request: DeskRequest) -> HttpResponse:
    form = CampaignForm(posted(request), centre_id=request.actor.centre_id)
    key = request.POST.get("form_key") or fresh_key()
    if request.method == "POST" and form.is_valid():
        try:
            campaign = actions.create(
                details=form.details(),
                centre=centres.centre(UUID(form.cleaned_data["centre"])),
                form_key=key,
                by=request.actor,
            )
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The campaign is planned."))
            return redirect("desk:campaigns:show", campaign.pk)
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/campaigns/edit.html", {"form": form, "form_key": key}, status=status)


@requires(MANAGE_CAMPAIGN)
def edit(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    campaign = found(campaigns.get, campaign_id)
    form = CampaignForm(posted(request), campaign=campaign)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(campaign_id=campaign_id, details=form.details(), by=request.actor)
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The campaign is saved."))
            return redirect("desk:campaigns:show", campaign_id)
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/campaigns/edit.html", {"form": form, "campaign": campaign}, status=status)


@require_POST
@requires(MANAGE_CAMPAIGN)
def start(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    found(campaigns.get, campaign_id)
    try:
        actions.start(campaign_id=campaign_id, by=request.actor)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("The campaign is running."))
    return redirect("desk:campaigns:show", campaign_id)


@requires(MANAGE_CAMPAIGN)
def close(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    campaign = found(campaigns.get, campaign_id)
    form = CloseForm(posted(request), initial={"lessons": campaign.lessons})
    if request.method == "POST" and form.is_valid():
        try:
            actions.close(campaign_id=campaign_id, lessons=form.cleaned_data["lessons"], by=request.actor)
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The campaign is closed; what was learnt is kept."))
            return redirect("desk:campaigns:show", campaign_id)
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/campaigns/close.html", {"form": form, "campaign": campaign}, status=status)


@requires(MANAGE_CAMPAIGN)
def choose_posts(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """Count posts to the campaign or take them out; which of the two is the button that was pressed."""
    campaign = found(campaigns.get, campaign_id)
    if request.method == "POST":
        chosen = [UUID(key) for key in request.POST.getlist("post") if _is_key(key)]
        to = None if "take_out" in request.POST else campaign_id
        moved = post_actions.attach(post_ids=chosen, campaign_id=to, by=request.actor)
        told = ngettext("%(count)s post moved.", "%(count)s posts moved.", moved) % {"count": moved}
        messages.success(request, told)
        return redirect("desk:campaigns:posts", campaign_id)
    page = Paginator(campaigns.unattached_posts(), A_PAGE).get_page(request.GET.get("page"))
    context = {"campaign": campaign, "page": page, "inside": campaign.posts.select_related("channel")}
    return render(request, "desk/campaigns/posts.html", context)


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
