"""Closed sets of the messaging domain."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safar.people.enums import ContactRefusal


class EnquiryKind(TextChoices):
    QUESTION = "question", _("Question")
    VISIT = "visit", _("Visit")


class EnquiryState(TextChoices):
    NEW = "new", _("New")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")


ENQUIRY_TRANSITIONS: dict[EnquiryState, tuple[EnquiryState, ...]] = {
    EnquiryState.NEW: (EnquiryState.ANSWERED, EnquiryState.CLOSED),
    EnquiryState.ANSWERED: (EnquiryState.ANSWERED, EnquiryState.CLOSED),
    EnquiryState.CLOSED: (EnquiryState.ANSWERED,),
}


class ReplyBy(TextChoices):
    """How somebody wishes to be answered; with the code alone they leave nothing that leads to them."""

    CODE = "code", _("I look here with my code")
    PHONE = "phone", _("By phone")
    TELEGRAM = "telegram", _("By Telegram")
    EMAIL = "email", _("By e-mail")


class DayPart(TextChoices):
    MORNING = "morning", _("In the morning")
    AFTERNOON = "afternoon", _("After noon")
    EVENING = "evening", _("After work")


class MessageKind(TextChoices):
    APPOINTMENT = "appointment", _("Reminder of an appointment")
    SESSION = "session", _("Reminder of a session")
    SHEET = "sheet", _("What was talked about, to take home")


class MessageState(TextChoices):
    """A refused message was stopped by the consent gate before it left; a failed one was not taken by the channel."""

    QUEUED = "queued", _("Waiting")
    SENT = "sent", _("Sent")
    REFUSED = "refused", _("Not sent")
    FAILED = "failed", _("Failed")


# A message in one of these states has left or is about to, so it names the consent it does so under.
LEAVING = frozenset({MessageState.QUEUED, MessageState.SENT, MessageState.FAILED})


class OwnRefusal(TextChoices):
    """What keeps a message back besides the consent gate."""

    NO_CHANNEL = "no_channel", _("This installation has no such channel.")


# Why a message was kept back, in words for the colleague who wanted to send it.
REFUSALS: dict[str, str | Promise] = dict([*ContactRefusal.choices, *OwnRefusal.choices])
