"""Closed sets of contacts; open lists such as topic or mode are codes of `reference`."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NamelessReason(TextChoices):
    """Why a service was given without a file; never asked for, noted when it is plain."""

    DECLINED = "declined", _("Did not want a file")
    QUICK_QUESTION = "quick_question", _("A quick question")
    BY_CHANNEL = "by_channel", _("The channel shows no name")
    THIRD_PARTY = "third_party", _("Asked for somebody else")
    OLD_REGISTER = "old_register", _("From a register without consent")


class FlagKind(TextChoices):
    """Which code list a red flag is taken from: what endangers the person, or what is wrong with an offer."""

    OFFER = "red_flag", _("About the offer")
    PERSON = "vulnerability_flag", _("About the person")


class RevisionKind(TextChoices):
    CORRECTED = "corrected", _("Corrected")
    VOIDED = "voided", _("Voided")
