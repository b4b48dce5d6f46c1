from django.urls import reverse
from django.utils.translation import gettext as _

from safar.cases.enums.day import VisitState
from safar.cases.permissions import RUN_DAY
from safar.cases.queries import day as reads
from safar.desk.board import BoardCard
from safar.kernel.actor import Actor
from safar.kernel.clock import now, today
from safar.trust.models import Centre


def cards(actor: Actor) -> list[BoardCard]:
    """Show in three figures how the day stands at the own place: who waits, who comes, whom to call; no names."""
    place = Centre.objects.filter(pk=actor.centre_id).first() if actor.centre_id else None
    if place is None or not actor.may(RUN_DAY):
        return []
    visits = reads.visits(today(), today(), place=place, by=actor)
    waiting = [one for one in reads.tickets(today(), place=place, by=actor) if one.is_waiting]
    coming = [visit for visit in visits if visit.state == VisitState.BOOKED]
    shown = {
        "url": reverse("desk:cases:day"),
        "waiting": len(waiting) + sum(visit.state == VisitState.ARRIVED for visit in visits),
        "longest": max((one.minutes for one in waiting), default=0),
        "coming": len(coming),
        "next": next((visit.starts_at for visit in coming if visit.starts_at >= now()), None),
    }
    return [BoardCard(_("The day"), 5, "desk/cases/day/_board.html", shown)]
