import secrets
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.cases.models import CalendarFeed
from safar.cases.permissions import RUN_DAY
from safar.cases.rules.day import hashed
from safar.kernel.actor import Actor, ActorKind, check_may
from safar.kernel.clock import now
from safar.trust.actions import audit

BYTES_OF_A_SECRET = 32


@dataclass(frozen=True, slots=True)
class NewFeed:
    """A feed and its secret, which is shown this once and kept nowhere."""

    feed: CalendarFeed
    secret: str


@transaction.atomic
def make(*, by: Actor) -> NewFeed:
    """Make a secret address for the actor's own calendar; an earlier one ends, so that there is one to lose and not two."""
    check_may(by, RUN_DAY)
    if by.kind is not ActorKind.STAFF or by.id is None:
        raise ValidationError(_("Only a colleague has a calendar."))
    CalendarFeed.objects.filter(staff=by.id, revoked_at=None).update(revoked_at=now())
    secret = secrets.token_urlsafe(BYTES_OF_A_SECRET)
    feed = CalendarFeed.objects.create(staff_id=by.id, token_hash=hashed(secret))
    audit.record(by=by, action="cases.feed.make", subject_key=feed.pk)
    return NewFeed(feed, secret)


@transaction.atomic
def revoke(*, feed_id: UUID, by: Actor) -> CalendarFeed:
    """End one's own address at once; whatever calendar still asks gets nothing."""
    check_may(by, RUN_DAY)
    feed = CalendarFeed.objects.select_for_update(of=("self",)).get(pk=feed_id, staff=by.id)
    if feed.revoked_at is None:
        feed.revoked_at = now()
        feed.save(update_fields=["revoked_at"])
        audit.record(by=by, action="cases.feed.revoke", subject_key=feed.pk)
    return feed
