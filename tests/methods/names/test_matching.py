import csv
from collections import defaultdict
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safar.methods.names.births import Birth
from safar.methods.names.evidence import CAP_CONTRADICTED, Record, compare
from safar.methods.names.keys import token_key
from safar.methods.names.matching import MATCH_FROM, Named, match
from safar.methods.names.transliteration import to_cyrillic
from tests.methods.names.figures import FOREIGN, hardest_of_two, mixed, of_one_person
from tests.methods.names.spellings import DATA, in_russian, names, uzbek


def matches(left, right):
    return match(Named(left), Named(right)).is_match


def pairs(file):
    with (DATA / file).open(encoding="utf-8") as lines:
        return [(row["name"], row["other"]) for row in csv.DictReader(lines)]


def test_published_spellings_of_one_person_match_and_namesakes_do_not():
    positive, negative = of_one_person(), hardest_of_two(1500)
    found = sum(matches(one.name, two.name) for one, two in positive)
    wrong = sum(matches(one.name, two.name) for one, two in negative)
    assert len(positive) >= 1500
    assert wrong <= 2
    assert 2 * found / (len(positive) + found + wrong) >= 0.99


def test_the_languages_of_the_region_english_and_russian_match_without_a_miss():
    near = [pair for pair in of_one_person() if not {pair[0].language, pair[1].language} & FOREIGN]
    missed = [(one.name, two.name) for one, two in near if not matches(one.name, two.name)]
    assert len(near) >= 600
    assert len(missed) <= len(near) / 100


def test_spellings_that_were_looked_at_after_the_rules_match_too():
    groups = defaultdict(list)
    with (DATA / "spelled_apart.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            groups[row["group"]].append(row["name"])
    alike = [pair for names in groups.values() for pair in combinations(names, 2)]
    apart = [(names[0], others[-1]) for names, others in combinations(groups.values(), 2)]
    assert sum(matches(*pair) for pair in alike) / len(alike) >= 0.98
    assert [pair for pair in apart if matches(*pair)] == []


def test_another_family_name_is_another_person():
    wrong = [pair for pair in mixed(600) if matches(*pair)]
    assert len(wrong) <= 6, wrong


def test_given_names_that_differ_never_match_and_at_most_one_couple_in_58_has_one_key():
    couples = pairs("given_that_differ.csv")
    assert len(couples) == 58
    assert [couple for couple in couples if matches(f"Karimov {couple[0]}", f"Karimov {couple[1]}")] == []
    assert sum(token_key(one) == token_key(two) for one, two in couples) <= 1


def test_twins_of_every_couple_stay_two_with_one_birth_father_phone_and_house():
    born = Birth(1990, 5, 3)
    rest = {"patronymic": "Anvar", "birth": born, "phones": frozenset({"901234567"}), "district": "UZ1703202"}
    for one, two in pairs("given_that_differ.csv"):
        assert not match(Named(f"Karimov {one}", birth=born), Named(f"Karimov {two}", birth=born)).is_match
        evidence = compare(Record("Karimov", one, **rest), Record("Karimov", two, **rest), people=2)
        assert evidence.probability <= CAP_CONTRADICTED, (one, two)


def test_a_slip_of_the_pen_is_no_other_name():
    left, right = (
        Record("Karimov", "Sanjar", birth=Birth(1990, 5, 3)),
        Record("Karimov", "Sanvar", birth=Birth(1990, 5, 3)),
    )
    assert compare(left, right).contradictions == ()
    assert compare(Record("Karimov", "Nosir"), Record("Karimov", "Nozir")).contradictions == ("given",)


def test_given_names_that_agree_match_in_every_spelling():
    spellings = pairs("given_that_agree.csv")
    assert len(spellings) == 38
    assert [pair for pair in spellings if not matches(f"Karimov {pair[0]}", f"Karimov {pair[1]}")] == []


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("O. Toʻxtayev", "Тўхтаев Ўткир Анварович"),
        ("Toʻxtayev O.A.", "Тўхтаев Ўткир Анварович"),
        ("Рахмон Эмомали", "Emomali Rahmon"),
        ("Қалыбаев Әбдіржан", "Абдиржан Калыбаевич Калыбаев"),
        ("Турсун заде Мирзо", "Mirzo Tursunzoda"),
        ("Бакыт Асан уулу", "Bakyt Asanov"),
        ("Ходжаев Файзулла", "Faizullah Khodzhaev"),
        ("Ulugbek Kasymbekoff", "Улугбек Касымбеков"),
        ("Рустами Эмомалӣ", "Rustam Emomali"),
        ("Нұрлан Мәжитұлы Әбдіров", "Абдиров, Нурлан Мажитович"),
        ("Анна Никитина", "Anna Nikitina"),
        ("Достоевская Анна", "Anna Dostoyevskaya"),
        ("Ёқубов Ёрқин", "EKUBOV ERKIN"),
        ("Karimov Mir Said", "Каримов Мирсаид"),
        ("Karimov Said", "Каримов Мир Саид"),
        ("Гулям Гафур", "Gʻafur Gʻulom"),
    ],
)
def test_one_person_under_two_full_names(left, right):
    assert matches(left, right)
    assert matches(right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Karimov Rahim", "Rahimov Karim"),
        ("Bozor Sobir", "Sobira Bozor"),
        ("Rishod Sobirov", "Rishod Kabirov"),
        ("Karimov Anvar Rustam oʻgʻli", "Karimov Botir Rustam oʻgʻli"),
        ("Karimov", "Karimov Anvar"),
        ("Karimov A.", "Karimov Botir"),
    ],
)
def test_two_people_who_share_much(left, right):
    assert not matches(left, right)


def test_a_date_of_birth_decides_what_the_name_leaves_open():
    left, right = Named("Karimov Sanjar", birth=Birth(1990, 5, 3)), Named("Каримов Санжор", birth=Birth(1990, 5, 3))
    one_letter = Named("Karimov Sanzar", birth=Birth(1990, 5, 3))
    assert match(left, right).score > match(Named(left.name), Named(right.name)).score
    assert not match(Named(left.name), Named("Karimov Sandar")).is_match
    assert match(left, one_letter).is_match
    assert not match(left, Named("Karimov Sanjar", birth=Birth(1962, 11, 28))).is_match


def test_twins_never_match_however_much_else_agrees():
    born = Birth(1990, 5, 3)
    found = match(Named("Karimov Hasan", "male", born), Named("Karimov Husan", "male", born))
    assert found.score < MATCH_FROM
    assert found.evidence.contradictions == ("given",)


def test_another_sex_speaks_against_and_the_same_sex_for_nobody():
    plain = match(Named("Karimov Nur"), Named("Каримов Нур")).score
    assert match(Named("Karimov Nur", "male"), Named("Каримов Нур", "male")).score == plain
    assert match(Named("Nur Karim", "male"), Named("Нур Карим", "female")).score < 0.75


def test_a_rare_given_name_carries_a_family_name_in_other_vowels_and_a_common_one_does_not():
    assert matches("Dinmukhamed Kunaev", "Дінмұхаммед Кенаев")
    assert not matches("Anvar Kunaev", "Анвар Кенаев")


NAME = st.sampled_from(sorted({*uzbek(), *names("given_tg_cyrl.csv"), *names("given_ky_cyrl.csv")}))


def ended(name, ending):
    """Return a name with an ending in its own script."""
    return name + (ending if name.isascii() or "ʻ" in name else to_cyrillic(ending))


@settings(max_examples=60, deadline=None)
@given(NAME, NAME, NAME)
def test_neither_order_nor_script_nor_the_side_matters(family, first, father):
    latin = f"{ended(family, 'ov')} {first} {ended(father, 'ovich')}"
    cyrillic = to_cyrillic(f"{first} {ended(father, 'ovich')} {ended(family, 'ov')}")
    russian = in_russian(to_cyrillic(f"{ended(family, 'ov')} {first}"))
    assert matches(latin, cyrillic)
    assert matches(latin, russian)
    assert match(Named(latin), Named(russian)).score == match(Named(russian), Named(latin)).score
