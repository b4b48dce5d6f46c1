from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.campaigns.enums import Measure
from safar.campaigns.importers.numbers import LARGEST
from safar.campaigns.models import Channel, MetricSnapshot, Post
from safar.campaigns.permissions import MANAGE_CAMPAIGN
from safar.campaigns.rules import SnapshotDetails
from safar.kernel import once
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import now
from safar.trust.actions import audit


@transaction.atomic
def record_manual(
    *,
    details: SnapshotDetails,
    post_id: UUID | None = None,
    channel_id: UUID | None = None,
    form_key: str = "",
    by: Actor,
) -> MetricSnapshot:
    """Keep a figure somebody read off a platform, of exactly one post or channel."""
    check_may(by, MANAGE_CAMPAIGN)
    if earlier := once.result_of(form_key):
        return MetricSnapshot.objects.get(pk=earlier)
    post = None if post_id is None else Post.objects.get(pk=post_id)
    channel = None if channel_id is None else Channel.objects.get(pk=channel_id)
    if problems := _problems(details, post, channel):
        raise ValidationError(problems)
    snapshot = MetricSnapshot.objects.create(
        post=post,
        channel=channel,
        native_name=details.native_name.strip(),
        measure=details.measure,
        value=details.value,
        rounded=details.rounded,
        currency=details.currency.upper(),
        window_start=details.window.start,
        window_end=details.window.end,
        definition_version=details.definition_version,
        captured_at=details.captured_at,
        recorded_by_id=by.id,
    )
    once.use(form_key, snapshot.pk)
    audit.record(by=by, action="campaigns.snapshot.record_manual", subject_key=snapshot.pk, fields=["value"])
    return snapshot


def _problems(details: SnapshotDetails, post: Post | None, channel: Channel | None) -> dict[str, str]:
    problems: dict[str, str] = {}
    if (post is None) == (channel is None):
        problems["subject"] = _("A figure is of one post or of one channel.")
    if not details.native_name.strip():
        problems["native_name"] = _("Write the name as the platform shows it.")
    if details.measure not in Measure.values:
        problems["measure"] = _("Say what the figure counts.")
    if not 0 <= details.value <= LARGEST:
        problems["value"] = _("A figure is zero or more.")
    if details.captured_at > now():
        problems["captured_at"] = _("A figure cannot have been read in the future.")
    if (details.measure == Measure.SPEND) != bool(details.currency):
        problems["currency"] = _("Money has a currency, and nothing else has.")
    if not problems and _captured_already(details, post, channel):
        problems["captured_at"] = _("A value of this metric was already captured at this moment.")
    return problems


def _captured_already(details: SnapshotDetails, post: Post | None, channel: Channel | None) -> bool:
    return MetricSnapshot.objects.filter(
        post=post,
        channel=channel,
        native_name=details.native_name.strip(),
        window_start=details.window.start,
        window_end=details.window.end,
        captured_at=details.captured_at,
    ).exists()
