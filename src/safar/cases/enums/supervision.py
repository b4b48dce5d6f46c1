"""Closed sets of supervision: second opinions, what would help a colleague, and what weighs in a case."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OpinionState(TextChoices):
    ASKED = "asked", _("Waiting for an answer")
    ANSWERED = "answered", _("Answered")
    WITHDRAWN = "withdrawn", _("Taken back")


OPINION_MOVES: dict[OpinionState, frozenset[OpinionState]] = {
    OpinionState.ASKED: frozenset({OpinionState.ANSWERED, OpinionState.WITHDRAWN}),
    OpinionState.ANSWERED: frozenset(),
    OpinionState.WITHDRAWN: frozenset(),
}


class Wish(TextChoices):
    """What would help in a heavy week; a choice and no text, because nothing about a colleague's health belongs here."""

    NOTHING = "nothing", _("Nothing, only to have said it")
    TALK = "talk", _("A talk with the coordinator")
    LIGHTER = "lighter", _("Fewer new cases for a while")
    SWAP = "swap", _("To hand one case over")


class Weight(TextChoices):
    """What may weigh in a case."""

    FLAG = "flag", _("Warning sign")
    TIME_OPEN = "time_open", _("Time open")
    CONTACTS = "contacts", _("Number of contacts")
    ASSESSMENT = "assessment", _("Assessment")
