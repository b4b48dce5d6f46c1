from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from safar.awareness.permissions import READ_SESSION
from safar.awareness.queries import sessions
from safar.desk.awareness.facts import place_of
from safar.desk.timeline import TimelineEntry
from safar.kernel.actor import Actor


def entries(person_id: UUID, by: Actor) -> list[TimelineEntry]:
    """Tell which sessions the person was at, to those who may see sessions."""
    if not by.may(READ_SESSION):
        return []
    return [
        TimelineEntry(
            session.starts_at,
            _("Came to a session: %(title)s") % {"title": session.title},
            place_of(session),
            "graduation-cap",
            reverse("desk:awareness:show", args=[session.pk]),
        )
        for session in sessions.attended_by(person_id, by)
    ]
