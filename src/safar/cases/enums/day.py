"""Closed sets of the desk's day; states carry their transitions as data."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class VisitState(TextChoices):
    BOOKED = "booked", _("Booked")
    ARRIVED = "arrived", _("Is here")
    SERVING = "serving", _("Being served")
    DONE = "done", _("Served")
    NO_SHOW = "no_show", _("Did not come")
    CANCELLED = "cancelled", _("Called off")


VISIT_MOVES: dict[VisitState, frozenset[VisitState]] = {
    # Straight to the end is for the morning after, when nobody had pressed a button during a full day.
    VisitState.BOOKED: frozenset(
        {VisitState.ARRIVED, VisitState.SERVING, VisitState.DONE, VisitState.NO_SHOW, VisitState.CANCELLED}
    ),
    # Back to booked undoes a press on the wrong line.
    VisitState.ARRIVED: frozenset({VisitState.SERVING, VisitState.DONE, VisitState.BOOKED, VisitState.CANCELLED}),
    VisitState.SERVING: frozenset({VisitState.DONE, VisitState.ARRIVED}),
    VisitState.NO_SHOW: frozenset({VisitState.BOOKED}),
    VisitState.DONE: frozenset(),
    VisitState.CANCELLED: frozenset(),
}
OPEN_VISITS = frozenset({VisitState.BOOKED, VisitState.ARRIVED, VisitState.SERVING})
# A seat held by one of these is nobody else's; whoever did not come gives it back.
SEATED_VISITS = OPEN_VISITS | {VisitState.DONE}
VISIT_NEEDS_REASON = frozenset({VisitState.CANCELLED})


class VisitOrigin(TextChoices):
    DESK = "desk", _("By the centre")
    PORTAL = "portal", _("By the client, on the public pages")
    WALK_IN = "walk_in", _("Came without one and was given a time")


class CalledOffBy(TextChoices):
    CLIENT = "client", _("The client")
    CENTRE = "centre", _("The centre")


class CallOffReason(TextChoices):
    """Why a visit was called off; never why somebody is ill or afraid."""

    OTHER_TIME = "other_time", _("Another time was agreed")
    CANNOT_COME = "cannot_come", _("The client cannot come")
    NOT_NEEDED = "not_needed", _("It is no longer needed")
    WORKER_AWAY = "worker_away", _("The counsellor is away")
    CLOSED = "closed", _("The centre is closed")
    BY_CODE = "by_code", _("With the code, on the public pages")


class TicketState(TextChoices):
    WAITING = "waiting", _("Waiting")
    SERVING = "serving", _("Being served")
    DONE = "done", _("Served")
    LEFT = "left", _("Left without being served")
    GIVEN_TIME = "given_time", _("Was given a time instead")


TICKET_MOVES: dict[TicketState, frozenset[TicketState]] = {
    TicketState.WAITING: frozenset({TicketState.SERVING, TicketState.DONE, TicketState.LEFT, TicketState.GIVEN_TIME}),
    TicketState.SERVING: frozenset({TicketState.DONE, TicketState.WAITING}),
    TicketState.DONE: frozenset(),
    TicketState.LEFT: frozenset(),
    TicketState.GIVEN_TIME: frozenset(),
}
OPEN_TICKETS = frozenset({TicketState.WAITING, TicketState.SERVING})


class CallState(TextChoices):
    OPEN = "open", _("To be called")
    REACHED = "reached", _("Reached")
    GIVEN_UP = "given_up", _("Given up")
    NOT_NEEDED = "not_needed", _("No longer needed")


CALL_MOVES: dict[CallState, frozenset[CallState]] = {
    CallState.OPEN: frozenset({CallState.REACHED, CallState.GIVEN_UP, CallState.NOT_NEEDED}),
    CallState.REACHED: frozenset(),
    CallState.GIVEN_UP: frozenset(),
    CallState.NOT_NEEDED: frozenset(),
}


class CallReason(TextChoices):
    MISSED_CALL = "missed_call", _("A missed call")
    MESSAGE = "message", _("A message")
    PROMISED = "promised", _("Promised to call")


class AttemptResult(TextChoices):
    """What one try to reach somebody came to; `reached` and `given_up` end the call-back."""

    REACHED = "reached", _("Reached")
    NO_ANSWER = "no_answer", _("No answer")
    BUSY = "busy", _("Busy")
    LATER = "later", _("Asked to be called later")
    WRONG_NUMBER = "wrong_number", _("Wrong number")
    GIVEN_UP = "given_up", _("Given up")
    NOT_NEEDED = "not_needed", _("No longer needed")


ENDS_CALL: dict[AttemptResult, CallState] = {
    AttemptResult.REACHED: CallState.REACHED,
    AttemptResult.GIVEN_UP: CallState.GIVEN_UP,
    AttemptResult.NOT_NEEDED: CallState.NOT_NEEDED,
}


class RotaKind(TextChoices):
    OFF = "off", _("Nobody is there")
    EXTRA = "extra", _("Open besides the weekly hours")


class RotaReason(TextChoices):
    """Why a day differs from the week; of a colleague it says no more than that they are away."""

    HOLIDAY = "holiday", _("Public holiday")
    AWAY = "away", _("Away")
    TRAINING = "training", _("Training")
    MISSION = "mission", _("Working elsewhere")
    CLOSED = "closed", _("Closed")
    EXTRA = "extra", _("Extra hours")
    MOBILE = "mobile", _("Mobile team")
