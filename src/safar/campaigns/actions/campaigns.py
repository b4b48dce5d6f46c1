import re
from collections.abc import Mapping
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.campaigns.enums import TRANSITIONS, CampaignState
from safar.campaigns.models import Campaign
from safar.campaigns.permissions import MANAGE_CAMPAIGN
from safar.campaigns.rules import CampaignDetails
from safar.kernel import once
from safar.kernel.actor import Actor, check_may
from safar.trust.actions import audit
from safar.trust.models import Centre

_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,14}[A-Z0-9]")
_CURRENCY = re.compile(r"[A-Z]{3}")
_FIELDS = (
    "code", "title", "objective", "behaviour", "audience", "starts_on", "ends_on", "languages", "budget", "currency", "funder",
)  # fmt: skip


@transaction.atomic
def create(*, details: CampaignDetails, centre: Centre, form_key: str = "", by: Actor) -> Campaign:
    """Plan a campaign; the same form key a second time returns the first one."""
    check_may(by, MANAGE_CAMPAIGN)
    if earlier := once.result_of(form_key):
        return Campaign.objects.get(pk=earlier)
    campaign = Campaign(centre=centre)
    changed = _fill(campaign, details)
    campaign.save(force_insert=True)
    once.use(form_key, campaign.pk)
    audit.record(by=by, action="campaigns.campaign.create", subject_key=campaign.pk, fields=[*changed, "centre"])
    return campaign


@transaction.atomic
def change(*, campaign_id: UUID, details: CampaignDetails, by: Actor) -> Campaign:
    """Change what a campaign says about itself; its figures stay."""
    check_may(by, MANAGE_CAMPAIGN)
    campaign = _locked(campaign_id)
    if changed := _fill(campaign, details):
        campaign.save()
        audit.record(by=by, action="campaigns.campaign.change", subject_key=campaign.pk, fields=changed)
    return campaign


def start(*, campaign_id: UUID, by: Actor) -> Campaign:
    """Set a planned campaign running, or open a closed one again."""
    return _move(campaign_id, CampaignState.RUNNING, {}, by)


def close(*, campaign_id: UUID, lessons: str, by: Actor) -> Campaign:
    """Close a campaign with what was learnt, which is the part nobody writes down later."""
    check_may(by, MANAGE_CAMPAIGN)
    if not lessons.strip():
        raise ValidationError({"lessons": _("Write at least one sentence: what would you do again, what not?")})
    return _move(campaign_id, CampaignState.CLOSED, {"lessons": lessons.strip()}, by)


@transaction.atomic
def _move(campaign_id: UUID, state: CampaignState, values: Mapping[str, str], by: Actor) -> Campaign:
    check_may(by, MANAGE_CAMPAIGN)
    campaign = _locked(campaign_id)
    if state not in TRANSITIONS[CampaignState(campaign.state)]:
        raise ValidationError(
            _('A campaign that is "%(state)s" cannot become "%(next)s".')
            % {"state": campaign.get_state_display(), "next": state.label}
        )
    campaign.state = state
    for name, value in values.items():
        setattr(campaign, name, value)
    campaign.save(update_fields=["state", *values])
    audit.record(by=by, action=f"campaigns.campaign.{state}", subject_key=campaign.pk, fields=["state", *values])
    return campaign


def _locked(campaign_id: UUID) -> Campaign:
    return Campaign.objects.select_for_update().get(pk=campaign_id)


def _fill(campaign: Campaign, details: CampaignDetails) -> list[str]:
    """Put checked details on the campaign and return the names of the fields that differ."""
    code = details.code.strip().upper()
    if problems := _problems(campaign, code, details):
        raise ValidationError(problems)
    values = {name: getattr(details, name) for name in _FIELDS}
    values |= {name: value.strip() for name, value in values.items() if isinstance(value, str)}
    values |= {"code": code, "languages": list(details.languages), "currency": details.currency.upper()}
    if details.budget is None:
        values["currency"] = ""
    changed = [name for name, value in values.items() if getattr(campaign, name) != value]
    for name in changed:
        setattr(campaign, name, values[name])
    return changed


def _problems(campaign: Campaign, code: str, details: CampaignDetails) -> dict[str, str]:
    problems = {
        name: _("This is needed: without it nobody can say later whether the campaign worked.")
        for name in ("title", "objective", "behaviour", "audience")
        if not getattr(details, name).strip()
    }
    if not _CODE.fullmatch(code):
        problems["code"] = _("Three to sixteen letters A–Z, digits and hyphens, as people will quote it.")
    elif Campaign.objects.filter(code=code).exclude(pk=campaign.pk).exists():
        problems["code"] = _("Another campaign has this code.")
    if details.ends_on and details.ends_on < details.starts_on:
        problems["ends_on"] = _("The end lies before the start.")
    if details.budget is not None and details.budget < 0:
        problems["budget"] = _("A budget cannot be less than nothing.")
    if details.budget is not None and not _CURRENCY.fullmatch(details.currency.upper()):
        problems["currency"] = _("Say which currency, in three letters such as UZS or EUR.")
    return problems
