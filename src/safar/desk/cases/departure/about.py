"""Whose departure a page is about, as a part of its address: `person-<id>`, `contact-<id>`, or `nobody` who gave a name."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404
from django.urls import reverse

from safar.cases.models import Contact
from safar.cases.queries import departure
from safar.cases.queries.departure import Traveller
from safar.kernel.actor import Actor
from safar.people.models import Person


@dataclass(frozen=True, slots=True)
class About:
    """The person or the contact; both empty for nobody."""

    person_id: UUID | None = None
    contact_id: UUID | None = None

    def __str__(self) -> str:
        if self.contact_id:
            return f"contact-{self.contact_id}"
        return f"person-{self.person_id}" if self.person_id else "nobody"

    @property
    def keys(self) -> dict[str, UUID | None]:
        """The keys as the actions take them."""
        return {"person_id": self.person_id, "contact_id": self.contact_id}

    @property
    def url(self) -> str:
        """Where all papers of this departure are."""
        if self.contact_id:
            return reverse("desk:cases:prepare_contact", args=[self.contact_id])
        if self.person_id:
            return reverse("desk:cases:prepare_person", args=[self.person_id])
        return reverse("desk:cases:prepare")


NOBODY = About()


class AboutConverter:
    """Reads and writes that part of an address."""

    regex = "nobody|(?:person|contact)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"

    def to_python(self, value: str) -> About:
        kind, _dash, key = value.partition("-")
        return About(**{f"{kind}_id": UUID(key)}) if key else NOBODY

    def to_url(self, value: About | str) -> str:
        return str(value)


def traveller_of(about: About, by: Actor) -> Traveller:
    """Return whose departure it is, or answer 404; of a person with a file this leaves a read row in the trail."""
    if about == NOBODY:
        return Traveller()
    if (about.person_id and not Person.objects.filter(pk=about.person_id).exists()) or (
        about.contact_id and not Contact.objects.filter(pk=about.contact_id).exists()
    ):
        raise Http404(str(about))
    return departure.traveller(**about.keys, by=by)
