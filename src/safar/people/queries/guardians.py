from uuid import UUID

from safar.kernel.clock import today
from safar.people.models import Guardianship, Person
from safar.people.queries import clusters


def standing(person_id: UUID) -> Guardianship | None:
    """Return why the file of a child may be kept: always the latest word, on whichever of a person's merged files."""
    said = Guardianship.objects.filter(person_id__in=clusters.members_of(person_id))
    return said.select_related("guardian", "entered_by").first()


def is_missing(person: Person) -> bool:
    """Return whether this is the file of a child for whom nobody has answered, as old registers bring them."""
    return person.birth.is_minor_on(today()) and standing(person.pk) is None
