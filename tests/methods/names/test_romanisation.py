import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safar.methods.names.romanisation import NoSchemeError, romanise
from tests.methods.names.spellings import in_passport, names


# The examples are those that the authorities and their readers print.
@pytest.mark.parametrize(
    ("text", "language", "scheme", "latin"),
    [
        ("Ысык-Көл Облусу", "ky", "bgn", "Ysyk-Köl Oblusu"),
        ("Жалал-Абад", "ky", "bgn", "Jalal-Abad"),
        ("Ўзбек ёзуви", "uz", "bgn", "Ŭzbek yozuwi"),
        ("Бағдод", "tg", "bgn", "Baghdod"),
        ("Саъдӣ", "tg", "bgn", "Sa’dí"),
        ("рӯзгор", "tg", "bgn", "rŭzgor"),
        ("Еловая шишка", "ru", "bgn", "Yelovaya shishka"),
        ("Сергеев", "ru", "bgn", "Sergeyev"),
        ("Ёж", "ru", "bgn", "Yëzh"),
        ("ЮРИЙ ЩЕРБАКОВ", "ru", "passport", "IURII SHCHERBAKOV"),
        ("Тўхтаев Қаҳрамон", "uz", "passport", "Tukhtaev Kakhramon"),
        ("Тўхтаев Қаҳрамон", "uz", "national", "Toʻxtayev Qahramon"),
        ("Әжинияз Қосыбай улы", "kaa", "national", "Ájiniyaz Qosıbay ulı"),
        ("Ерназар", "kaa", "bgn", "Yernazar"),
        ("Шер Я. Ю2", "ru", "passport", "Sher Ia. Iu2"),
    ],
)
def test_a_name_in_latin_letters_of_each_scheme(text, language, scheme, latin):
    assert romanise(text, language, scheme) == latin


@pytest.mark.parametrize(("language", "scheme"), [("tg", "national"), ("ky", "national"), ("ru", "national")])
def test_a_language_without_a_latin_alphabet_says_so(language, scheme):
    with pytest.raises(NoSchemeError, match=language):
        romanise("Хуршед", language, scheme)


@pytest.mark.parametrize("name", names("given_tg_cyrl.csv") + names("given_ky_cyrl.csv"))
def test_passports_agree_with_a_table_written_apart(name):
    assert romanise(name, "tg", "passport").upper() == in_passport(name)


@settings(deadline=None)
@given(st.text(max_size=20))
def test_no_text_breaks_a_romanisation_and_latin_text_is_left_alone(text):
    assert isinstance(romanise(text, "tg", "bgn"), str)
    assert romanise("Karimov İ 1990", "tg", "passport") == "Karimov İ 1990"
