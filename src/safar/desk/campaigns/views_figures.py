"""Channels, and what people enter by hand because a platform exports none of it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from safar.campaigns.actions import channels as channel_actions
from safar.campaigns.actions import posts as post_actions
from safar.campaigns.actions import snapshots
from safar.campaigns.permissions import MANAGE_CAMPAIGN, READ_CAMPAIGN
from safar.campaigns.queries import campaigns, channels
from safar.desk.access import requires
from safar.desk.campaigns.forms import ChannelForm, FigureForm, PostForm
from safar.desk.campaigns.requests import posted
from safar.desk.forms import UNPROCESSABLE
from safar.desk.middleware import DeskRequest
from safar.kernel.once import fresh_key
from safar.trust.queries import centres


@requires(READ_CAMPAIGN)
def channels_page(request: DeskRequest) -> HttpResponse:
    context = {"channels": channels.channel_list(), "may_manage": request.actor.may(MANAGE_CAMPAIGN)}
    return render(request, "desk/campaigns/channels.html", context)


@requires(MANAGE_CAMPAIGN)
def add_channel(request: DeskRequest) -> HttpResponse:
    form = ChannelForm(posted(request), centre_id=request.actor.centre_id)
    key = request.POST.get("form_key") or fresh_key()
    if request.method == "POST" and form.is_valid():
        try:
            channel_actions.add(
                details=form.details(),
                centre=centres.centre(UUID(form.cleaned_data["centre"])),
                form_key=key,
                by=request.actor,
            )
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The channel is added."))
            return redirect("desk:campaigns:channels")
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/campaigns/channel_add.html", {"form": form, "form_key": key}, status=status)


@requires(MANAGE_CAMPAIGN)
def add_post(request: DeskRequest) -> HttpResponse:
    form = PostForm(
        posted(request),
        channels=list(channels.channel_list()),
        campaigns=campaigns.campaign_list(),
        initial=request.GET.get("campaign", ""),
    )
    key = request.POST.get("form_key") or fresh_key()
    if request.method == "POST" and form.is_valid():
        try:
            post = post_actions.add(
                details=form.details(),
                channel_id=UUID(form.cleaned_data["channel"]),
                campaign_id=form.campaign_id(),
                form_key=key,
                by=request.actor,
            )
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The post is kept. Enter its figures now, or leave."))
            return redirect(f"{_figure_address()}?of=post:{post.pk}")
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/campaigns/post_add.html", {"form": form, "form_key": key}, status=status)


@requires(MANAGE_CAMPAIGN)
def add_figure(request: DeskRequest) -> HttpResponse:
    form = FigureForm(
        posted(request),
        channels=list(channels.channel_list()),
        posts=channels.recent_posts(),
        initial=request.GET.get("of", ""),
    )
    key = request.POST.get("form_key") or fresh_key()
    if request.method == "POST" and form.is_valid():
        try:
            snapshots.record_manual(details=form.details(), form_key=key, by=request.actor, **form.subject_ids())
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The figure is kept. Enter the next one, or leave."))
            return redirect(f"{_figure_address()}?of={form.cleaned_data['subject']}")
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/campaigns/figure_add.html", {"form": form, "form_key": key}, status=status)


def _figure_address() -> str:
    return reverse("desk:campaigns:figure_add")
