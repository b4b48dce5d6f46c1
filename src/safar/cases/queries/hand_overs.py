from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery, UUIDField
from django.db.models.functions import Coalesce

from safar.cases.models import Contact, HandOver
from safar.kernel.actor import Actor

MOST_TOLD = 20


def owner() -> Coalesce:
    """Return the expression for whoever follows a contact up: the one it was handed to last, else its counsellor."""
    latest = HandOver.objects.filter(contact=OuterRef("pk")).order_by("-recorded_at", "-id")
    return Coalesce(Subquery(latest.values("to_staff")[:1]), F("counsellor_id"), output_field=UUIDField())


def with_owner(contacts: QuerySet[Contact]) -> QuerySet[Contact]:
    """Add `owner`, the key of whoever follows up."""
    return contacts.annotate(owner=owner())


def owner_in(contact: Contact) -> UUID | None:
    """Return what `with_owner` found."""
    return getattr(contact, "owner", None)


def told_to(by: Actor) -> list[HandOver]:
    """Return what was handed to the actor and not noted yet, the oldest first."""
    found = HandOver.objects.filter(to_staff_id=by.id, seen_at=None).order_by("recorded_at", "id")
    return list(found.select_related("from_staff", "handed_by")[:MOST_TOLD])
