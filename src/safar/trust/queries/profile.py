"""The country this installation serves: its languages, law, retention, consent texts and centres, from a reviewed file."""

from datetime import date
from functools import cache, cached_property
from importlib import resources
from typing import Annotated, Literal, Self

import yaml
from django.conf import settings
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from safar.kernel.multilingual import Multilingual
from safar.reference.queries import codes, places

PURPOSES = ("keep_file", "be_contacted", "share", "follow_up")
# Each language under its own name, as its readers look for it.
OWN_NAMES = {
    "uz": "Oʻzbekcha",
    "uz-cyrl": "Ўзбекча",
    "kaa": "Qaraqalpaqsha",
    "ru": "Русский",
    "tg": "Тоҷикӣ",
    "ky": "Кыргызча",
    "kk": "Қазақша",
    "en": "English",
}

# Kinds of records with a term of their own, and requests a person may make: a profile decides on every one of them.
KEPT = (
    *("case_files", "contacts_without_case", "consents", "messages", "follow_up", "audit", "incidents", "tallies"),
    *("withdrawn_files", "sign_ups", "form_keys", "sign_ins"),
)
REQUESTS = ("copy", "correction", "erasure", "objection")
# What a law may want a form of consent to name; the form of a country names those its profile lists, in this order.
CONSENT_ITEMS = (
    *(
        "operator",
        "tax_number",
        "subject",
        "purpose",
        "data",
        "duration",
        "third_parties",
        "cross_border",
        "publication",
    ),
    *("form", "revocation"),
)

Texts = Annotated[Multilingual, BeforeValidator(codes.multilingual)]
Months = Annotated[int, Field(gt=0)]
Languages = tuple[str, ...]


class Part(BaseModel):
    """A piece of a profile: a mistyped key is an error, nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class OfferedLanguages(Part):
    """Who is offered which languages and scripts; `clients` may ask to be served in these."""

    staff: Languages
    public: Languages
    clients: Languages


class Operator(Part):
    """Who answers for the data in the words of the law; the centre enters its legal name and tax number."""

    name: Texts
    tax_number: str
    verify: bool


class Law(Part):
    """A rule the installation follows, in the version its texts and terms were written for."""

    reference: str
    title: str
    version: date
    note: str
    source: str = Field(min_length=1)
    verify: bool


class Reviewed(Part):
    """Where a decision of the profile comes from, and whether somebody who knows the law has still to look at it."""

    source: str = Field(min_length=1)
    verify: bool


class DisclosureThresholds(Reviewed):
    """The smallest count that may be shown, in ordinary tables and in sensitive ones."""

    ordinary: int = Field(ge=3)
    sensitive: int = Field(ge=10)


class RequestClock(Reviewed):
    """Days in which a person's request is answered, and by how many they may be lengthened once, with a reason."""

    days: dict[str, Annotated[int, Field(ge=1, le=30)]]
    extension_days: int = Field(ge=0, le=60)

    @model_validator(mode="after")
    def _every_request_has_its_days(self) -> Self:
        if set(self.days) != set(REQUESTS):
            raise ValueError(f"Days are needed for {', '.join(REQUESTS)}")
        return self


class BreachNotice(Reviewed):
    """Whom to tell of a breach and how soon; no hours where the law names no duty, and the stricter rule is then ours."""

    authority: str
    hours: int | None = Field(gt=0)
    people: bool
    note: str


class ConsentForm(Reviewed):
    """What the printed form of consent names, because the law lists it."""

    items: tuple[str, ...]

    @model_validator(mode="after")
    def _names_only_what_can_be_printed(self) -> Self:
        if unknown := set(self.items) - set(CONSENT_ITEMS):
            raise ValueError(f"The form knows no {', '.join(sorted(unknown))}")
        return self


class ConsentText(Part):
    """One text in one language, as read out; `verify` marks texts no native speaker has checked yet."""

    language: str
    version: str
    text: str
    verify: bool = False


class WrittenText(Part):
    text: str
    verify: bool = False


class Consent(Part):
    """The texts of one purpose; all languages share a version, which every recorded decision names."""

    version: str = Field(max_length=32)
    texts: dict[str, WrittenText]


class Hotline(Part):
    """A number worth giving out, as of a day."""

    number: str
    as_of: date
    source: str
    verify: bool
    name: Texts


class CentreSeed(Part):
    """A centre the installation starts with; `demo` ones are invented, `opened` is as exact as it is known."""

    code: str = Field(pattern=r"^[A-Z0-9]{2,8}$")
    kind: Literal["centre", "outreach_point", "mobile_team"]
    parent: str
    region: str
    district: str
    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)
    opened: str = Field(pattern=r"^(\d{4}(-\d{2}){0,2})?$")
    demo: bool
    source: str
    name: Texts
    hours: Texts

    @property
    def opened_on(self) -> date | None:
        """Return the day it opened, None while only the month or year is known."""
        return date.fromisoformat(self.opened) if len(self.opened) == len("2025-08-26") else None


class CountryProfile(Part):
    """Everything that differs between the countries the platform runs in."""

    country: str = Field(pattern="^[A-Z]{2}$")
    name: Texts
    languages: OfferedLanguages
    default_language: str
    time_zone: str
    phone_region: str
    currency: str
    weekend: tuple[int, ...]
    operator: Operator
    legal_review: Literal["pending", "done"]
    data_location: Literal["in_country", "adequate_country"]
    laws: tuple[Law, ...]
    retention_months: dict[str, Months | None]
    retention_review: Reviewed
    share_consent_months: Months
    subject_requests: RequestClock
    breach_notice: BreachNotice
    consent_form: ConsentForm
    disclosure: DisclosureThresholds
    consents: dict[str, Consent]
    promise: Texts
    hotlines: tuple[Hotline, ...]
    centres: tuple[CentreSeed, ...]

    def retention(self, purpose: str) -> int | None:
        """Return the months a kind of record is kept, None for what holds nothing personal; KeyError when not decided."""
        return self.retention_months[purpose]

    def days_for(self, request: str) -> int:
        """Return the days in which a request of a person is answered; KeyError when there is no such request."""
        return self.subject_requests.days[request]

    def consent_texts(self, purpose: str) -> dict[str, ConsentText]:
        """Return the text of a purpose in every language on offer, the default language first."""
        return self._texts_by_purpose[purpose]

    @cached_property
    def _texts_by_purpose(self) -> dict[str, dict[str, ConsentText]]:
        # Made once: deriving the other script of a long text takes milliseconds, and every registration reads them.
        return {purpose: self._texts_of(consent) for purpose, consent in self.consents.items()}

    def _texts_of(self, consent: Consent) -> dict[str, ConsentText]:
        texts = codes.multilingual(
            {language: self._filled(written, language) for language, written in consent.texts.items()}
        )
        ordered = sorted(texts, key=lambda language: _base(language) != self.default_language)
        return {
            # A text derived into another script is as checked as the one it comes from.
            language: ConsentText(
                language=language,
                version=consent.version,
                text=texts[language],
                verify=consent.texts[_base(language)].verify,
            )
            for language in ordered
        }

    def consent_text(self, purpose: str, language: str) -> ConsentText:
        """Return the text of a purpose in the language asked for, else in the nearest one its reader knows."""
        texts = self.consent_texts(purpose)
        return texts[Multilingual({code: text.text for code, text in texts.items()}).language_used(language)]

    def consent_language_choices(self) -> list[tuple[str, str]]:
        """Return (language, its own name) of the languages in which consent can be read out."""
        return [(language, OWN_NAMES[language]) for language in self.consent_texts("keep_file")]

    def _filled(self, written: WrittenText, language: str) -> str:
        months = self.retention_months
        return written.text.format(
            operator=self.operator.name.text(language),
            case_years=(months["case_files"] or 0) // 12,
            contact_months=months["contacts_without_case"],
            share_months=self.share_consent_months,
            follow_up_months=months["follow_up"],
        )

    @model_validator(mode="after")
    def _centres_exist_where_they_say(self) -> Self:
        known = {seed.code for seed in self.centres}
        for seed in self.centres:
            if not places.is_known(seed.region) or not places.place(seed.region).country == self.country:
                raise ValueError(f"{seed.code}: no region {seed.region!r} in {self.country}")
            if seed.district and seed.district not in {found.code for found in places.districts(seed.region)}:
                raise ValueError(f"{seed.code}: no district {seed.district!r} in {seed.region}")
            if seed.parent and seed.parent not in known:
                raise ValueError(f"{seed.code}: no centre {seed.parent!r}")
        return self

    @model_validator(mode="after")
    def _every_kind_of_record_has_a_term(self) -> Self:
        if set(self.retention_months) != set(KEPT):
            raise ValueError(f"Terms are needed for {', '.join(KEPT)}, and for nothing else")
        return self

    @model_validator(mode="after")
    def _consents_are_complete(self) -> Self:
        if set(self.consents) != set(PURPOSES):
            raise ValueError(f"Consent texts are needed for {', '.join(PURPOSES)}")
        languages = {tuple(consent.texts) for consent in self.consents.values()}
        if len(languages) != 1 or self.default_language not in languages.pop():
            raise ValueError("All consent texts stand in the same languages, the default language among them")
        return self


def _base(language: str) -> str:
    """Return the language a text in another script is derived from."""
    return language.removesuffix("-cyrl")


def profile() -> CountryProfile:
    """Return the profile of the country in the setting `SAFAR_COUNTRY`."""
    return load(getattr(settings, "SAFAR_COUNTRY", "UZ"))


@cache
def load(country: str) -> CountryProfile:
    """Return the profile of a country; raises LookupError when there is none, pydantic's error when the file is wrong."""
    file = resources.files("safar.trust") / "profiles" / f"{country.lower()}.yaml"
    if not file.is_file():
        raise LookupError(f"There is no profile of {country!r}")
    return CountryProfile.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
