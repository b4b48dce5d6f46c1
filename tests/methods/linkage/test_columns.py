import pytest

from safar.methods.linkage.columns import NOT_BORN, Born, birth, columns, document_hash, phone_tail, sex_of, table
from tests.methods.linkage.registries import record


def made(*fields, **wanted):
    return columns(0, record("r1", *fields, **wanted))


def test_scripts_of_one_name_give_the_same_columns():
    latin = made("To'xtayev", "O'tkir", "Anvar o'g'li")
    for other in (
        made("Тўхтаев", "Ўткир", "Анвар ўғли"),
        made("Тухтаев", "Уткир", "Анварович"),
        made("TUKHTAEV", "UTKIR", ""),
    ):
        assert (other.family, other.given, other.pair) == (latin.family, latin.given, latin.pair)
        assert other.father in {latin.father, None}


def test_a_lost_apostrophe_leaves_the_loose_key_equal_and_marked():
    dropped, kept = made("TOXTAYEV", "OTKIR"), made("To'xtayev", "O'tkir")
    assert dropped.given != kept.given
    assert dropped.given_loose[1:] == kept.given_loose[1:]
    assert dropped.given_loose[0] == "O"


def test_the_kyrgyz_letter_that_russian_writes_in_two_ways_is_marked():
    assert made("Асанов", "Өмүрбек").given_loose[0] == "O"
    assert made("Асанов", "Акмат").given_loose[0] == "o"


def test_a_courtesy_after_a_vowel_does_not_hide_the_vowel():
    assert made("Karimova", "Zulfiyaxon").given == made("Karimova", "Zulfiya").given


def test_swapped_fields_have_the_same_pair():
    assert made("Akmal", "Qodir").pair == made("Qodir", "Akmal").pair


def test_a_known_name_is_listed_and_a_slip_is_not():
    assert made("Karimov", "Anvar").given_listed
    assert not made("Karimov", "Anvbr").given_listed


def test_an_initial_is_no_name():
    assert made("Karimov", "A").given is None
    assert made("Karimov", "").pair is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1985-03-07", Born(1985, 3, 7)),
        ("07.03.1985", Born(1985, 3, 7)),
        ("7/3/1985", Born(1985, 3, 7)),
        ("1985-03-07 00:00:00", Born(1985, 3, 7)),
        ("1985-03", Born(1985, 3)),
        ("1985-00-00", Born(1985)),
        (" 1985 ", Born(1985)),
        ("", NOT_BORN),
    ],
)
def test_dates_are_read_as_clerks_write_them(text, expected):
    assert birth(text) == expected


@pytest.mark.parametrize("text", ["yesterday", "1985-02-30", "31.02.1985", "0985-01-02", "2985", "85"])
def test_what_is_no_date_of_birth_is_refused(text):
    with pytest.raises(ValueError, match=r"date of birth|was born"):
        birth(text)


def test_only_a_date_known_in_full_is_compared_as_one():
    full, year, january = (made("A", "B", dob=dob) for dob in ("1985-03-07", "1985", "1985-01-01"))
    assert (full.born, full.born_crossed, full.birthday) == ("19850307", "19850703", "0307")
    assert year.born is january.born is None
    assert year.year == january.year == "1985"


def test_a_record_without_a_year_is_found_by_its_names():
    undated = made("Karimov", "Anvar", dob="")
    assert undated.pair_undated == undated.pair
    assert made("Karimov", "Anvar").pair_undated is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("+998 90 123-45-67", "901234567"), ("901234567", "901234567"), ("12345", None), ("", None), ("000000000", None)],
)
def test_phones_keep_their_last_nine_digits(text, expected):
    assert phone_tail(text) == expected


def test_documents_are_one_whatever_their_spaces_case_and_letters():
    assert document_hash("AB 1234567") == document_hash("ab1234567") == document_hash("АВ1234567")
    assert document_hash("AB1234567") != document_hash("AB1234568")
    assert document_hash("AB12") is document_hash("") is document_hash("0000000") is None


@pytest.mark.parametrize(
    ("text", "expected"), [("Female", "f"), ("м", "m"), ("ayol", "f"), ("эркек", "m"), ("unknown", None)]
)
def test_sexes_are_read_in_the_words_of_registers(text, expected):
    assert sex_of(text) == expected


def test_a_table_of_no_records_has_the_columns():
    assert table([]).num_rows == 0
    assert "family_bones" in table([]).column_names
