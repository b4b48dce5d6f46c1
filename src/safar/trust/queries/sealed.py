from uuid import UUID

from safar.trust.models import SealedNote


def has_notes(person_key: UUID) -> bool:
    """Return whether anything is sealed about a person: a merge then takes a second person. Not to be shown to anybody."""
    return SealedNote.objects.filter(person_key=person_key).exists()
