from django.utils.translation import gettext as _

from safar.cases.permissions import MANAGE_CASE
from safar.cases.queries import reintegration
from safar.desk.board import BoardCard
from safar.kernel.actor import Actor
from safar.kernel.clock import today
from safar.people.queries import persons

_SHOWN = 5


def cards(actor: Actor) -> list[BoardCard]:
    """Show whose review after return is due today or overdue; without one there is no card."""
    if not actor.may(MANAGE_CASE):
        return []
    due = reintegration.due_reviews(by=actor, until=today())
    first = list(due[: _SHOWN + 1])
    if not first:
        return []
    more = due.count() - _SHOWN if len(first) > _SHOWN else 0
    people = persons.labels(
        {review.case_file.person_id for review in first[:_SHOWN] if review.case_file.person_id}, by=actor
    )
    lines = [
        (review, people.get(review.case_file.person_id or review.pk, ""), (today() - review.due_on).days)
        for review in first[:_SHOWN]
    ]
    return [
        BoardCard(_("Reviews after return"), 15, "desk/cases/reintegration/_board.html", {"lines": lines, "more": more})
    ]
