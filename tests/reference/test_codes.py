import datetime as dt
import re
import string

import pytest
from django.utils.translation import override
from pydantic import ValidationError

from safar.kernel.multilingual import Multilingual
from safar.methods.names.scripts import Script, detect
from safar.methods.names.transliteration import to_cyrillic
from safar.reference.queries import codes
from safar.reference.queries.codes import Code, CodeFile, CodeList, CodeListFile

DOMAIN_LISTS = [
    "client_category",
    "mode",
    "initiator",
    "topic",
    "destination",
    "migration_channel",
    "reason_leave",
    "reason_return",
    "return_type",
    "legal_status_abroad",
    "visa_type",
    "education",
    "employment",
    "sector",
    "heard_via",
    "vulnerability_flag",
    "screening_status",
    "methods_of_control",
    "exploitation_type",
    "referral_service",
    "case_status",
    "session_type",
    "agency_complaint",
    "partner_type",
    "age_band",
    "sex",
    "who_asked",
    "language",
    "material_item",
    "topic_module",
    "contact_next_step",
    "red_flag",
    "loss_reason",
]
IN_FIVE_LANGUAGES = ["sex", "age_band", "client_category", "topic"]


def a_list(*values: Code) -> CodeList:
    return CodeList("sample", "1", "tests", values)


def a_code(code: str, **fields) -> Code:
    return Code(code, Multilingual({"en": code.title(), "uz": f"{code} uz"}), Multilingual(), **fields)


@pytest.mark.parametrize("name", codes.list_names())
def test_every_list_is_valid_and_speaks_the_languages_of_staff(name):
    found = codes.code_list(name)
    assert found.name == name
    assert found.source
    assert re.fullmatch(r"\d{4}\.\d+", found.version)
    assert len({value.code for value in found.values}) == len(found.values)
    for value in found.values:
        required = ("en",) if name == "language" else ("en", "ru", "uz", "uz-cyrl")
        assert set(required) <= set(value.label), value.code
        assert all(text == text.strip() for text in value.label.values())


@pytest.mark.parametrize("name", DOMAIN_LISTS)
def test_every_list_of_the_domain_is_there(name):
    assert codes.code_list(name).active


@pytest.mark.parametrize("name", IN_FIVE_LANGUAGES)
def test_what_counsellors_pick_first_is_named_in_tajik_and_kyrgyz_too(name):
    for value in codes.code_list(name).values:
        assert {"tg", "ky"} <= set(value.label), value.code


@pytest.mark.parametrize("name", [name for name in codes.list_names() if name not in ("destination", "language")])
def test_uzbek_latin_labels_use_the_house_apostrophes(name):
    for value in codes.code_list(name).values:
        text = value.label["uz"]
        assert not set(text) & set("'`’‘"), text
        assert not re.search("(?<![oOgG])ʻ|[oOgG]ʼ(?!h)", text), text


def test_russian_and_cyrillic_labels_hold_no_stray_latin_letter():
    for name in DOMAIN_LISTS:
        for value in codes.code_list(name).values:
            for language in {"ru", "uz-cyrl", "tg", "ky"} & set(value.label):
                for word in re.findall(r"\w+", value.label[language]):
                    assert detect(word) is not Script.MIXED, value.label[language]


def test_a_label_follows_the_reader():
    mode = codes.code_list("mode")
    with override("ru"):
        assert ("in_person_office", "В центре") in mode.choices()
    with override("uz-cyrl"):
        assert ("in_person_office", "Марказда") in mode.choices()


def test_every_mode_rolls_up_to_what_the_network_reports():
    assert {value.roll_up for value in codes.code_list("mode").values} == set(codes.ROLL_UPS)


def test_every_vulnerability_flag_is_sensitive():
    assert all(value.sensitive for value in codes.code_list("vulnerability_flag").values)


def test_destinations_offer_the_usual_countries_first_and_know_all():
    destination = codes.code_list("destination")
    assert [value.code for value in destination.quick][:3] == ["RU", "KZ", "TR"]
    assert [value.code for value in destination.values][19:22] == ["other", "undecided", "AD"]
    assert len(destination.values) == 251
    assert destination.label("KR")["uz"] == "Janubiy Koreya"


def test_sectors_are_the_sections_of_isic():
    assert "".join(value.code for value in codes.code_list("sector").values) == string.ascii_uppercase[:21]


def test_a_retired_value_leaves_the_form_and_stays_on_old_records():
    old = a_code("old", retired=dt.date(2020, 1, 1))
    leaving = a_code("leaving", retired=dt.date(9999, 1, 1))
    sample = a_list(a_code("kept", quick=True), old, leaving)
    assert [value.code for value in sample.active] == ["kept", "leaving"]
    assert [value.code for value in sample.quick] == ["kept"]
    assert sample.choices() == [("kept", "Kept"), ("leaving", "Leaving")]
    assert sample.choices(include=["old", "kept", ""])[-1] == ("old", "Old")
    assert sample.get("old") == old


def test_an_unknown_code_shows_as_itself():
    assert str(codes.code_list("sex").label("gone")) == "gone"


def test_an_influencer_is_known_with_a_suffix_and_a_mode_is_not():
    assert codes.is_known("heard_via", "influencer:anna")
    assert not codes.is_known("heard_via", "telegram:anna")
    assert not codes.is_known("mode", "radio:anna")


def test_new_records_take_active_codes_only(monkeypatch):
    sample = a_list(a_code("kept"), a_code("old", retired=dt.date(2020, 1, 1)))
    monkeypatch.setattr(codes, "code_list", {"sample": sample}.__getitem__)
    assert codes.is_known("sample", "old")
    assert codes.is_active("sample", "kept")
    assert not codes.is_active("sample", "old")
    assert not codes.is_active("sample", "never")


def test_a_list_nobody_wrote_is_an_error():
    with pytest.raises(LookupError, match="nonsense"):
        codes.code_list("nonsense")


def test_a_mistyped_file_is_refused():
    with pytest.raises(ValidationError):
        CodeFile.model_validate({"code": "with space", "label": {}})
    with pytest.raises(ValidationError):
        CodeListFile.model_validate({"list": "x", "version": "1", "source": "s", "values": [], "colour": "red"})


def test_uzbek_cyrillic_is_derived_unless_somebody_wrote_it():
    assert codes.multilingual({"uz": "Oʻqish"})["uz-cyrl"] == to_cyrillic("Oʻqish") == "Ўқиш"
    assert codes.multilingual({"uz": "a", "uz-cyrl": "б"})["uz-cyrl"] == "б"
    assert "uz-cyrl" not in codes.multilingual({"en": "a"})
