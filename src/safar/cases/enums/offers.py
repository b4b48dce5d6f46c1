"""Closed sets of agencies and offers; the outcome of a check has three values, and none of them says safe."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OfferOutcome(TextChoices):
    NO_WARNING = "no_warning_found", _("No warning found")
    CHECK = "check_these", _("Check these")
    STOP = "stop_and_call", _("Stop and call")


class LicenceStanding(TextChoices):
    LICENSED = "licensed", _("Licensed")
    SUSPENDED = "suspended", _("Licence suspended")
    REVOKED = "revoked", _("Licence revoked")
    EXPIRED = "expired", _("Licence expired")
    NEVER = "never", _("No licence")
    UNKNOWN = "unknown", _("Not known")


class OfferedBy(TextChoices):
    AGENCY = "agency", _("A recruitment agency")
    EMPLOYER = "employer", _("The employer, directly")
    RELATIVE = "relative", _("A relative or friend who works there")
    BROKER = "broker", _("Somebody who arranges such things")
    OFFICIAL = "official", _("An official, or in the name of an institution")
    UNKNOWN = "unknown", _("Not known")


class OfferChannel(TextChoices):
    OFFICE = "office", _("In an office or on an official site")
    SOCIAL_MEDIA = "social_media", _("Telegram, Instagram or another network")
    ACQUAINTANCE = "acquaintance", _("Through an acquaintance")
    STRANGER = "stranger", _("A stranger called or wrote")
    UNKNOWN = "unknown", _("Not known")


class Purpose(TextChoices):
    WORK = "work", _("Work")
    STUDY = "study", _("Study")


class YesNo(TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Not known")


class Payee(TextChoices):
    NOBODY = "nobody", _("Nobody: the client pays nothing")
    FIRM = "firm", _("The account of a firm")
    PERSON = "person", _("A private person, in cash or to a card")
    OFFICIAL = "official", _("An official")
    ACQUAINTANCE = "acquaintance", _("“Somebody I know in the embassy”")


class Deposit(TextChoices):
    NONE = "none", _("None")
    MONEY = "money", _("Money")
    PROPERTY = "property", _("A house, a car or a guarantee of relatives")
    UNKNOWN = "unknown", _("Not known")


class Passport(TextChoices):
    CLIENT = "client", _("With the client")
    ASKED = "asked", _("They ask for it")
    KEPT = "kept", _("Handed over")
    UNKNOWN = "unknown", _("Not known")


class WageInContract(TextChoices):
    YES = "yes", _("As promised")
    LESS = "less", _("Less than promised")
    NO = "no", _("Not written there")
    UNKNOWN = "unknown", _("Not known")


class FeeKind(TextChoices):
    PLACEMENT = "placement", _("Finding the job")
    PERMIT = "permit", _("Work permit or invitation")
    VISA = "visa", _("Visa")
    TICKET = "ticket", _("Ticket")
    EXAM = "exam", _("Exam or course")
    MEDICAL = "medical", _("Medical check")
    OTHER = "other", _("Something else")


class FeePayer(TextChoices):
    CLIENT = "client", _("The client")
    EMPLOYER = "employer", _("The employer")
    AGENCY = "agency", _("The agency")


class TextKind(TextChoices):
    """What words were kept for because somebody was shown them."""

    PROTOCOL = "protocol", _("Protocol card")
    RULE = "offer_rule", _("Reason of an offer check")
