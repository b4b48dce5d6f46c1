from collections.abc import Iterable
from uuid import UUID

from safar.kernel.actor import Actor
from safar.people.models import NotSamePair, Person


def store(*, person: Person, others: Iterable[UUID], by: Actor) -> None:
    """Remember that these files are not this person's, inside the caller's transaction; what was said before stays."""
    known = Person.objects.filter(pk__in=set(others) - {person.pk}).values_list("pk", flat=True)
    pairs = [sorted((person.pk, other)) for other in known]
    said_by = by.staff_id
    NotSamePair.objects.bulk_create(
        [NotSamePair(first_id=first, second_id=second, by_id=said_by) for first, second in pairs], ignore_conflicts=True
    )
