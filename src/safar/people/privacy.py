"""How private the registry's fields are, a person's own copy, and their erasure."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _

from safar.kernel.privacy import Effect, Part, Privacy, register_part, register_same_person
from safar.people.actions import registrations
from safar.people.models import (
    ClientCard,
    ConsentGrant,
    ContactPoint,
    Household,
    HouseholdMember,
    Merge,
    Person,
    Registration,
)
from safar.people.queries.clusters import members_of

FIELDS: dict[str, Privacy] = {
    "Person.id": Privacy.PERSONAL,
    "Person.recorded_at": Privacy.INTERNAL,
    "Person.client_number": Privacy.PERSONAL,
    "Person.family_name": Privacy.PERSONAL,
    "Person.given_name": Privacy.PERSONAL,
    "Person.patronymic": Privacy.PERSONAL,
    "Person.preferred_name": Privacy.PERSONAL,
    "Person.name_script": Privacy.PERSONAL,
    "Person.sex": Privacy.PERSONAL,
    "Person.birth_year": Privacy.PERSONAL,
    "Person.birth_month": Privacy.PERSONAL,
    "Person.birth_day": Privacy.PERSONAL,
    "Person.age_band": Privacy.PERSONAL,
    "Person.citizenship": Privacy.PERSONAL,
    "Person.region": Privacy.PERSONAL,
    "Person.district": Privacy.PERSONAL,
    "Person.language": Privacy.PERSONAL,
    "Person.category": Privacy.SENSITIVE,
    "Person.education": Privacy.PERSONAL,
    "Person.employment": Privacy.PERSONAL,
    "Person.heard_via": Privacy.INTERNAL,
    "Person.centre": Privacy.INTERNAL,
    "Person.registered_on": Privacy.INTERNAL,
    "Person.former_names": Privacy.PERSONAL,
    "Person.merged_into": Privacy.PERSONAL,
    "Person.keyed_at": Privacy.INTERNAL,
    "Person.keys_version": Privacy.INTERNAL,
    "IndexKey.id": Privacy.INTERNAL,
    "IndexKey.person": Privacy.PERSONAL,
    # A key gives the name away to whoever knows the rules, so it is as private as the name.
    "IndexKey.key": Privacy.PERSONAL,
    "IndexKey.year": Privacy.PERSONAL,
    "NearName.id": Privacy.INTERNAL,
    "NearName.variant": Privacy.PERSONAL,
    "NearName.bones": Privacy.PERSONAL,
    "Registration.id": Privacy.INTERNAL,
    "Registration.recorded_at": Privacy.INTERNAL,
    "Registration.person_key": Privacy.PERSONAL,
    "Registration.source": Privacy.INTERNAL,
    "Registration.centre": Privacy.INTERNAL,
    "Registration.registered_on": Privacy.INTERNAL,
    "Registration.family_name": Privacy.PERSONAL,
    "Registration.given_name": Privacy.PERSONAL,
    "Registration.patronymic": Privacy.PERSONAL,
    "Registration.sex": Privacy.PERSONAL,
    "Registration.birth_year": Privacy.PERSONAL,
    "Registration.birth_month": Privacy.PERSONAL,
    "Registration.birth_day": Privacy.PERSONAL,
    "Registration.region": Privacy.PERSONAL,
    "Registration.district": Privacy.PERSONAL,
    "Registration.phone_tails": Privacy.PERSONAL,
    "IdentityLink.id": Privacy.INTERNAL,
    "IdentityLink.recorded_at": Privacy.INTERNAL,
    "IdentityLink.registration": Privacy.PERSONAL,
    "IdentityLink.person_key": Privacy.PERSONAL,
    "IdentityLink.verb": Privacy.INTERNAL,
    "IdentityLink.merge_key": Privacy.INTERNAL,
    "IdentityLink.by": Privacy.INTERNAL,
    "IdentityLink.bits": Privacy.INTERNAL,
    "IdentityLink.probability": Privacy.INTERNAL,
    "IdentityLink.model_version": Privacy.INTERNAL,
    "IdentityLink.keys_version": Privacy.INTERNAL,
    "IdentityLink.reason": Privacy.PERSONAL,
    "DuplicateCandidate.id": Privacy.INTERNAL,
    "DuplicateCandidate.recorded_at": Privacy.INTERNAL,
    "DuplicateCandidate.first": Privacy.PERSONAL,
    "DuplicateCandidate.second": Privacy.PERSONAL,
    "DuplicateCandidate.bits": Privacy.INTERNAL,
    "DuplicateCandidate.probability": Privacy.INTERNAL,
    "DuplicateCandidate.parts": Privacy.PERSONAL,
    "DuplicateCandidate.model_version": Privacy.INTERNAL,
    "DuplicateCandidate.keys_version": Privacy.INTERNAL,
    "DuplicateCandidate.state": Privacy.INTERNAL,
    "DuplicateCandidate.decided_by": Privacy.INTERNAL,
    "DuplicateCandidate.decided_at": Privacy.INTERNAL,
    "NotSamePair.id": Privacy.INTERNAL,
    "NotSamePair.recorded_at": Privacy.INTERNAL,
    "NotSamePair.first": Privacy.PERSONAL,
    "NotSamePair.second": Privacy.PERSONAL,
    "NotSamePair.by": Privacy.INTERNAL,
    "NotSamePair.at": Privacy.INTERNAL,
    "NotSamePair.reason": Privacy.PERSONAL,
    "Merge.id": Privacy.INTERNAL,
    "Merge.recorded_at": Privacy.INTERNAL,
    "Merge.kept": Privacy.PERSONAL,
    "Merge.merged": Privacy.PERSONAL,
    "Merge.state": Privacy.INTERNAL,
    "Merge.asked_by": Privacy.INTERNAL,
    "Merge.reason": Privacy.PERSONAL,
    "Merge.needs_second": Privacy.INTERNAL,
    "Merge.decided_by": Privacy.INTERNAL,
    "Merge.merged_at": Privacy.INTERNAL,
    "Merge.undone_by": Privacy.INTERNAL,
    "Merge.undone_at": Privacy.INTERNAL,
    "Merge.bits": Privacy.INTERNAL,
    "Merge.probability": Privacy.INTERNAL,
    "SweepRun.id": Privacy.INTERNAL,
    "SweepRun.recorded_at": Privacy.INTERNAL,
    "SweepRun.until": Privacy.INTERNAL,
    "SweepRun.people": Privacy.INTERNAL,
    "SweepRun.pairs": Privacy.INTERNAL,
    "SweepRun.found": Privacy.INTERNAL,
    "ClientCounter.id": Privacy.INTERNAL,
    "ClientCounter.centre": Privacy.INTERNAL,
    "ClientCounter.year": Privacy.INTERNAL,
    "ClientCounter.last": Privacy.INTERNAL,
    "ContactPoint.id": Privacy.INTERNAL,
    "ContactPoint.recorded_at": Privacy.INTERNAL,
    "ContactPoint.person": Privacy.PERSONAL,
    "ContactPoint.kind": Privacy.PERSONAL,
    "ContactPoint.value": Privacy.PERSONAL,
    "ContactPoint.tail": Privacy.PERSONAL,
    "ContactPoint.safety": Privacy.SENSITIVE,
    "ContactPoint.safe_times": Privacy.SENSITIVE,
    "ContactPoint.days": Privacy.SENSITIVE,
    "ContactPoint.from_hour": Privacy.SENSITIVE,
    "ContactPoint.until_hour": Privacy.SENSITIVE,
    "ContactPoint.answered_by": Privacy.SENSITIVE,
    "ContactPoint.ask_for": Privacy.SENSITIVE,
    "ContactPoint.wording": Privacy.SENSITIVE,
    "ContactPoint.code_word": Privacy.SENSITIVE,
    "ConsentGrant.id": Privacy.INTERNAL,
    "ConsentGrant.recorded_at": Privacy.INTERNAL,
    "ConsentGrant.person": Privacy.PERSONAL,
    "ConsentGrant.purpose": Privacy.PERSONAL,
    "ConsentGrant.granted": Privacy.PERSONAL,
    "ConsentGrant.recipient": Privacy.PERSONAL,
    "ConsentGrant.text_version": Privacy.INTERNAL,
    "ConsentGrant.language": Privacy.PERSONAL,
    "ConsentGrant.method": Privacy.INTERNAL,
    "ConsentGrant.asked_by": Privacy.INTERNAL,
    "ConsentGrant.decided_at": Privacy.INTERNAL,
    "ConsentGrant.expires_on": Privacy.INTERNAL,
    "ConsentGrant.withdrawn_at": Privacy.INTERNAL,
    "ConsentGrant.withdrawn_by": Privacy.INTERNAL,
    "ConsentGrant.fields": Privacy.PERSONAL,
    "ConsentGrant.abroad": Privacy.PERSONAL,
    "ConsentGrant.spoken_by": Privacy.PERSONAL,
    "Household.id": Privacy.PERSONAL,
    "Household.recorded_at": Privacy.INTERNAL,
    "Household.label": Privacy.PERSONAL,
    "Household.place": Privacy.PERSONAL,
    "Household.men": Privacy.PERSONAL,
    "Household.women": Privacy.PERSONAL,
    "Household.boys": Privacy.PERSONAL,
    "Household.girls": Privacy.PERSONAL,
    "HouseholdMember.id": Privacy.INTERNAL,
    "HouseholdMember.recorded_at": Privacy.INTERNAL,
    "HouseholdMember.household": Privacy.PERSONAL,
    "HouseholdMember.person": Privacy.PERSONAL,
    "HouseholdMember.role": Privacy.PERSONAL,
    "HouseholdMember.since": Privacy.PERSONAL,
    "HouseholdMember.until": Privacy.PERSONAL,
    "Guardianship.id": Privacy.INTERNAL,
    "Guardianship.recorded_at": Privacy.INTERNAL,
    "Guardianship.person": Privacy.PERSONAL,
    "Guardianship.basis": Privacy.SENSITIVE,
    "Guardianship.relation": Privacy.PERSONAL,
    "Guardianship.guardian": Privacy.PERSONAL,
    "Guardianship.decided_by": Privacy.PERSONAL,
    "Guardianship.reason": Privacy.SENSITIVE,
    "Guardianship.decided_on": Privacy.PERSONAL,
    "Guardianship.entered_by": Privacy.INTERNAL,
    "ClientCard.id": Privacy.INTERNAL,
    "ClientCard.recorded_at": Privacy.INTERNAL,
    "ClientCard.person": Privacy.PERSONAL,
    # Only a hash: it opens nothing, but it ties a found card to a file.
    "ClientCard.code_hash": Privacy.PERSONAL,
    "ClientCard.issued_by": Privacy.INTERNAL,
    "ClientCard.revoked_at": Privacy.INTERNAL,
}


def _export(person_key: UUID) -> Mapping[str, Any]:
    """Return all files of the person: the one that answers first, then those merged into it."""
    members = members_of(person_key)
    people = {person.pk: person for person in Person.objects.filter(pk__in=members)}
    if not people:
        return {}
    held = [_file(people[pk]) for pk in members]
    return {**held[0], "other_files": held[1:], "registrations": _registrations(members)}


def _file(person: Person) -> dict[str, Any]:
    hidden = ["id", "centre", "merged_into", "keyed_at", "keys_version"]
    return {
        "details": {"client_number": person.client_number, **model_to_dict(person, exclude=hidden)},
        "contact_points": list(
            person.contact_points.values(
                *("kind", "value", "safety", "safe_times", "days", "from_hour", "until_hour"),
                *("answered_by", "ask_for", "wording", "code_word"),
            )
        ),
        "consents": list(
            person.consents.values(
                *("purpose", "granted", "recipient", "fields", "abroad", "text_version", "language", "method"),
                *("spoken_by", "decided_at", "expires_on", "withdrawn_at"),
            )
        ),
        # Without the others of the household and the guardian's file: those are copies for them, not for this person.
        "households": list(person.households.values("household__label", "role", "since", "until")),
        "guardians": list(person.guardianships.values("basis", "relation", "decided_by", "reason", "decided_on")),
        "cards": list(person.cards.values("recorded_at", "revoked_at")),
    }


def _registrations(members: Sequence[UUID]) -> list[dict[str, Any]]:
    """Return what was given at each registration, word for word."""
    given = Registration.objects.filter(person_key__in=members)
    return list(given.values("source", "registered_on", *registrations.GIVEN))


def _erase(person_key: UUID) -> None:
    """Delete all files of the person and with them all that hangs on them. Domains above have let go of the keys before."""
    members = members_of(person_key)
    Person.objects.filter(pk__in=members).delete()
    registrations.erase(members)
    # The services of merged files are one tally under one key by now, so nothing is left for a merge to hold together.
    Merge.objects.filter(Q(kept__in=members) | Q(merged__in=members)).delete()
    # A household without anybody left to ask is a name and an address nobody agreed to keep.
    Household.objects.filter(members=None).delete()


def _preview(person_key: UUID) -> list[Effect]:
    members = members_of(person_key)
    people = Person.objects.filter(pk__in=members)
    effects = [
        Effect(_("Files with name, birth date and address"), people.count()),
        Effect(_("What was given at registration"), Registration.objects.filter(person_key__in=members).count()),
        Effect(_("Ways to reach the person"), ContactPoint.objects.filter(person__in=members).count()),
        Effect(_("Consents and refusals"), ConsentGrant.objects.filter(person__in=members).count()),
        Effect(_("Places in a household"), HouseholdMember.objects.filter(person__in=members).count()),
        Effect(_("Client cards"), ClientCard.objects.filter(person__in=members).count()),
    ]
    return [effect for effect in effects if effect.goes]


register_same_person(members_of)
register_part(Part("people", _export, _erase, _preview))
