from django.utils.translation import gettext as _

from safar.desk.board import BoardCard
from safar.kernel.actor import Actor
from safar.people.permissions import MERGE_PEOPLE
from safar.people.queries import duplicates


def cards(actor: Actor) -> list[BoardCard]:
    """Show how many pairs of files wait for somebody to say whether they are one person, to those who may say it."""
    if not actor.may(MERGE_PEOPLE):
        return []
    undecided, waiting = duplicates.count_undecided(), len(duplicates.waiting_merges(by=actor))
    if not undecided and not waiting:
        return []
    context = {"undecided": undecided, "waiting": waiting}
    return [BoardCard(_("Files that look alike"), 55, "desk/people/_board_duplicates.html", context)]
