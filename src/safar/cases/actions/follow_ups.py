from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.cases.models import Contact
from safar.cases.permissions import RECORD_CONTACT
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import now
from safar.people.actions.gate import gated, passing
from safar.people.enums import ConsentPurpose
from safar.people.rules import Use
from safar.reference.queries import codes
from safar.trust.actions import audit


@gated(ConsentPurpose.BE_CONTACTED)
@transaction.atomic
def done(*, contact_id: UUID, outcome: str, by: Actor) -> Contact:
    """Close the follow-up of a contact with what it found; the first answer stands when two people answer.

    Of somebody who no longer agrees to be contacted there is nothing to find out: their follow-ups are called off by that.
    """
    check_may(by, RECORD_CONTACT)
    if not codes.is_known("contact_outcome", outcome):
        raise ValidationError({"outcome": _("Choose one of the values offered.")})
    contact = Contact.objects.select_for_update(of=("self",)).get(pk=contact_id)
    if contact.follow_up_on is None:
        raise ValidationError({"outcome": _("No follow-up was agreed in this contact.")})
    if contact.person_id:
        passing(contact.person_id, Use(ConsentPurpose.BE_CONTACTED), field="outcome")
    if contact.follow_up_done_at is None:
        contact.follow_up_done_at = now()
        contact.follow_up_outcome = outcome
        contact.save(update_fields=["follow_up_done_at", "follow_up_outcome"])
        audit.record(
            by=by,
            action="cases.follow_up.done",
            person_key=contact.person_id,
            subject_key=contact.pk,
            fields=["follow_up_outcome"],
        )
    return contact
