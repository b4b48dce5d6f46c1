"""Closed sets of the registry; open lists such as citizenship or education are codes of `reference`."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NameScript(TextChoices):
    """The script a name was written in, so that it is shown back as the person writes it."""

    LATIN = "Latn", _("Latin")
    CYRILLIC = "Cyrl", _("Cyrillic")
    ARABIC = "Arab", _("Arabic")
    MIXED = "mixed", _("Mixed")


class ConsentPurpose(TextChoices):
    """What a person may say yes or no to, each apart; only the first is needed to keep a file."""

    KEEP_FILE = "keep_file", _("Keep a file")
    BE_CONTACTED = "be_contacted", _("Be contacted")
    SHARE = "share", _("Share with a named recipient")
    FOLLOW_UP = "follow_up", _("Follow-up research")


class ConsentMethod(TextChoices):
    """How consent was given; spoken consent is certified by the worker who heard it."""

    WRITTEN = "written", _("In writing")
    VOICE = "voice", _("Recorded voice")
    VERBAL = "verbal_certified", _("Spoken, certified by the worker")


class ContactKind(TextChoices):
    PHONE = "phone", _("Phone")
    EMAIL = "email", _("E-mail")
    TELEGRAM = "telegram", _("Telegram")


class Safety(TextChoices):
    """Whether using a contact point can put the person in danger, for example when a relative answers."""

    SAFE = "safe", _("Safe to use")
    ASK_FIRST = "ask_first", _("Only at the times agreed")
    UNSAFE = "unsafe", _("Do not use")
