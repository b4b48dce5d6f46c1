from django.utils.translation import gettext as _

from safar.cases.permissions import MANAGE_REFERRAL, READ_CONTACT, RECORD_CONTACT
from safar.cases.queries import contacts, referrals
from safar.desk.board import BoardCard
from safar.desk.cases import facts
from safar.desk.cases.day import board as day
from safar.desk.cases.referrals import board as referral_board
from safar.desk.cases.reintegration import board as reintegration_board
from safar.desk.cases.supervision import board as supervision
from safar.kernel.actor import Actor
from safar.kernel.clock import today

_SHOWN = 8


def cards(actor: Actor) -> list[BoardCard]:
    """Show whom to get in touch with today, and what has been done; the names shown leave a row in the trail."""
    if not actor.may(READ_CONTACT):
        return []
    lines, more = facts.due_now(by=actor, most=_SHOWN)
    waiting = referrals.waiting(by=actor, until=today()).count() if actor.may(MANAGE_REFERRAL) else 0
    due = {"lines": lines, "more": more, "referrals": waiting}
    done = contacts.today(actor)
    of_today = {
        "contacts": len(done),
        "nameless": sum(not contact.is_named for contact in done),
        "may_record": actor.may(RECORD_CONTACT),
    }
    return [
        BoardCard(_("To get in touch with"), 10, "desk/cases/_board_due.html", due),
        BoardCard(_("Contacts today"), 20, "desk/cases/_board_today.html", of_today),
        *day.cards(actor),
        *supervision.cards(actor),
        *referral_board.cards(actor),
        *reintegration_board.cards(actor),
    ]
