import copy
import datetime as dt
from importlib import resources

import pytest
import yaml
from pydantic import ValidationError

from safar.methods.names.transliteration import to_cyrillic
from safar.reference.queries import codes, places
from safar.trust.enums import CentreKind, RequestKind
from safar.trust.queries import profile as profiles
from safar.trust.queries.profile import PURPOSES, CountryProfile, load, profile

COUNTRIES = ["UZ", "KG", "TJ"]
# Words that show, in each language, that a text says whom it is from, how long, to whom, and that a yes can be taken back.
REVOCABLE = {
    "en": ("at any time",),
    "ru": ("в любое время",),
    "uz": ("istalgan vaqtda",),
    "uz-cyrl": ("исталган вақтда",),
    "ky": ("каалаган убакта",),
    "tg": ("ҳар вақт",),
}


def raw(country: str) -> dict:
    return yaml.safe_load((resources.files("safar.trust") / "profiles" / f"{country.lower()}.yaml").read_text("utf-8"))


def test_the_setting_chooses_the_country(settings):
    settings.SAFAR_COUNTRY = "KG"
    assert profile().country == "KG"
    del settings.SAFAR_COUNTRY
    assert profile().country == "UZ"


def test_a_country_without_a_profile_is_an_error():
    with pytest.raises(LookupError, match="FR"):
        load("FR")


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_profile_is_complete(country):
    found = load(country)
    assert found.phone_region == country
    assert found.default_language in found.languages.staff
    assert found.disclosure.ordinary == 5
    assert found.disclosure.sensitive == 11
    assert found.retention("tallies") is None
    assert found.retention("contacts_without_case") == 24
    assert found.data_location == "in_country"
    assert found.laws
    assert all(law.verify for law in found.laws)
    assert all(hotline.verify for hotline in found.hotlines)
    assert found.operator.verify


@pytest.mark.parametrize("country", COUNTRIES)
def test_what_no_lawyer_has_seen_names_its_source_and_says_so(country):
    found = load(country)
    reviewed = [
        found.retention_review,
        found.subject_requests,
        found.breach_notice,
        found.consent_form,
        found.disclosure,
    ]
    assert all(part.source and part.verify for part in [*reviewed, *found.laws])


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_request_of_a_person_has_a_clock_of_at_most_thirty_days(country):
    found = load(country)
    assert {kind: found.days_for(kind) for kind in RequestKind.values} == dict.fromkeys(RequestKind.values, 10)
    with pytest.raises(KeyError):
        found.days_for("forget")
    assert found.breach_notice.hours == 72


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_form_of_consent_names_what_order_3478_lists(country):
    assert set(load(country).consent_form.items) == set(profiles.CONSENT_ITEMS)


@pytest.mark.parametrize("country", COUNTRIES)
def test_languages_offered_to_clients_are_codes_of_the_list(country):
    assert all(codes.is_known("language", language) for language in load(country).languages.clients)


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("purpose", PURPOSES)
def test_each_consent_text_says_who_asks_how_long_and_that_a_yes_can_be_taken_back(country, purpose):
    found = load(country)
    for language, text in found.consent_texts(purpose).items():
        assert text.version == f"{country}-2026.1"
        assert "{" not in text.text
        assert any(words in text.text.lower() for words in REVOCABLE[language]), (language, purpose)
        operator = found.operator.name[language]
        assert operator in text.text
        if purpose == "be_contacted":
            continue  # kept as long as the file, says the text
        months = {"keep_file": 24, "share": 12, "follow_up": 12}[purpose]
        assert str(months) in text.text


@pytest.mark.parametrize("country", COUNTRIES)
def test_texts_no_native_speaker_has_checked_say_so(country):
    texts = load(country).consent_texts("keep_file")
    assert {language for language, text in texts.items() if not text.verify} == {"ru", "en"}


def test_the_default_language_comes_first_and_its_other_script_next():
    assert load("UZ").consent_language_choices()[:2] == [("uz", "Oʻzbekcha"), ("uz-cyrl", "Ўзбекча")]
    assert load("KG").consent_language_choices()[0] == ("ky", "Кыргызча")
    assert load("TJ").consent_language_choices()[0] == ("tg", "Тоҷикӣ")


def test_uzbek_cyrillic_is_the_same_text_in_the_other_alphabet():
    uz = load("UZ")
    assert uz.consent_text("share", "uz-cyrl").text == to_cyrillic(uz.consent_text("share", "uz").text)


def test_a_language_without_a_text_gets_the_nearest_one():
    assert load("UZ").consent_text("share", "kaa").language == "uz"
    assert load("TJ").consent_text("share", "ky").language == "ru"


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_promise_says_that_the_host_has_no_access(country):
    promise = load(country).promise
    assert "cannot open your file" in promise["en"]
    assert set(promise) == set(load(country).consent_texts("keep_file"))


@pytest.mark.parametrize("country", COUNTRIES)
def test_centres_stand_in_known_places_and_invented_ones_say_so(country):
    found = load(country)
    first, *others = found.centres
    assert not first.demo
    assert all(seed.demo and seed.parent == first.code for seed in others)
    assert {seed.kind for seed in found.centres} <= set(CentreKind.values)
    assert all(places.region_of(seed.district or seed.region) == seed.region for seed in found.centres)


def test_an_opening_is_as_exact_as_it_is_known():
    assert load("UZ").centres[0].opened_on == dt.date(2025, 8, 26)
    assert load("KG").centres[0].opened == "2024-03"
    assert load("KG").centres[0].opened_on is None


def broken(change) -> dict:
    written = copy.deepcopy(raw("UZ"))
    change(written)
    return written


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda written: written["centres"][1].update(region="KG-O"), "no region 'KG-O' in UZ"),
        (lambda written: written["centres"][1].update(region="nowhere"), "no region 'nowhere'"),
        (lambda written: written["centres"][1].update(district="UZ1703224"), "no district"),
        (lambda written: written["centres"][1].update(parent="GONE"), "no centre 'GONE'"),
        (lambda written: written["consents"].pop("share"), "Consent texts are needed"),
        (lambda written: written["consents"]["share"]["texts"].pop("uz"), "same languages"),
        (lambda written: written.update(default_language="tg"), "default language"),
        (lambda written: written.update(colour="red"), "Extra inputs"),
        (lambda written: written["retention_months"].update(messages=0), "greater than 0"),
        (lambda written: written["retention_months"].update(letters=3), "Terms are needed for"),
        (lambda written: written["retention_months"].pop("audit"), "Terms are needed for"),
        (lambda written: written["subject_requests"]["days"].pop("copy"), "Days are needed for"),
        (lambda written: written["subject_requests"]["days"].update(copy=31), "less than or equal to 30"),
        (lambda written: written["consent_form"].update(items=["photograph"]), "knows no photograph"),
        (lambda written: written["laws"][0].pop("source"), "Field required"),
        (lambda written: written["breach_notice"].update(fax="1"), "Extra inputs"),
    ],
)
def test_a_profile_with_a_mistake_is_refused(change, message):
    with pytest.raises(ValidationError, match=message):
        CountryProfile.model_validate(broken(change))


def test_purposes_are_those_the_registry_records():
    from safar.people.enums import ConsentPurpose

    assert set(profiles.PURPOSES) == set(ConsentPurpose.values)
