import datetime as dt

from django.utils.translation import gettext as _

from safar.desk.board import BoardCard
from safar.kernel.actor import Actor
from safar.kernel.clock import today
from safar.trust.permissions import ANSWER_SUBJECT_REQUESTS
from safar.trust.queries import sealed, subject_requests

SOON_DAYS = 3


def cards(actor: Actor) -> list[BoardCard]:
    """Show that colleagues wait for a second person, and which requests run out of time; the board does not say about whom."""
    return [*_sealed(actor), *_requests(actor)]


def _sealed(actor: Actor) -> list[BoardCard]:
    waiting = len(sealed.to_decide(by=actor))
    if not waiting:
        return []
    return [BoardCard(_("A second person is needed"), 5, "desk/trust/_board_sealed.html", {"waiting": waiting})]


def _requests(actor: Actor) -> list[BoardCard]:
    """Show the officer how many requests about personal data have to be answered within days, or are late."""
    if not actor.may(ANSWER_SUBJECT_REQUESTS):
        return []
    due = subject_requests.late_or_due(until=today() + dt.timedelta(days=SOON_DAYS))
    return [BoardCard(_("Requests about data"), 8, "desk/trust/_board_requests.html", {"due": due})] if due else []
