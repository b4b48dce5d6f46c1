import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from safar.kernel.privacy import Privacy, fields
from safar.trust.actions import register as actions
from safar.trust.models import AuditEntry, ProcessingAnswers
from safar.trust.queries import register as queries
from safar.trust.queries.profile import load
from safar.trust.rules import RegisterAnswers

COUNTRIES = ("UZ", "KG", "TJ")


@pytest.fixture(params=COUNTRIES)
def country(request, settings, db) -> str:
    settings.SAFAR_COUNTRY = request.param
    return request.param


@pytest.fixture
def officer(actor):
    return actor("data_protection_officer")


def test_every_field_that_says_something_of_a_person_stands_in_an_array() -> None:
    assert queries.undescribed() == []


def test_the_file_describes_nothing_that_is_gone() -> None:
    assert queries.unknown() == []


def test_a_new_field_about_people_is_named_until_somebody_describes_it(monkeypatch) -> None:
    more = fields() | {"people.Person.shoe_size": Privacy.PERSONAL, "people.Person.colour": Privacy.INTERNAL}
    monkeypatch.setattr(queries, "fields", lambda: more)
    assert queries.undescribed() == ["people.Person.shoe_size"]


def test_every_heading_word_and_array_speaks_the_languages_of_every_country() -> None:
    file = queries.register_file()
    needed = {language for code in COUNTRIES for language in load(code).languages.staff}
    texts = [*file.headings.values(), *file.words.values(), *file.terms.values()]
    texts += [sheet.title for sheet in file.sheets.values()]
    for array in file.arrays:
        texts += [array.name, array.purposes, array.subjects, array.sources, array.recipients]
        texts += [item.label for item in array.data]
    assert all(needed <= set(text) for text in texts)


def test_the_sheet_answers_every_question_of_its_country_in_every_language(country: str) -> None:
    file = queries.register_file()
    for language, _name in queries.languages():
        sheet = queries.sheet(language)
        assert len(sheet.arrays) == len(file.arrays)
        for array in sheet.arrays:
            assert len(array.rows) == len(file.sheets[country].rows)
            assert all(heading and answer for heading, answer in array.rows), array
        assert sheet.verify


def test_kyrgyzstans_sheet_has_the_rows_its_registry_asks_for() -> None:
    assert queries.register_file().sheets["KG"].rows == (
        "array", "purposes", "storage", "data", "subjects", "sources", "information", "security", "responsible",
        "recipients", "cross_border",
    )  # fmt: skip


def test_terms_come_from_the_profile_and_special_data_are_marked(country: str) -> None:
    sheet = queries.sheet("en" if country != "UZ" else "ru")
    rows = {array.name: dict(array.rows) for array in sheet.arrays}
    headings = queries.register_file().headings
    storage, data = (headings[name].text(sheet.language) for name in ("storage", "data"))
    first = next(iter(rows.values()))
    assert str(load(country).retention("contacts_without_case")) in first[storage]
    special = queries.register_file().words["special"].text(sheet.language)
    labels = first[data].split("; ")
    assert special not in labels[0]
    assert any(special in label for label in labels)


def test_what_has_no_term_and_what_is_kept_for_good_is_said(country: str, monkeypatch) -> None:
    profile = load(country)
    kept = profile.model_copy(update={"retention_months": dict.fromkeys(profile.retention_months)})
    monkeypatch.setattr(queries, "profile", lambda: kept)
    monkeypatch.setattr(kept.__class__, "retention", lambda *_: None)
    sheet = queries.sheet("en")
    storage = queries.register_file().headings["storage"].text("en")
    said = [dict(array.rows)[storage] for array in sheet.arrays]
    assert any("without a term" in text for text in said)
    assert "as long as the cooperation lasts" in said


def test_what_the_centre_answered_stands_in_the_sheet_and_nothing_is_left_open(officer, settings) -> None:
    settings.SAFAR_COUNTRY = "UZ"
    assert queries.sheet("en").open_points == ["Tax number", "Address", "Responsible person"]
    answers = RegisterAnswers(
        holder_name="Public centre", holder_tax_number="123456789", holder_address="Street 1",
        responsible_name="Officer", responsible_contact="+998 71 000 00 00", security_note="Guarded room.",
        recipients_note="The auditor.", storage_place="Tashkent", crosses_border=True, cross_border_note="Austria, hub.",
    )  # fmt: skip
    actions.answer(details=answers, by=officer)
    sheet = queries.sheet("en")
    assert sheet.open_points == []
    text = " ".join(answer for _heading, answer in sheet.arrays[0].rows)
    for said in (
        "Public centre",
        "123456789",
        "Street 1",
        "Officer, +998",
        "Guarded room.",
        "auditor",
        "Austria, hub.",
    ):
        assert said in text


def test_answers_are_versions_and_only_what_differs_is_a_change(officer) -> None:
    first = actions.answer(details=RegisterAnswers(holder_name=" A "), by=officer)
    assert first.holder_name == "A"
    assert actions.answer(details=RegisterAnswers(holder_name="A"), by=officer) == first
    actions.answer(details=RegisterAnswers(holder_name="A", holder_address="B"), by=officer)
    assert ProcessingAnswers.objects.count() == 2
    rows = AuditEntry.objects.filter(action="trust.register.answer").order_by("recorded_at")
    assert [row.fields for row in rows] == [["holder_name"], ["holder_address"]]


def test_a_transfer_abroad_says_where_to(officer) -> None:
    with pytest.raises(ValidationError) as refused:
        actions.answer(details=RegisterAnswers(crosses_border=True), by=officer)
    assert "cross_border_note" in refused.value.error_dict


def test_taking_the_sheet_out_is_on_the_trail_and_in_a_language_of_the_node(officer) -> None:
    assert actions.take_out(language="ru", by=officer).language == "ru"
    assert AuditEntry.objects.filter(action="trust.register.export", verb="export").get().fields == ["ru"]
    with pytest.raises(ValidationError):
        actions.take_out(language="tg", by=officer)


@pytest.mark.parametrize("role", ["coordinator", "administrator", "ministry_viewer"])
def test_only_the_officer_keeps_the_register(role: str, actor) -> None:
    by = actor(role)
    with pytest.raises(PermissionDenied):
        actions.answer(details=RegisterAnswers(), by=by)
    with pytest.raises(PermissionDenied):
        actions.take_out(language="ru", by=by)
