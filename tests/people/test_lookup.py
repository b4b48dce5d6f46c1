"""Finding a person: what is typed, what is stored, what is weighed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from safar.methods.names.births import Birth as KnownBirth
from safar.methods.names.evidence import Record
from safar.methods.names.parameters import weights
from safar.people.models import IndexKey, Person
from safar.people.queries import index_keys, lookup, name_reasons, persons, typed
from safar.people.rules import Birth, ContactPointDetails
from safar.trust.models import AuditEntry
from tests.factories import people

pytestmark = pytest.mark.django_db

NAMES = st.sampled_from(
    ["Karimov", "Каримова", "Anvar", "Ўткир", "Shoxrux", "Zokirjon", "Murodbek", "Adiz", "Елена", "Yu", "李"]
)


def wanted(family: str, given_name: str, patronymic: str = "", **fields) -> Record:
    return Record(family, given_name, patronymic, **fields)


def found(record: Record) -> list[Person]:
    return [Person.objects.get(pk=each.head) for each in lookup.find(record)]


@pytest.fixture
def search(actor):
    by = actor("counsellor")
    return lambda text, **fields: persons.search(text, by=by, **fields)


@pytest.mark.parametrize(
    ("text", "kind", "name", "birth"),
    [
        ("TAS-26-00001", "client_number", "TAS-26-00001", KnownBirth()),
        ("+998 90 123-45-67", "phone", "901234567", KnownBirth()),
        ("Karimov  Anvar", "name", "Karimov Anvar", KnownBirth()),
        ("Karimov Anvar 02.05.1994", "name", "Karimov Anvar", KnownBirth(1994, 5, 2)),
        ("1994-05-02 Karimov", "name", "Karimov", KnownBirth(1994, 5, 2)),
        ("Каримов 1994", "name", "Каримов", KnownBirth(1994)),
        ("Karimov 31.02.1994", "name", "Karimov 31.02.", KnownBirth(1994)),
        ("'!?", "nothing", "'!?", KnownBirth()),
        ("123", "nothing", "123", KnownBirth()),
    ],
)
def test_what_was_typed_is_understood(text, kind, name, birth) -> None:
    read = typed.read(text)
    assert (read.kind, read.text, read.birth) == (kind, name, birth)


@settings(max_examples=60, deadline=None)
@given(NAMES, NAMES, st.integers(1, 12))
def test_every_beginning_of_a_name_finds_it_in_either_order(family, given_name, cut) -> None:
    """A range of numbers holds the code of every name that begins as typed, up to the last consonant typed."""
    codes = {key for key in index_keys.keys_of([(family, given_name, "")], KnownBirth()) if key >= 0}
    for first, second in ((family, given_name), (given_name, family)):
        for text in (first, f"{first} {second}"):
            ranges = index_keys.typing_ranges(text)
            assert any(low <= code <= high for code in codes for low, high in ranges), text


@pytest.mark.parametrize(
    "text",
    [
        "K",
        "Ka",
        "Kari",
        "Karimov",
        "Karimov A",
        "Karimov An",
        "karimov anv",
        "Anvar",
        "Anvar Kar",
        "Каримов Анва",
        "Ka Anv",
    ],
)
def test_a_name_is_found_while_it_is_typed(home_centre, search, text) -> None:
    somebody = people.person("Karimov", "Anvar", at=home_centre)
    people.person("Yusupov", "Rustam", at=home_centre)
    if text == "Ka Anv":
        assert search(text).count == 0
    else:
        assert [hit.person for hit in search(text).hits] == [somebody]


@pytest.mark.parametrize(
    ("text", "name"), [("Tos", "Toshmatov"), ("Murat", "Muratbekov"), ("Zok", "Zoxidov"), ("Sa", "Sadiqov")]
)
def test_half_a_sound_already_finds_the_whole(home_centre, search, text, name) -> None:
    somebody = people.person(name, "Rustam", at=home_centre)
    assert [hit.person for hit in search(text).hits] == [somebody]


def test_three_letters_or_fewer_list_nobody_where_several_begin_so(home_centre, search) -> None:
    for name in ("Karimov", "Kamolov"):
        people.person(name, "Anvar", at=home_centre)
    result = search("Ka")
    assert (result.hits, result.count, result.is_wide) == ([], 2, True)
    assert [hit.person.family_name for hit in search("Kamo").hits] == ["Kamolov"]
    assert len(search("Ka", reason="Recount of the paper register").hits) == 2


def test_a_wide_search_lists_after_a_reason_which_the_trail_keeps(home_centre, search, actor) -> None:
    for number in range(persons.MOST_SHOWN + 1):
        people.person("Karimov", f"Anvar{'abcdefghijklmnopqrstuvwxyz'[number]}", at=home_centre)
    assert search("Karimov").is_wide
    result = search("Karimov", reason="Recount of the paper register")
    assert (len(result.hits), result.is_wide) == (persons.MOST_SHOWN + 1, False)
    entry = AuditEntry.objects.get(action="people.person.search_widely")
    assert (entry.reason, entry.fields) == ("Recount of the paper register", ["name"])
    officer = persons.search("Karimov", reason="curious", by=actor("outreach_officer"))
    assert (officer.hits, officer.is_wide, officer.may_widen) == ([], True, False)


def test_a_date_narrows_a_name_many_bear(home_centre, search) -> None:
    for year in range(1970, 1970 + persons.MOST_SHOWN + 2):
        people.person("Karimov", "Anvar", birth=Birth(year, 5, 2), at=home_centre)
    assert search("Karimov Anvar").is_wide
    assert [hit.person.birth_year for hit in search("Каримов Анвар 1980").hits] == [1980]
    assert [hit.person.birth_year for hit in search("Karimov Anvar 02.05.1981").hits] == [1981]
    assert [hit.person.birth_year for hit in search("Karimov 1982").hits] == [1982]


def test_three_words_many_bear_are_counted_too(home_centre, search) -> None:
    for _ in range(persons.MOST_SHOWN + 2):
        people.person("Karimov", "Anvar", patronymic="Rustamovich", at=home_centre)
    result = search("Karimov Anvar Rustamovich")
    assert (result.hits, result.count, result.is_wide) == ([], persons.MOST_SHOWN + 2, True)


def test_siblings_are_shown_when_nobody_better_is_there(home_centre, search) -> None:
    people.person("Karimov", "Hasan", birth=Birth(1990, 2, 3), at=home_centre)
    hits = search("Karimov Husan 03.02.1990").hits
    assert [hit.person.given_name for hit in hits] == ["Hasan"]


@pytest.mark.parametrize(
    ("family", "given_name", "birth"),
    [
        ("Zokirjonov", "Dostonbek", KnownBirth(1994)),
        ("Зокиржонов", "Достонбек", KnownBirth()),
        ("Dostonbek", "Zokirjonov", KnownBirth(1994, 5, 12)),
        ("Zodirjonov", "Dostonbek", KnownBirth(1994)),
        ("Zokirjonov", "Dosstombek", KnownBirth()),
        ("Yusupova", "Dostonbek", KnownBirth(1994, 5, 12)),
        ("Zokirjonov", "Dostonbek", KnownBirth(1994, 12, 5)),
        ("Zokirjonov", "Dostonbek", KnownBirth(1984, 5, 12)),
    ],
    ids=["year", "script", "swapped fields", "slip in the family name", "slip in the given name", "another family name",
         "day and month swapped", "one digit of the year"],
)  # fmt: skip
def test_a_person_is_found_in_spite_of(home_centre, family, given_name, birth) -> None:
    somebody = people.person("Zokirjonov", "Dostonbek", birth=Birth(1994, 5, 12), at=home_centre)
    people.person("Karimov", "Anvar", birth=Birth(1994, 5, 12), at=home_centre)
    assert found(wanted(family, given_name, birth=birth))[0] == somebody


def test_a_former_name_still_finds_who_married(home_centre, actor, search) -> None:
    from safar.people.actions import persons as actions

    person = people.person("Karimova", "Dilnoza", at=home_centre)
    actions.change(person_id=person.pk, details=people.details("Yusupova", "Dilnoza"), by=actor("counsellor"))
    for text in ("Karimova Dilnoza", "Юсупова Дилноза"):
        assert [hit.person for hit in search(text).hits] == [person]
    person.refresh_from_db()
    assert person.former_names == [["Karimova", "Dilnoza", ""]]
    spelling = people.details("Юсупова", "Дилноза")
    actions.change(person_id=person.pk, details=spelling, by=actor("counsellor"))
    person.refresh_from_db()
    assert person.former_names == [["Karimova", "Dilnoza", ""]]


def test_a_phone_finds_who_gave_it_whatever_the_name(home_centre) -> None:
    phone = ContactPointDetails("phone", "901234567")
    somebody = people.person("Karimov", "Anvar", contact_points=[phone], at=home_centre)
    assert found(wanted("Yusupova", "Malika", phones=frozenset({"901234567"}))) == [somebody]


def test_common_names_are_narrowed_to_those_sharing_most(home_centre, monkeypatch) -> None:
    monkeypatch.setattr(lookup, "_MOST_AT_ONCE", 3)
    monkeypatch.setattr(lookup, "MOST_WEIGHED", 4)
    for number in range(6):
        people.person(
            "Karimov", "Anvar", patronymic=f"{'ABCDEF'[number]}rustam", birth=Birth(1990, 3, 4 + number), at=home_centre
        )
    somebody = people.person("Karimov", "Anvar", patronymic="Zokirovich", birth=Birth(1990, 3, 20), at=home_centre)
    assert found(wanted("Каримов", "Анвар", "Зокирович", birth=KnownBirth(1990, 3, 20)))[0] == somebody


def test_a_namesake_of_another_father_does_not_hide_a_year_mistyped(home_centre) -> None:
    other = people.person("Lebedev", "Yuriy", patronymic="Olegovich", birth=Birth(1994, 3, 1), at=home_centre)
    somebody = people.person("Lebedev", "Yuriy", patronymic="Rashidovich", birth=Birth(1984, 5, 12), at=home_centre)
    record = wanted("Лебедев", "Юрий", "Рашидович", birth=KnownBirth(1994, 5, 12))
    assert found(record) == [somebody, other]


def test_of_a_crowd_namesakes_come_before_those_who_share_a_father(home_centre, monkeypatch) -> None:
    monkeypatch.setattr(lookup, "_MOST_AT_ONCE", 3)
    monkeypatch.setattr(lookup, "MOST_CANDIDATES", 2)
    for family in ("Karimov", "Yusupov", "Hamidov", "Mirzayev"):
        people.person(family, "Anvar", patronymic="Rustamovich", at=home_centre)
    namesake = people.person("Zokirjonov", "Anvar", at=home_centre)
    assert found(wanted("Зокиржонов", "Анвар", "Рустамович"))[0] == namesake


def test_a_slip_is_found_beside_somebody_who_fits(home_centre) -> None:
    fitting = people.person("Zokirjonov", "Dostonbek", at=home_centre)
    misspelt = people.person("Zodirjonov", "Dostonbek", at=home_centre)
    assert found(wanted("Zokirjonov", "Dostonbek")) == [fitting, misspelt]


def test_slips_fill_the_page_and_do_not_make_a_search_wide(home_centre, search) -> None:
    for _ in range(persons.MOST_SHOWN):
        people.person("Zodirjonov", "Dostonbek", at=home_centre)
    fitting = people.person("Zokirjonov", "Dostonbek", at=home_centre)
    result = search("Zokirjonov Dostonbek")
    assert (result.hits[0].person, len(result.hits), result.is_wide) == (fitting, 10, False)


def test_with_a_birth_that_fits_nobody_is_asked_for_with_a_slip(home_centre) -> None:
    fitting = people.person("Zokirjonov", "Dostonbek", birth=Birth(1994, 5, 12), at=home_centre)
    people.person("Zodirjonov", "Dostonbek", birth=Birth(1994, 8, 1), at=home_centre)
    assert found(wanted("Zokirjonov", "Dostonbek", birth=KnownBirth(1994))) == [fitting]


@pytest.mark.parametrize("typed_as", ["Rahimov", "Rahimzoda"])
def test_among_namesakes_the_ending_that_was_typed_comes_first(home_centre, typed_as) -> None:
    for family in ("Rahimzoda", "Rahimov"):
        for _ in range(3):
            people.person(family, "Firuz", at=home_centre)
    assert [person.family_name for person in found(wanted(typed_as, "Firuz"))[:3]] == [typed_as] * 3


def test_a_search_asks_as_often_among_many_as_among_few(home_centre) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            lookup.find(wanted("Zokirjonov", "Dostonbek", "Rustamovich"))
        return len(queries)

    for given_name in ("Dostonbek", "Dostonbef"):
        people.person("Zokirjonov", given_name, at=home_centre)
    lookup.registry_size()
    few = asked()
    for number in range(30):
        people.person("Zokirjonov", f"Dostonbe{'bcdfgklmnp'[number % 10]}", patronymic="Rustamovich", at=home_centre)
    assert (few, asked()) == (3, 3)


def test_who_contradicts_stands_last(home_centre) -> None:
    people.person("Karimov", "Hasan", patronymic="Anvarovich", birth=Birth(1990, 2, 3), at=home_centre)
    husan = people.person("Karimov", "Husan", patronymic="Anvarovich", birth=Birth(1990, 2, 3), at=home_centre)
    assert found(wanted("Karimov", "Husan", "Anvarovich", birth=KnownBirth(1990, 2, 3)))[0] == husan


def test_a_name_of_one_part_is_stored_and_found(home_centre, search) -> None:
    somebody = people.person("Nodira", "", at=home_centre)
    assert [hit.person for hit in search("Нодира").hits] == [somebody]


def test_keys_are_few_and_of_both_kinds(home_centre) -> None:
    person = people.person("Karimov", "Anvar", patronymic="Rustamovich", birth=Birth(1990, 2, 3), at=home_centre)
    keys = set(IndexKey.objects.filter(person=person).values_list("key", "year"))
    assert len([key for key, _year in keys if key < 0]) == 5
    assert len([key for key, _year in keys if key >= 0]) == 2
    assert {year for _key, year in keys} == {1990}
    assert "Karimov" not in str(IndexKey.objects.first())


def test_every_level_of_the_comparison_has_words() -> None:
    known = set(name_reasons.known_levels())
    missing = {pair for pair in weights() if pair not in known and pair[1] not in {"same", "missing"}}
    assert missing == set()
    assert name_reasons.words_of("birth", "same_year") == "same year of birth"
