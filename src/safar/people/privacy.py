"""How private the registry's fields are, a person's own copy, and their erasure."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.forms.models import model_to_dict

from safar.kernel.privacy import Part, Privacy, register_part
from safar.people.models import Person

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
    "NameKey.id": Privacy.INTERNAL,
    "NameKey.person": Privacy.PERSONAL,
    # A key gives the name away to whoever knows the rules, so it is as private as the name.
    "NameKey.key": Privacy.PERSONAL,
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
}


def _export(person_key: UUID) -> Mapping[str, Any]:
    person = Person.objects.filter(pk=person_key).first()
    if person is None:
        return {}
    return {
        "details": {"client_number": person.client_number, **model_to_dict(person, exclude=["id", "centre"])},
        "contact_points": list(person.contact_points.values("kind", "value", "safety", "safe_times")),
        "consents": list(
            person.consents.values(
                "purpose", "granted", "recipient", "text_version", "language", "method", "decided_at", "withdrawn_at"
            )
        ),
    }


def _erase(person_key: UUID) -> None:
    """Delete the person; name keys, contact points and consents go with them. Domains above have let go of the key before."""
    Person.objects.filter(pk=person_key).delete()


register_part(Part("people", _export, _erase))
