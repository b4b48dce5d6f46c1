from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from safar.desk.timeline import TimelineEntry
from safar.kernel.actor import Actor
from safar.trust.queries import sealed


def entries(person_id: UUID, by: Actor) -> list[TimelineEntry]:
    """Tell named readers that there is a sealed part, and nobody else anything."""
    part = sealed.part_for(person_id, by=by)
    if part is None:
        return []
    return [
        TimelineEntry(
            part.last_at,
            _("There is a sealed part"),
            _("It opens with the agreement of a second person."),
            "lock",
            reverse("desk:people:sealed", args=[person_id]),
        )
    ]
