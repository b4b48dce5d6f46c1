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
