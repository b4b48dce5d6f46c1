"""The one page on which a counsellor finds or registers somebody and records the contact."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from safar.cases.actions import contacts
from safar.cases.actions.contacts import NewPerson
from safar.cases.models import Contact
from safar.cases.queries.contacts import last_choices
from safar.desk.cases.forms import ContactForm, NewConsentForm, NewPersonForm
from safar.desk.middleware import DeskRequest
from safar.desk.people.alike import alike_to, ruled_out_in
from safar.desk.people.side_by_side import Resemblance
from safar.guide.queries.facts import Card, cards, told
from safar.kernel.once import fresh_key
from safar.people.permissions import REGISTER_PERSON
from safar.people.queries import persons
from safar.trust.queries import centres

NEW, NAMELESS = "new", "nameless"
_MOST_CARDS = 12
_SURE = 0.7


@dataclass(frozen=True, slots=True)
class Someone:
    """One line of the choice of a person."""

    key: str
    name: str
    number: str
    birth_year: int | None
    reasons: str = ""


@dataclass
class Recording:
    """What stands on the page: who, the conversation, perhaps a new person, perhaps people who look the same."""

    request: DeskRequest
    person_id: UUID | None = None
    found: list[Someone] = field(default_factory=list)
    alike: list[Resemblance] = field(default_factory=list)
    ruled_out: list[UUID] = field(default_factory=list)
    who: str = ""
    typed: str = ""
    searched: bool = False
    too_many: int = 0
    who_error: str = ""

    def __post_init__(self) -> None:
        data = self.request.POST if self.request.method == "POST" else None
        source: Mapping[str, Any] = self.request.POST
        self.who = str(source.get("same") or source.get("who") or (self.person_id or ""))
        self.typed = str(source.get("q", "")).strip()
        self.ruled_out = ruled_out_in(self.request.POST)
        self.form = ContactForm(data, last=last_choices(self.request.actor), cards=self.cards())
        self.person_form = NewPersonForm(data, prefix="person", initial={"category": "potential_migrant"})
        self.consent_form = NewConsentForm(data, prefix="consent")
        self._find()
        if "rule_out" in self.request.POST:
            self.alike = alike_to(self.person_form.so_far(), self.ruled_out, self.request.actor)

    def cards(self) -> list[Card]:
        """Return the answer cards for what is chosen so far: none before a topic is."""
        topic = str(self.request.POST.get("topic", ""))
        topics = [topic, *self.request.POST.getlist("more_topics")] if topic else []
        offered = cards(topics, str(self.request.POST.get("destination", "")))[:_MOST_CARDS] if topics else []
        # What was ticked stays on the page although the topic has been changed since.
        ticked = [
            version for text in self.request.POST.getlist("advice") if (version := _uuid(text.rpartition("|")[2]))
        ]
        kept = told(ticked)
        return [
            *offered,
            *(card for version, card in kept.items() if version not in {each.version_id for each in offered}),
        ]

    def _find(self) -> None:
        """Search when something was typed and nobody is chosen; keep the chosen one on the page otherwise."""
        chosen = _uuid(self.who)
        if self.typed and not self.who:
            self.searched = True
            result = persons.search(self.typed, by=self.request.actor)
            self.too_many = result.count if result.is_wide else 0
            self.found = [_someone(hit.person, ", ".join(hit.reasons)) for hit in result.hits]
            # A name that only resembles is offered but never chosen: the counsellor looks at it first.
            if len(result.hits) == 1 and result.hits[0].score >= _SURE:
                self.who = self.found[0].key
        elif chosen:
            self.found = [_someone(persons.open_file(chosen, by=self.request.actor))]

    @property
    def is_answered_first(self) -> bool:
        """Return whether a search or a wish for cards comes before saving."""
        return self.searched or "cards" in self.request.POST or "rule_out" in self.request.POST

    def is_complete(self) -> bool:
        """Return whether there is enough to try to save; what stays unchecked shows no errors."""
        if self.who != NEW or self.is_answered_first:
            self.person_form.leave_unchecked()
            self.consent_form.leave_unchecked()
        if self.is_answered_first:
            self.form.leave_unchecked()
            return False
        if not (self.who in {NEW, NAMELESS} or _uuid(self.who)):
            self.who_error = _("Say who came: search, register, or record without a name.")
        is_valid = self.form.is_valid()
        if self.who == NEW:
            is_valid = all([self.person_form.is_valid(), self.consent_form.is_valid()]) and is_valid
        return is_valid and not self.who_error

    def save(self) -> Contact | None:
        """Record it, or return None with the reasons at their fields."""
        new_person = self._new_person()
        if self.alike:
            return None
        try:
            return contacts.record(
                details=self.form.details(),
                centre=centres.home_of(self.request.actor),
                person_id=_uuid(self.who),
                new_person=new_person,
                form_key=str(self.request.POST.get("form_key", "")),
                by=self.request.actor,
            )
        except ValidationError as error:
            self._show(error)
            return None

    def _new_person(self) -> NewPerson | None:
        if self.who != NEW:
            return None
        details = self.person_form.details()
        if "register_anyway" not in self.request.POST:
            self.alike = alike_to(details, self.ruled_out, self.request.actor)
        return NewPerson(details, self.consent_form.consents(), self.ruled_out)

    def _show(self, error: ValidationError) -> None:
        of_person: dict[str, list[str]] = {}
        of_contact: dict[str, list[str]] = {}
        for name, texts in error.message_dict.items():
            target = of_person if name.startswith("person.") else of_contact
            target[name.removeprefix("person.")] = texts
        if of_person:
            self.person_form.add_problems(ValidationError(of_person))
        if of_contact:
            self.form.add_problems(ValidationError(of_contact))

    def context(self) -> dict[str, Any]:
        return {
            "page": self,
            "form": self.form,
            "person_form": self.person_form,
            "consent_form": self.consent_form,
            "form_key": self.request.POST.get("form_key") or fresh_key(),
            "may_register": self.request.actor.may(REGISTER_PERSON),
            "cards": self.cards(),
        }


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _someone(person: Any, reasons: str = "") -> Someone:
    return Someone(str(person.pk), person.full_name, person.client_number, person.birth_year, reasons)
