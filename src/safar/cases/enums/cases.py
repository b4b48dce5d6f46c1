"""Closed sets of case files; states carry their transitions as data."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CaseKind(TextChoices):
    PRE_DEPARTURE = "pre_departure", _("Before departure")
    REINTEGRATION = "reintegration", _("After return")


class CaseState(TextChoices):
    OPEN = "active", _("Open")
    FOLLOW_UP = "follow_up", _("In follow-up")
    CLOSED = "closed", _("Closed")
    CLOSED_REFERRED = "closed_referred", _("Closed with a referral")
    DROPOUT = "dropout", _("Dropped out")


CASE_MOVES: dict[CaseState, frozenset[CaseState]] = {
    CaseState.OPEN: frozenset({CaseState.FOLLOW_UP, CaseState.CLOSED, CaseState.CLOSED_REFERRED, CaseState.DROPOUT}),
    CaseState.FOLLOW_UP: frozenset({CaseState.OPEN, CaseState.CLOSED, CaseState.CLOSED_REFERRED, CaseState.DROPOUT}),
    # A person who comes back gets a new file: a reopened one would change figures already reported.
    CaseState.CLOSED: frozenset(),
    CaseState.CLOSED_REFERRED: frozenset(),
    CaseState.DROPOUT: frozenset(),
}


OPEN_CASES = frozenset({CaseState.OPEN, CaseState.FOLLOW_UP})


CLOSED_CASES = frozenset({CaseState.CLOSED, CaseState.CLOSED_REFERRED, CaseState.DROPOUT})


CASE_NEEDS_REASON = frozenset({CaseState.DROPOUT})


class CaseEventKind(TextChoices):
    OPENED = "opened", _("Opened")
    STATE = "state", _("State changed")
    NOTE = "note", _("Note")
    SERVICE = "service", _("Service given")
    PLAN = "plan", _("Plan agreed")


class Delivery(TextChoices):
    """Returnees served through others report worse outcomes than those served at the centre, so the two are told apart."""

    DIRECT = "direct", _("By the centre")
    BY_REFERRAL = "by_referral", _("Through a partner")
