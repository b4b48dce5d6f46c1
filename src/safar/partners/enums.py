"""Closed sets of the partners domain; how a partnership may move is data here, not code elsewhere."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PartnerKind(TextChoices):
    INSTITUTION = "institution", _("Institution")
    PERSON = "person", _("Person")


class PartnerState(TextChoices):
    IDENTIFIED = "identified", _("Identified")
    CONTACTED = "contacted", _("Contacted")
    AGREED = "agreed", _("Agreed")
    ACTIVE = "active", _("Active")
    DORMANT = "dormant", _("Dormant")


TRANSITIONS: dict[PartnerState, tuple[PartnerState, ...]] = {
    PartnerState.IDENTIFIED: (PartnerState.CONTACTED, PartnerState.AGREED, PartnerState.DORMANT),
    PartnerState.CONTACTED: (PartnerState.AGREED, PartnerState.ACTIVE, PartnerState.DORMANT),
    PartnerState.AGREED: (PartnerState.ACTIVE, PartnerState.DORMANT),
    PartnerState.ACTIVE: (PartnerState.DORMANT,),
    PartnerState.DORMANT: (PartnerState.CONTACTED, PartnerState.AGREED, PartnerState.ACTIVE),
}


class AgreementKind(TextChoices):
    MOU = "mou", _("Memorandum of understanding")
    LETTER = "loi", _("Letter of intent")
    OTHER = "other", _("Other written agreement")


class Cost(TextChoices):
    FREE = "free", _("Free of charge")
    PARTLY = "partly", _("Partly paid by the person")
    PAID = "paid", _("Paid by the person")
    UNKNOWN = "unknown", _("Cost not known")


class Capacity(TextChoices):
    """Whether the service takes people now, as it was told on the day the entry was checked."""

    OPEN = "open", _("Takes people now")
    WAITING = "waiting", _("Waiting list")
    FULL = "full", _("Full")
    UNKNOWN = "unknown", _("Capacity not known")


class ServiceStatus(TextChoices):
    """HSDS `status`: what is inactive stays in the directory and is not offered for referrals."""

    ACTIVE = "active", _("Offered")
    CLOSED = "temporarily closed", _("Closed for now")
    DEFUNCT = "defunct", _("No longer offered")


class Freshness(TextChoices):
    """How old the last check of a directory entry is."""

    FRESH = "fresh", _("Checked lately")
    DUE = "due", _("To be checked again")
    STALE = "stale", _("Out of date")


class Nearness(TextChoices):
    """Where a service is, seen from the person."""

    DISTRICT = "district", _("In the same district")
    REGION = "region", _("In the same region")
    EVERYWHERE = "everywhere", _("Serves the whole country")
    FARTHER = "farther", _("In another region")
    UNKNOWN = "unknown", _("How far it is, is not known")
