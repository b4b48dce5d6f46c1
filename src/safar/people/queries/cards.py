from hashlib import blake2b
from uuid import UUID

from django.db.models import QuerySet

from safar.people.models import ClientCard, Person
from safar.people.queries import clusters
from safar.people.rules import read_card_code


def hash_of(code: str) -> str:
    """Return what is stored of a code. Unsalted: the code is 80 random bits, which no table of hashes holds."""
    return blake2b(code.encode(), digest_size=32).hexdigest()


def holder_of(typed: str) -> Person | None:
    """Return who bears the card with this code, typed or scanned; None for a code that was replaced or never given out."""
    code = read_card_code(typed)
    if code is None:
        return None
    card = ClientCard.objects.filter(code_hash=hash_of(code), revoked_at=None).select_related("person").first()
    if card is None:
        return None
    # The card of a file that went into another finds the one that answers now.
    return Person.objects.get(pk=clusters.head_of(card.person_id)) if card.person.merged_into_id else card.person


def card_of(person_id: UUID) -> ClientCard | None:
    """Return the latest card that works, of whichever of a person's merged files."""
    return working(person_id).select_related("issued_by").first()


def working(person_id: UUID) -> QuerySet[ClientCard]:
    return ClientCard.objects.filter(person_id__in=clusters.members_of(person_id), revoked_at=None)
