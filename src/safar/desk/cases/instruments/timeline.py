from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from safar.cases.permissions import FILL_ASSESSMENT
from safar.cases.queries import instruments
from safar.desk.cases import facts
from safar.desk.timeline import TimelineEntry
from safar.kernel.actor import Actor


def entries(person_id: UUID, by: Actor) -> list[TimelineEntry]:
    """Tell the assessments the reader may see, without their scores: a list of steps is no place for a figure about somebody."""
    if not by.may(FILL_ASSESSMENT):
        return []
    return [
        TimelineEntry(
            facts.when(each.completed_on),
            _("Assessment"),
            f"{each.version.instrument} · {each.get_state_display()}",
            "clipboard-check",
            reverse("desk:cases:assessment", args=[each.pk]),
        )
        for each in instruments.assessments_of(person_id=person_id, by=by)
    ]
