"""The immutable source records behind the files, and the ledger that says which file each belongs to."""

from collections.abc import Collection, Sequence
from uuid import UUID

from safar.kernel.actor import Actor
from safar.kernel.clock import now
from safar.kernel.database import removal
from safar.methods.names import keys
from safar.people.enums import LinkVerb
from safar.people.models import IdentityLink, Merge, Person, Registration


def open_with(*, person: Person, source: str, phone_tails: Sequence[str], by: Actor) -> Registration:
    """Store what a new file was opened with, and its first line in the ledger; inside the caller's transaction."""
    registration = Registration.objects.create(
        person_key=person.pk,
        source=source,
        centre_id=person.centre_id,
        registered_on=person.registered_on,
        phone_tails=list(phone_tails),
        **{name: getattr(person, name) for name in GIVEN},
    )
    IdentityLink.objects.create(
        registration=registration,
        person_key=person.pk,
        verb=LinkVerb.LINK,
        by_id=by.staff_id,
        keys_version=keys.VERSION,
        reason="registered",
    )
    return registration


GIVEN = (
    "family_name",
    "given_name",
    "patronymic",
    "sex",
    "birth_year",
    "birth_month",
    "birth_day",
    "region",
    "district",
)


def move(*, registrations: Collection[UUID], origin: UUID, target: UUID, merge: Merge, reason: str, by: Actor) -> None:
    """Write that the registrations belong to another file from now on: a line that unlinks and one that links, each."""
    moment = now()
    lines = [
        IdentityLink(
            recorded_at=moment,
            registration_id=registration,
            person_key=person_key,
            verb=verb,
            merge_key=merge.pk,
            by_id=by.staff_id,
            bits=merge.bits,
            probability=merge.probability,
            model_version=keys.VERSION,
            keys_version=keys.VERSION,
            reason=reason,
        )
        for registration in sorted(registrations)
        for verb, person_key in ((LinkVerb.UNLINK, origin), (LinkVerb.LINK, target))
    ]
    IdentityLink.objects.bulk_create(lines)


def erase(person_keys: Collection[UUID]) -> None:
    """Let the source records of erased files go, with every line of the ledger about them; only erasure calls this."""
    registrations = list(Registration.objects.filter(person_key__in=person_keys).values_list("pk", flat=True))
    if not registrations:
        return
    with removal("people_identitylink"):
        IdentityLink.objects.filter(registration__in=registrations).delete()
    with removal("people_registration"):
        Registration.objects.filter(pk__in=registrations).delete()
