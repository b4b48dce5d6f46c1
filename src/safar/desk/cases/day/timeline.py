from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from safar.cases.permissions import RUN_DAY
from safar.cases.queries import day as reads
from safar.desk.timeline import TimelineEntry
from safar.kernel.actor import Actor


def entries(person_id: UUID, by: Actor) -> list[TimelineEntry]:
    """Tell a person's booked visits, to those who run the day."""
    if not by.may(RUN_DAY):
        return []
    return [
        TimelineEntry(
            visit.starts_at,
            _("Booked visit"),
            f"{visit.get_state_display()} · {visit.centre}",
            "calendar",
            reverse("desk:cases:visit", args=[visit.pk]),
        )
        for visit in reads.visits_of(person_id, by=by)
    ]
