import secrets
from uuid import UUID

from django.db import transaction

from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import now
from safar.people.models import ClientCard, Person
from safar.people.permissions import CHANGE_PERSON
from safar.people.queries.cards import hash_of, working
from safar.people.rules import CARD_LENGTH, card_code, is_card_code
from safar.trust.actions import audit

_BITS = 5 * CARD_LENGTH


@transaction.atomic
def issue(*, person_id: UUID, by: Actor) -> str:
    """Give the person a card and return its code, which nobody can read again; an earlier card stops working."""
    check_may(by, CHANGE_PERSON)
    # Locked, so that of two presses at once the second replaces the card of the first.
    person = Person.objects.select_for_update(of=("self",)).get(pk=person_id)
    revoked = _revoke(person)
    code = _fresh_code()
    card = ClientCard.objects.create(person=person, code_hash=hash_of(code), issued_by_id=by.staff_id)
    audit.record(
        by=by,
        action="people.card.issue",
        person_key=person.pk,
        subject_key=card.pk,
        fields=["earlier card revoked"] if revoked else [],
    )
    return code


@transaction.atomic
def revoke(*, person_id: UUID, by: Actor) -> None:
    """Make the person's card useless, for example because it was lost; without a card nothing happens."""
    check_may(by, CHANGE_PERSON)
    person = Person.objects.select_for_update(of=("self",)).get(pk=person_id)
    if _revoke(person):
        audit.record(by=by, action="people.card.revoke", person_key=person.pk)


def _revoke(person: Person) -> bool:
    return bool(working(person.pk).update(revoked_at=now()))


def _fresh_code() -> str:
    """Return a random code; the one in four hundred that would look like a name is drawn again."""
    while not is_card_code(code := card_code(secrets.randbits(_BITS))):
        continue
    return code
