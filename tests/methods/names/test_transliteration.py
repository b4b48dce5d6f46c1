from importlib import resources

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from safar.methods.names.scripts import normalise
from safar.methods.names.transliteration import to_cyrillic, to_latin
from tests.methods.names.spellings import uzbek

WORDS = [
    ("Oʻzbekiston", "Ўзбекистон"),
    ("Gʻafur gʻoʻza", "Ғафур ғўза"),
    ("Isʼhoq", "Исҳоқ"),
    ("SHAHAR", "ШАҲАР"),
    ("Shahar", "Шаҳар"),
    ("eʼlon", "эълон"),
    ("Raʼno", "Раъно"),
    ("yoʻl", "йўл"),
    ("YANGIYOʻL", "ЯНГИЙЎЛ"),
    ("tayyor", "тайёр"),
    ("yer", "ер"),
    ("ekin", "экин"),
    ("aeroport", "аэропорт"),
    ("poyezd", "поезд"),
    ("sʼyezd", "съезд"),
    ("ketsa", "кетса"),
    ("litsey", "лицей"),
    ("konsultatsiyaga", "консультацияга"),
    ("rayonida", "районида"),
    ("yodgor", "ёдгор"),
    ("yod", "йод"),
    ("sirk", "цирк"),
    ("Shveytsariya", "Швейцария"),
    ("FRANSIYA", "ФРАНЦИЯ"),
    ("E. Yoʻldoshev, 1990-yil", "Э. Йўлдошев, 1990-йил"),
]


@pytest.mark.parametrize(("latin", "cyrillic"), WORDS)
def test_latin_becomes_cyrillic(latin, cyrillic):
    assert to_cyrillic(latin) == cyrillic


@pytest.mark.parametrize(("latin", "cyrillic"), [pair for pair in WORDS if pair[0] != "Shveytsariya"])
def test_cyrillic_becomes_latin(latin, cyrillic):
    assert to_latin(cyrillic) == latin


def test_any_apostrophe_is_understood_and_a_stray_sign_says_nothing():
    assert to_cyrillic("O'tkir To’xtayev Ra`no") == "Ўткир Тўхтаев Раъно"
    assert to_cyrillic("aʻ") == "а"


def test_a_glottal_stop_after_o_stays_one_in_house_spelling():
    assert to_cyrillic(to_latin("моъжиза")) == "моъжиза"


def test_text_in_other_letters_is_left_alone():
    assert to_latin("Karimov 1990") == "Karimov 1990"
    assert to_cyrillic("Каримов 1990") == "Каримов 1990"


def listed_exceptions():
    return yaml.safe_load(resources.files("safar.methods.names").joinpath("exceptions.yaml").read_text("utf-8"))


def test_every_exception_survives_the_way_there_and_back():
    listed = listed_exceptions()
    for word in (*listed["stems"], *listed["words"]):
        assert to_cyrillic(to_latin(word)) == word
    for latin, cyrillic in listed["spellings"].items():
        assert to_cyrillic(latin) == cyrillic


def test_every_uzbek_given_name_survives_the_way_there_and_back():
    for name in map(normalise, uzbek()):
        assert to_latin(to_cyrillic(name)) == name


# Letters that the Latin alphabet writes; ц ь щ ы and э after a consonant need the list of exceptions.
NATIVE = st.text("абвгджзиклмнопрстуфхчшқғҳў", min_size=1, max_size=12)


STEMS = tuple(to_latin(word) for word in listed_exceptions()["stems"])


@settings(deadline=None)
@given(NATIVE)
def test_native_cyrillic_survives_the_way_there_and_back(word):
    assume(not to_latin(word).startswith(STEMS))
    assert to_cyrillic(to_latin(word)) == word


@settings(deadline=None)
@given(st.text(alphabet="abdefghijklmnopqrstuvxyzʻʼ ", max_size=20))
def test_no_latin_text_breaks_the_transliteration(text):
    assert isinstance(to_cyrillic(text), str)
