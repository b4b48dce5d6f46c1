import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import today
from safar.partners.enums import PartnerState
from safar.partners.models import Agreement, Partner, Touchpoint
from safar.partners.permissions import READ_PARTNER
from safar.partners.rules import EXPIRING_WITHIN_DAYS, QUIET_AFTER_DAYS


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of partners may be narrowed by; an empty value narrows nothing."""

    text: str = ""
    kind: str = ""
    type: str = ""
    state: str = ""
    region: str = ""
    topic: str = ""


def listing(filters: Filters | None = None, *, by: Actor) -> QuerySet[Partner]:
    """Return partners with the day of the last touchpoint (`last_touch`) and the latest end of an agreement (`agreed_until`)."""
    check_may(by, READ_PARTNER)
    wanted = filters or Filters()
    narrowed = Q()
    for field in ("kind", "type", "state", "region"):
        if value := getattr(wanted, field):
            narrowed &= Q(**{field: value})
    if wanted.topic:
        narrowed &= Q(topics__topic=wanted.topic)
    for word in wanted.text.casefold().split():
        narrowed &= Q(search_text__contains=word)
    return (
        Partner.objects.filter(narrowed)
        .annotate(last_touch=Max("touchpoints__on"), agreed_until=Max("agreements__expires_on"))
        .order_by("search_text", "id")
    )


def get(partner_id: UUID, *, by: Actor) -> Partner:
    """Return a partner with agreements, touchpoints (newest first) and topics; four queries."""
    check_may(by, READ_PARTNER)
    touchpoints = Touchpoint.objects.select_related("staff")
    return get_object_or_404(
        Partner.objects.prefetch_related("agreements", "topics", Prefetch("touchpoints", touchpoints)), pk=partner_id
    )


def expiring_agreements(*, within_days: int = EXPIRING_WITHIN_DAYS, by: Actor) -> list[Agreement]:
    """Return agreements that end soon, the nearest first, unless the partner has a later one."""
    check_may(by, READ_PARTNER)
    day = today()
    last = day + dt.timedelta(days=within_days)
    return list(
        Agreement.objects.filter(expires_on__gte=day, expires_on__lte=last)
        .exclude(partner__agreements__expires_on__gt=last)
        .exclude(partner__agreements__expires_on=None)
        .select_related("partner")
        .order_by("expires_on", "id")
    )


def quiet(*, by: Actor) -> list[Partner]:
    """Return agreed and active partners nobody has spoken to for half a year."""
    long_ago = today() - dt.timedelta(days=QUIET_AFTER_DAYS)
    active = listing(by=by).filter(state__in=[PartnerState.AGREED, PartnerState.ACTIVE])
    return list(active.filter(Q(last_touch=None) | Q(last_touch__lt=long_ago)))


def names(partner_ids: set[UUID]) -> dict[UUID, str]:
    """Return the names of partners in the reader's language; for pages that show a partner they hold by key."""
    return {partner.pk: str(partner.name) for partner in Partner.objects.filter(id__in=partner_ids)}


def choices() -> list[tuple[str, str]]:
    """Return partners to choose a host from, by name; the dormant ones last."""
    found = sorted(Partner.objects.all(), key=lambda one: (one.state == PartnerState.DORMANT, str(one.name).casefold()))
    return [(str(partner.pk), str(partner.name)) for partner in found]
