import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safar.methods.names.parsing import (
    ParsedName,
    ends_as_family,
    interpretations,
    is_initial,
    looks_like_family,
    parse_name,
    sex_shown_by,
    words,
)
from safar.methods.names.scripts import UnreadableScriptError, require_readable


@pytest.mark.parametrize(
    "marker",
    ["oʻgʻli", "o'g'li", "ogli", "ugli", "ogly", "oglu", "oğlu", "qizi", "kizi", "kyzy", "qyzy", "uulu", "uly", "ўғли", "угли", "оглы", "қизи", "кизи", "кызы", "қызы", "уулу", "ұлы", "улы"],
)  # fmt: skip
def test_the_words_for_son_and_daughter_name_the_father_apart_and_joined(marker):
    father = "Рустам" if marker > "z" else "Rustam"
    assert parse_name("Karimov", f"Anvar {father} {marker}") == ParsedName("Karimov", "Anvar", father)
    assert parse_name("Karimov", "Anvar", f"{father}{marker}") == ParsedName("Karimov", "Anvar", father)
    assert parse_name("Karimov", "Anvar", f"{father}-{marker}") == ParsedName("Karimov", "Anvar", father)


@pytest.mark.parametrize(
    "father",
    ["Rustamovich", "Rustamovna", "Рустамович", "Рустамовна", "Sergeyevich", "Сергеевна", "Rustamowitsch", "Rustamowicz", "Rustamovitch", "Rustamowna", "Ильич", "Ильинична"],
)  # fmt: skip
def test_a_word_in_ovich_names_the_father_in_every_language(father):
    assert parse_name(f"Anvar {father} Karimov") == ParsedName("Karimov", "Anvar", father)


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("Gurbanguly Berdimuhamedow", ParsedName("Berdimuhamedow", "Gurbanguly", "")),
        ("Мирзо Турсун-заде", ParsedName("Турсунзаде", "Мирзо", "")),
        ("Турсун заде Мирзо", ParsedName("Турсунзаде", "Мирзо", "")),
        ("O. Toʻxtayev", ParsedName("Toʻxtayev", "O", "")),
        ("Toʻxtayev O.A.", ParsedName("Toʻxtayev", "O", "A")),
        ("Анна Достоевская", ParsedName("Достоевская", "Анна", "")),
        ("Ulugbek Kasymbekoff", ParsedName("Kasymbekoff", "Ulugbek", "")),
        ("Roza Otunbajevová", ParsedName("Otunbajevová", "Roza", "")),
        ("Жапаров, Садыр Нургожоевич", ParsedName("Жапаров", "Садыр", "Нургожоевич")),
        ("Нұрлан Мәжитұлы Әбдіров", ParsedName("Әбдіров", "Нұрлан", "Мәжит")),
        ("Karimov Anvar – Rustam", ParsedName("Karimov", "Anvar", "Rustam")),
    ],
)
def test_a_name_in_one_field_is_taken_apart(text, parsed):
    assert parse_name(text) == parsed
    assert parsed in interpretations(text)


def test_where_no_ending_tells_every_word_may_be_the_family_name():
    meant = interpretations("Рахмон Эмомали")
    assert ParsedName("Рахмон", "Эмомали", "") in meant
    assert ParsedName("Эмомали", "Рахмон", "") in meant


def test_a_comma_and_an_ending_tell():
    assert {parsed.family for parsed in interpretations("Айталы, Амангелді Сұлтан")} == {"Айталы"}
    assert {parsed.family for parsed in interpretations("Anvar Rustam Karimov")} == {"Karimov"}
    assert interpretations("Karimov, Rustamovich")[0] == parse_name("Karimov, Rustamovich")


def test_a_father_in_uulu_may_be_the_family_name():
    assert ParsedName("Асан", "Бакыт", "") in interpretations("Бакыт Асан уулу")


def test_a_long_name_is_read_in_one_way():
    text = "Abu Ali Husain Abdulloh Hasan Sino"
    assert interpretations(text) == (parse_name(text),)


@pytest.mark.parametrize(
    "word", ["Karimov", "Каримова", "Karimow", "Karimoff", "Karimovs", "Karimovas", "Rasulzoda", "Zade"]
)
def test_endings_of_family_names(word):
    assert looks_like_family(word)
    assert ends_as_family(word)


@pytest.mark.parametrize("word", ["Никитин", "Nikitina", "Достоевский", "Shevchenko", "Rahimpur", "Karimiyon"])
def test_endings_that_only_rather_are_family_names(word):
    assert ends_as_family(word)
    assert not looks_like_family(word)


@pytest.mark.parametrize(
    ("word", "sex"),
    [
        ("Karimova", "female"), ("Каримовна", "female"), ("Karimovová", "female"), ("Достоевская", "female"),
        ("Karimov", "male"), ("Каримович", "male"), ("Karimow", "male"), ("Достоевский", "male"), ("Karim", ""),
    ],
)  # fmt: skip
def test_an_ending_shows_the_sex(word, sex):
    assert sex_shown_by(word) == sex


@pytest.mark.parametrize(("word", "initial"), [("O", True), ("Oʻ", True), ("Sh", True), ("Ya", True), ("Oy", False)])
def test_initials(word, initial):
    assert is_initial(word) is initial


def test_hyphens_join_and_dashes_and_brackets_part():
    assert words("Abdul-Aziz (Karimov) - [Ali]") == ["AbdulAziz", "Karimov", "Ali"]


@pytest.mark.parametrize("text", ["محمد", "Karimov محمد", "1990", " "])
def test_letters_we_have_no_table_for_are_refused(text):
    with pytest.raises(UnreadableScriptError):
        require_readable(text)
    assert require_readable("Каримов 2") == "Каримов 2"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30))
def test_no_text_breaks_the_interpretations(text):
    meant = interpretations(text)
    assert meant[0] == parse_name(text) or "," in text
    assert len(meant) == len(set(meant))
