from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.campaigns.enums import Platform
from safar.campaigns.models import Channel
from safar.campaigns.permissions import MANAGE_CAMPAIGN
from safar.campaigns.rules import ChannelDetails
from safar.kernel import once
from safar.kernel.actor import Actor, check_may
from safar.trust.actions import audit
from safar.trust.models import Centre


@transaction.atomic
def add(*, details: ChannelDetails, centre: Centre, form_key: str = "", by: Actor) -> Channel:
    """Add an account the centre speaks through; the same form key a second time returns the first one."""
    check_may(by, MANAGE_CAMPAIGN)
    if earlier := once.result_of(form_key):
        return Channel.objects.get(pk=earlier)
    handle, account_id = details.handle.strip().removeprefix("@"), details.account_id.strip()
    if problems := _problems(details, handle, account_id):
        raise ValidationError(problems)
    channel = Channel.objects.create(
        platform=details.platform,
        name=details.name.strip(),
        handle=handle,
        account_id=account_id,
        url=details.url.strip(),
        centre=centre,
    )
    once.use(form_key, channel.pk)
    filled = [name for name in ("platform", "name", "handle", "account_id", "url", "centre") if getattr(channel, name)]
    audit.record(by=by, action="campaigns.channel.add", subject_key=channel.pk, fields=filled)
    return channel


def _problems(details: ChannelDetails, handle: str, account_id: str) -> dict[str, str]:
    problems: dict[str, str] = {}
    if details.platform not in Platform.values:
        problems["platform"] = _("We do not know this platform.")
    if not details.name.strip():
        problems["name"] = _("Give the channel the name its followers see.")
    same_platform = Channel.objects.filter(platform=details.platform)
    if handle and same_platform.filter(handle__iexact=handle).exists():
        problems["handle"] = _("This account is kept already.")
    if account_id and same_platform.filter(account_id=account_id).exists():
        problems["account_id"] = _("This account is kept already.")
    return problems
