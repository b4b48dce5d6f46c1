"""Forms of the registry: they parse what was typed; what is allowed is decided by the actions."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from safar.desk.forms import ActionForm
from safar.kernel.clock import today
from safar.people.actions import contact_points
from safar.people.enums import (
    ConsentMethod,
    ConsentPurpose,
    ContactKind,
    GuardianBasis,
    GuardianRelation,
    Safety,
)
from safar.people.models import Guardianship, Person
from safar.people.queries import guardians
from safar.people.rules import Birth, ConsentDetails, ContactPointDetails, GuardianDetails, PersonDetails
from safar.reference.queries import codes, places
from safar.trust.queries.profile import profile
from safar.ui.forms import ChoiceCards, DateInput, PartialDateField, PlacePicker, ReadyChoices
from safar.ui.partial_date import PartialDate

_EMPTY = [("", "—")]


@cache
def place_choices(country: str, language: str) -> ReadyChoices:
    """Return regions as groups holding themselves and their districts, named in the language active at the first call.

    `language` is the key of the cache: two hundred names a form, three forms a minute, always the same.
    """
    return ReadyChoices(
        PlacePicker.choices_of(
            (region.code, str(region.name), [(place.code, str(place.name)) for place in places.districts(region.code)])
            for region in places.regions(country)
        )
    )


@cache
def country_choices(own: str, language: str) -> ReadyChoices:
    """Return all countries, the node's own first; cached by language like `place_choices`."""
    ordered = sorted(places.countries(), key=lambda country: (country.code != own, str(country.name)))
    return ReadyChoices([*_EMPTY, *((country.code, str(country.name)) for country in ordered)])


@cache
def coded_choices(code_list: str, language: str) -> ReadyChoices:
    """Return a code list with an empty first line; cached by language like `place_choices`."""
    return ReadyChoices([*_EMPTY, *codes.code_list(code_list).choices()])


class PersonForm(ActionForm):
    """What a registration asks; only the family name must be there."""

    HOME_OF = {"district": "place", "region": "place"}

    family_name = forms.CharField(label=_("Family name"), max_length=80)
    given_name = forms.CharField(label=_("Given name"), max_length=80, required=False)
    patronymic = forms.CharField(label=_("Patronymic"), max_length=80, required=False)
    sex = forms.ChoiceField(label=_("Sex"), required=False, widget=ChoiceCards)
    birth = PartialDateField(
        label=_("Date of birth"), required=False, help_text=_("As much as is known: the year alone is fine.")
    )
    age_band = forms.ChoiceField(label=_("Age, if the year is not known"), required=False)
    phone = forms.CharField(label=_("Phone"), max_length=32, required=False, widget=forms.TextInput({"type": "tel"}))
    phone_safety = forms.ChoiceField(
        label=_("May we call this number?"),
        choices=Safety.choices,
        initial=Safety.SAFE,
        required=False,
        widget=ChoiceCards,
        help_text=_("Ask whether somebody else answers this phone."),
    )
    safe_times = forms.CharField(label=_("When to call"), max_length=80, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    place = forms.ChoiceField(label=_("Place of residence"), required=False, widget=PlacePicker)
    citizenship = forms.ChoiceField(label=_("Citizenship"), required=False)
    language = forms.ChoiceField(label=_("Language and script"), required=False)
    category = forms.ChoiceField(label=_("Who the person is"), required=False)
    education = forms.ChoiceField(label=_("Education"), required=False)
    employment = forms.ChoiceField(label=_("Employment"), required=False)
    heard_via = forms.ChoiceField(label=_("How they heard of the centre"), required=False)
    guardian_basis = forms.ChoiceField(
        label=_("Why may the file be kept?"), choices=GuardianBasis.choices, required=False, widget=ChoiceCards
    )
    guardian_relation = forms.ChoiceField(
        label=_("What the guardian is to the child"), choices=[*_EMPTY, *GuardianRelation.choices], required=False
    )
    guardian_number = forms.CharField(
        label=_("Client number of the guardian"),
        max_length=40,
        required=False,
        help_text=_("Leave it empty when the guardian has no file."),
    )
    decided_by = forms.CharField(label=_("Who decided"), max_length=160, required=False)
    decision_reason = forms.CharField(label=_("Why it protects the child"), max_length=400, required=False)
    decided_on = forms.DateField(label=_("Day of the decision"), required=False, widget=DateInput)

    CODED = {
        "sex": "sex",
        "age_band": "age_band",
        "category": "client_category",
        "education": "education",
        "employment": "employment",
        "heard_via": "heard_via",
        "language": "language",
    }

    def __init__(self, *args: Any, person: Person | None = None, **kwargs: Any) -> None:
        if person is not None:
            kwargs.setdefault("initial", initial_of(person))
        super().__init__(*args, **kwargs)
        own, language = profile().country, get_language() or "en"
        for name, code_list in self.CODED.items():
            held = getattr(person, name, "") if person else ""
            if name == "sex" or held:
                choices = codes.code_list(code_list).choices(include=(held,) if held else ())
                self.choice(name).choices = choices if name == "sex" else [*_EMPTY, *choices]
            else:
                self.choice(name).choices = coded_choices(code_list, language)
        self.choice("place").choices = place_choices(own, language)
        self.choice("citizenship").choices = country_choices(own, language)
        self.choice("citizenship").initial = own
        self.choice("language").initial = profile().default_language

    def clean_phone(self) -> str:
        """Refuse what is no phone number before anybody is compared, so that it is not found out last."""
        typed: str = self.cleaned_data["phone"]
        if typed:
            try:
                contact_points.normalised_phone(typed)
            except ValidationError as error:
                raise ValidationError(error.messages) from error
        return typed

    def details(self) -> PersonDetails:
        """Return what was typed as the action takes it; only after `is_valid()`."""
        return self._details(self.cleaned_data)

    def so_far(self) -> PersonDetails | None:
        """Return what can be read of a form still being filled in; None while it says too little to look anybody up."""
        self.is_valid()
        nothing: dict[str, Any] = dict.fromkeys(self.fields, "") | {"birth": None, "decided_on": None}
        data = nothing | self.cleaned_data
        is_enough = data["family_name"] and (data["given_name"] or data["phone"] or data["birth"])
        return self._details(data) if is_enough else None

    def _details(self, data: dict[str, Any]) -> PersonDetails:
        birth: PartialDate | None = data["birth"]
        band = data["age_band"] or "unknown"
        place = places.place(data["place"]) if data["place"] else None
        points = [
            ContactPointDetails(
                ContactKind.PHONE, data["phone"], data["phone_safety"] or Safety.SAFE, data["safe_times"]
            ),
            ContactPointDetails(ContactKind.EMAIL, data["email"]),
        ]
        return PersonDetails(
            family_name=data["family_name"],
            given_name=data["given_name"],
            patronymic=data["patronymic"],
            sex=data["sex"] or "unknown",
            birth=Birth(birth.year, birth.month, birth.day, band) if birth else Birth(age_band=band),
            citizenship=data["citizenship"],
            region=places.region_of(place.code) if place else "",
            district=place.code if place and place.level == places.DISTRICT else "",
            language=data["language"],
            category=data["category"] or "unknown",
            education=data["education"] or "unknown",
            employment=data["employment"],
            heard_via=data["heard_via"],
            contact_points=[point for point in points if point.value],
            guardian=_guardian_in(data),
        )

    @property
    def today(self) -> str:
        """The day by which the page tells a child from a grown-up while somebody types."""
        return today().isoformat()

    @property
    def is_of_a_minor(self) -> bool:
        """Return whether what is typed, or on file, says that the person is a child."""
        names = ("birth_day", "birth_month", "birth_year", "age_band")
        day, month, year, band = ("",) * 4
        if self.is_bound:
            day, month, year, band = (str(self.data.get(self.add_prefix(name), "")) for name in names)
        elif initial := self.initial.get("birth"):
            day, month, year = (str(part or "") for part in (initial.day, initial.month, initial.year))
        else:
            band = str(self.initial.get("age_band", ""))
        birth = Birth(_number(year), _number(month), _number(day), band or "unknown")
        return birth.problem(today()) is None and birth.is_minor_on(today())


def _guardian_in(data: dict[str, Any]) -> GuardianDetails | None:
    if not data["guardian_basis"]:
        return None
    return GuardianDetails(
        basis=data["guardian_basis"],
        relation=data["guardian_relation"],
        number=data["guardian_number"],
        decided_by=data["decided_by"],
        reason=data["decision_reason"],
        decided_on=data["decided_on"] or None,
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None


def _guardian_initial(held: Guardianship | None) -> dict[str, Any]:
    if held is None:
        return {}
    return {
        "guardian_basis": held.basis,
        "guardian_relation": held.relation,
        "guardian_number": held.guardian.client_number if held.guardian else "",
        "decided_by": held.decided_by,
        "decision_reason": held.reason,
        "decided_on": held.decided_on,
    }


def initial_of(person: Person) -> dict[str, Any]:
    """Return a person as the form shows them."""
    points = {point.kind: point for point in person.contact_points.all()}
    phone = points.get(ContactKind.PHONE)
    email = points.get(ContactKind.EMAIL)
    return {
        "family_name": person.family_name,
        "given_name": person.given_name,
        "patronymic": person.patronymic,
        "sex": person.sex,
        "birth": PartialDate(person.birth_year, person.birth_month, person.birth_day) if person.birth_year else None,
        "age_band": person.age_band,
        "phone": phone.value if phone else "",
        "phone_safety": phone.safety if phone else Safety.SAFE,
        "safe_times": phone.safe_times if phone else "",
        "email": email.value if email else "",
        "place": person.district or person.region,
        "citizenship": person.citizenship,
        "language": person.language,
        "category": person.category,
        "education": person.education,
        "employment": person.employment,
        "heard_via": person.heard_via,
        **(_guardian_initial(guardians.standing(person.pk)) if person.birth.is_minor_on(today()) else {}),
    }


@dataclass(frozen=True, slots=True)
class ConsentReading:
    """What is read out in one language: each purpose with its text."""

    language: str
    language_name: str
    purposes: list[tuple[str, str]]


class ConsentForm(forms.Form):
    """The person's answers, purpose by purpose; each is asked in the words of the country's own text."""

    keep_file = forms.BooleanField(label=ConsentPurpose.KEEP_FILE.label, required=False)
    be_contacted = forms.BooleanField(label=ConsentPurpose.BE_CONTACTED.label, required=False)
    follow_up = forms.BooleanField(label=ConsentPurpose.FOLLOW_UP.label, required=False)
    text_language = forms.ChoiceField(label=_("Language in which the text was read"), required=False)
    method = forms.ChoiceField(
        label=_("How consent was given"),
        choices=ConsentMethod.choices,
        initial=ConsentMethod.VERBAL,
        widget=ChoiceCards,
    )

    ASKED = (ConsentPurpose.KEEP_FILE, ConsentPurpose.BE_CONTACTED, ConsentPurpose.FOLLOW_UP)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = self.fields["text_language"]
        assert isinstance(languages, forms.ChoiceField)  # noqa: S101  (narrows the type)
        languages.choices = profile().consent_language_choices()
        languages.initial = profile().default_language

    def texts(self) -> list[ConsentReading]:
        """Return the texts to read out, a language at a time, the country's own first."""
        labels = {purpose.value: purpose.label for purpose in self.ASKED}
        texts = {purpose: profile().consent_texts(purpose) for purpose in labels}
        return [
            ConsentReading(code, name, [(str(label), texts[purpose][code].text) for purpose, label in labels.items()])
            for code, name in profile().consent_language_choices()
        ]

    def consents(self) -> list[ConsentDetails]:
        """Return a decision a purpose, the noes as well; only after `is_valid()`."""
        data = self.cleaned_data
        language = data["text_language"] or profile().default_language
        return [
            ConsentDetails(
                purpose=purpose.value,
                granted=data[purpose.value],
                text_version=profile().consent_text(purpose.value, language).version,
                language=language,
                method=data["method"],
            )
            for purpose in self.ASKED
        ]
