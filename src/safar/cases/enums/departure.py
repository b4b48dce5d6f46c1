"""Closed sets of preparing a departure; what became of one carries its order as data."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PaperKind(TextChoices):
    """What is filled in together before somebody leaves."""

    COSTS = "costs", _("Costs and debts")
    CHECKLIST = "checklist", _("Documents")
    EMERGENCY = "emergency", _("Emergency plan")
    FAMILY = "family", _("Family agreement")


# These name other people or a word of safety, so they are kept only in a file and only when the person wants it.
NAMING_OTHERS = frozenset({PaperKind.EMERGENCY, PaperKind.FAMILY})


class ItemState(TextChoices):
    """How far the client is with one paper of the checklist."""

    HAS = "has", _("Has it")
    MISSING = "missing", _("Missing")
    NOT_NEEDED = "not_needed", _("Not needed")


class Outcome(TextChoices):
    """What was found to have become of a planned departure on the day somebody asked."""

    PREPARING = "still_preparing", _("Still preparing")
    POSTPONED = "postponed", _("Postponed")
    DECLINED = "declined_offer", _("Declined the offer")
    REGULAR = "regular", _("Left in a regular way")
    IRREGULAR = "irregular", _("Left in an irregular way")
    UNREACHABLE = "unreachable", _("Could not be reached")


_ABROAD = frozenset({Outcome.REGULAR, Outcome.IRREGULAR, Outcome.UNREACHABLE})
# What may be found after what. Whoever has left is no longer preparing: a new plan begins with a new case file or contact.
OUTCOME_MOVES: dict[Outcome, frozenset[Outcome]] = {
    Outcome.PREPARING: frozenset(Outcome),
    Outcome.POSTPONED: frozenset(Outcome),
    Outcome.DECLINED: frozenset(Outcome),
    Outcome.REGULAR: _ABROAD,
    Outcome.IRREGULAR: _ABROAD,
    Outcome.UNREACHABLE: frozenset(Outcome),
}
LEFT = frozenset({Outcome.REGULAR, Outcome.IRREGULAR})
# These say how it ended for now; with one of them a case file can be closed without asking again.
ANSWERS = frozenset(Outcome) - {Outcome.PREPARING}


class OutcomeStage(TextChoices):
    """When it was asked; the two are counted apart."""

    BEFORE = "before", _("Before the planned departure")
    AFTER = "after", _("1–3 months after")
    CLOSING = "closing", _("When the case was closed")
