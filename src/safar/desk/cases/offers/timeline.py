from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from safar.cases.permissions import CHECK_OFFER, FOLLOW_COMPLAINT
from safar.cases.queries import complaints, offer_checks
from safar.desk.cases import facts
from safar.desk.timeline import TimelineEntry
from safar.kernel.actor import Actor


def entries(person_id: UUID, by: Actor) -> list[TimelineEntry]:
    """Tell a person's offer checks, and those of their complaints the reader may open; which cards were shown stands nowhere."""
    return [*_checks(person_id, by), *_complaints(person_id, by)]


def _checks(person_id: UUID, by: Actor) -> list[TimelineEntry]:
    if not by.may(CHECK_OFFER):
        return []
    return [
        TimelineEntry(
            facts.when(check.checked_on),
            _("Offer checked"),
            " · ".join(part for part in (str(check.get_outcome_display()), str(check.agency or "")) if part),
            "scale",
            reverse("desk:cases:offer_check", args=[check.pk]),
        )
        for check in offer_checks.of_person(person_id, by=by)
    ]


def _complaints(person_id: UUID, by: Actor) -> list[TimelineEntry]:
    if not by.may(FOLLOW_COMPLAINT):
        return []
    return [
        TimelineEntry(
            facts.when(each.received_on),
            _("Complaint"),
            f"{facts.label(complaints.KINDS, each.kind)} · {each.get_state_display()}",
            "flag",
            reverse("desk:cases:complaint", args=[each.pk]),
        )
        for each in complaints.of_person(person_id, by=by)
    ]
