"""Who offers a service, as the counsellor chooses: how near, how full, and how sure we are of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from safar.partners.enums import Capacity, Freshness, Nearness
from safar.partners.models import Service
from safar.partners.queries.services import Offer
from safar.reference.queries import codes, places

_CAPACITY_TONES = {
    Capacity.OPEN: "good",
    Capacity.WAITING: "warn",
    Capacity.FULL: "danger",
    Capacity.UNKNOWN: "neutral",
}
_FRESHNESS_TONES = {Freshness.FRESH: "good", Freshness.DUE: "warn", Freshness.STALE: "danger"}


@dataclass(frozen=True, slots=True)
class ShownOffer:
    """One entry of the directory in words."""

    service: Service
    where: str
    how_near: str
    languages: str
    capacity_tone: str
    freshness: str
    freshness_tone: str
    is_chosen: bool = False


def shown_offers(offers: Iterable[Offer], chosen: str | None = None) -> list[ShownOffer]:
    return [shown(offer, chosen=str(offer.service.pk) == chosen) for offer in offers]


def shown(offer: Offer, *, chosen: bool = False) -> ShownOffer:
    service = offer.service
    code = service.district or service.region
    return ShownOffer(
        service=service,
        where=str(places.name(code)) if code else "",
        how_near=_how_near(offer),
        languages=", ".join(str(codes.code_list("language").label(language)) for language in service.languages),
        capacity_tone=_CAPACITY_TONES[Capacity(service.capacity)],
        freshness=str(Freshness(offer.freshness).label),
        freshness_tone=_FRESHNESS_TONES[Freshness(offer.freshness)],
        is_chosen=chosen,
    )


def _how_near(offer: Offer) -> str:
    if offer.km is not None:
        return _("In another region, about %(km)s km between the middles of the regions") % {"km": offer.km}
    return str(Nearness(offer.nearness).label)


def service_rows(offers: Iterable[Offer]) -> list[tuple[ShownOffer, str]]:
    """Return entries of the directory with the name of the service, for lists in which several services stand."""
    names = codes.code_list("referral_service")
    return [(shown(offer), str(names.label(offer.service.service_type))) for offer in offers]
