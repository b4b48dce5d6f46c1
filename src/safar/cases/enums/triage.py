"""The three short questions before any other, and the card each yes opens."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TriageCard(TextChoices):
    EMERGENCY = "emergency", _("Emergency")
    MINOR = "minor", _("A child alone or at risk")
    TRAFFICKING = "trafficking", _("Signs of trafficking or forced labour")
