"""States of a complaint and how they follow each other, as data."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ComplaintState(TextChoices):
    RECEIVED = "received", _("Received")
    PASSED_ON = "passed_on", _("Passed on")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")


COMPLAINT_MOVES: dict[ComplaintState, frozenset[ComplaintState]] = {
    ComplaintState.RECEIVED: frozenset({ComplaintState.PASSED_ON, ComplaintState.CLOSED}),
    # To the next recipient when one stays silent, without the silence being lost.
    ComplaintState.PASSED_ON: frozenset({ComplaintState.PASSED_ON, ComplaintState.ANSWERED, ComplaintState.CLOSED}),
    ComplaintState.ANSWERED: frozenset({ComplaintState.PASSED_ON, ComplaintState.CLOSED}),
    ComplaintState.CLOSED: frozenset(),
}


OPEN_COMPLAINTS = frozenset({ComplaintState.RECEIVED, ComplaintState.PASSED_ON, ComplaintState.ANSWERED})


class ComplaintOutcome(TextChoices):
    MONEY_BACK = "money_back", _("Money came back")
    DOCUMENTS_BACK = "documents_back", _("Documents came back")
    JOB_GIVEN = "job_given", _("The job promised was given")
    MEASURE = "measure", _("A measure against the one complained about")
    REFUSED = "refused", _("The complaint was refused")
    NO_ANSWER = "no_answer", _("No answer came")
    WITHDRAWN = "withdrawn", _("The client took it back")


class Evidence(TextChoices):
    """What the client holds; the centre takes no files."""

    CONTRACT = "contract", _("Contract")
    RECEIPT = "receipt", _("Receipt or transfer")
    MESSAGES = "messages", _("Messages")
    RECORDING = "recording", _("Recording or photo")
    WITNESS = "witness", _("Witnesses")
    NONE = "none", _("Nothing in writing")
