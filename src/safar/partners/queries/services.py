"""Reading the service directory: who offers what, how near, and how sure we are of it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import today
from safar.partners.enums import Nearness, PartnerState, ServiceStatus
from safar.partners.models import Service
from safar.partners.permissions import READ_PARTNER
from safar.partners.rules import CHECK_AFTER_DAYS, Point, centroid, distance_km, freshness, nearness
from safar.reference.queries import places

_ORDER = list(Nearness.values)


@dataclass(frozen=True, slots=True)
class Offer:
    """A service as it is shown to somebody who chooses: how near, and how old what we know of it is.

    `km` is the distance between the middles of two regions, given only when the service is in another region.
    """

    service: Service
    nearness: str
    km: int | None
    freshness: str


def listing(*, service_type: str = "", region: str = "", by: Actor) -> QuerySet[Service]:
    """Return the entries of the directory with partner and checker, those of one service or region if asked for."""
    check_may(by, READ_PARTNER)
    found = Service.objects.select_related("partner", "assured_by").order_by("service_type", "region", "id")
    if service_type:
        found = found.filter(service_type=service_type)
    return found.filter(region__in=[region, ""]) if region else found


def get(service_id: UUID, *, by: Actor) -> Service:
    check_may(by, READ_PARTNER)
    return get_object_or_404(Service.objects.select_related("partner", "assured_by"), pk=service_id)


def of_partner(partner_id: UUID, *, by: Actor) -> list[Service]:
    return list(listing(by=by).filter(partner_id=partner_id))


def due(*, by: Actor) -> QuerySet[Service]:
    """Return entries that are to be checked again, the oldest check first."""
    before = today() - dt.timedelta(days=CHECK_AFTER_DAYS)
    return (
        listing(by=by).exclude(status=ServiceStatus.DEFUNCT).filter(assured_on__lt=before).order_by("assured_on", "id")
    )


def offering(service_type: str, *, region: str = "", district: str = "", by: Actor) -> list[Offer]:
    """Return who offers a service now, nearest first as seen from a person's place; of the same nearness by name.

    Two queries whatever is found; what is closed for now and what belongs to a partner gone dormant is left out.
    """
    found = listing(service_type=service_type, by=by).filter(status=ServiceStatus.ACTIVE)
    found = found.exclude(partner__state=PartnerState.DORMANT)
    offers = [_offer(service, region, district) for service in found]
    return sorted(
        offers, key=lambda offer: (_ORDER.index(offer.nearness), offer.km or 0, str(offer.service.partner).casefold())
    )


def languages_of(partner_id: UUID | None, service_type: str) -> list[str]:
    """Return the languages in which a partner gives a service, to write to them in the first; empty when not known."""
    entries = Service.objects.filter(partner_id=partner_id, service_type=service_type) if partner_id else ()
    return list(dict.fromkeys(language for entry in entries for language in entry.languages))


def as_offers(services: Iterable[Service]) -> list[Offer]:
    """Return entries with their freshness, seen from nowhere."""
    return [_offer(service, "", "") for service in services]


def _offer(service: Service, region: str, district: str) -> Offer:
    near = nearness(of_region=service.region, of_district=service.district, near_region=region, near_district=district)
    km = region_distance_km(region, service.region) if near == Nearness.FARTHER else None
    return Offer(service, near, km, freshness(service.assured_on, today()))


def region_distance_km(one: str, other: str) -> int | None:
    """Return the kilometres between the middles of two regions; None where we have no shape of one of them."""
    middles = {**_middles(one.partition("-")[0]), **_middles(other.partition("-")[0])}
    return round(distance_km(middles[one], middles[other])) if one in middles and other in middles else None


@cache
def _middles(country: str) -> dict[str, Point]:
    if country not in places.SHAPE_FILES:
        return {}
    features = places.shapes(country)["features"]
    return {feature["properties"]["code"]: centroid(feature["geometry"]) for feature in features}
