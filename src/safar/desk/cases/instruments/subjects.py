"""Whom an assessment is about, as an address names it, in the words of the reader and with the way back."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404
from django.urls import reverse

from safar.cases.models import CaseFile, Contact
from safar.cases.queries import cases, contacts
from safar.cases.rules.instruments import About
from safar.kernel.actor import Actor
from safar.people.models import Person
from safar.people.queries import persons
from safar.trust.models import Centre
from safar.trust.queries import centres

KINDS = {"person": "assess_person", "case": "assess_case", "contact": "assess_contact"}


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody an assessment is about; opening this leaves a read row in the trail."""

    about: About
    name: str
    back: str
    centre: Centre

    @property
    def key(self) -> UUID:
        found = self.about.case_id or self.about.contact_id or self.about.person_id
        assert found is not None  # noqa: S101  (narrows the type; one of them is always there)
        return found


def named(kind: str, key: UUID, *, by: Actor) -> Named:
    """Return whom an address is about, or refuse what there is not."""
    try:
        if kind == "case":
            case = cases.get(key, by=by)
            return Named(
                About(case_id=key), str(case.person or ""), reverse("desk:cases:case", args=[key]), case.centre
            )
        if kind == "contact":
            contact = contacts.get(key, by=by)
            back = reverse("desk:cases:contact", args=[key])
            return Named(About(contact_id=key), str(contact.person or ""), back, contact.centre)
        name = persons.labels({key}, by=by)[key]
    except (Person.DoesNotExist, CaseFile.DoesNotExist, Contact.DoesNotExist, KeyError) as error:
        raise Http404 from error
    return Named(About(person_id=key), name, reverse("desk:people:file", args=[key]), centres.home_of(by))
