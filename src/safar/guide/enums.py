"""Closed sets of the guide domain."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FactKind(TextChoices):
    """A fact says how something is; advice says what to do and holds for any destination unless it names one."""

    FACT = "fact", _("Fact")
    ADVICE = "advice", _("Advice")


class Section(TextChoices):
    """The parts of a destination guide, in the order a reader needs them."""

    LEGAL_CHANNELS = "legal_channels", _("Legal ways to go")
    VISA = "visa", _("Visa and permit")
    ENTRY = "entry", _("Entry and registration")
    JOBS = "jobs", _("Jobs and wages")
    COSTS = "costs", _("What it costs and what is paid back")
    CONTRACT = "contract", _("The contract")
    WAGES = "wages", _("If wages are not paid")
    HEALTH = "health", _("Health and insurance")
    FAMILY = "family", _("Women, family, children")
    BANS = "bans", _("Bans and penalties")
    EMERGENCY = "emergency", _("Who to call")
    SCAMS = "scams", _("Frauds seen")
    RETURN = "return", _("Coming home")


class Freshness(TextChoices):
    FRESH = "fresh", _("In date")
    DUE = "due", _("To be checked soon")
    EXPIRED = "expired", _("Past its date")


class Origin(TextChoices):
    """Who wrote a version: shipped text may be replaced by newer shipped text, a centre's own text never."""

    SHIPPED = "shipped", _("Shipped with Safar")
    CENTRE = "centre", _("Written at the centre")
