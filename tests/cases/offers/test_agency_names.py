"""One firm is found whatever script, form, quotes or order its name stands in; another one is not."""

import pytest

from safar.cases.rules.agency_names import Likeness, compare, find, parse


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Global Job LLC", "«Глобал Жоб» МЧЖ"),
        ('"Yangi yoʻl" MChJ', "Янги йўл"),
        ("YANGI YO'L", "Янги Йўл ХК"),
        ("Mas'uliyati cheklangan jamiyat Xorij ish servis", "ООО «Хориж иш сервис»"),
        ("Namuna Safar", "Namuna Safar M.Ch.J."),
        ("Safar Namuna MChJ", "Namuna Safar"),
        ("Namuna-Safar xususiy bandlik agentligi", "частное агентство занятости «Намуна Сафар»"),
        ("NamunaSafar", "Namuna Safar"),
        ("Misol Mehnat qo'shma korxonasi", "Misol Mehnat qo'shma korxonasi QK"),
    ],
)
def test_one_firm_in_two_spellings_is_the_same(one, other):
    assert compare(one, other).likeness is Likeness.SAME
    assert compare(other, one).likeness is Likeness.SAME


@pytest.mark.parametrize(
    ("one", "other", "only"),
    [
        ("Turon World Cooperation", "Turon World", (("cooperation",), ())),
        ("Ishonch Bandlik", "Ishonch Bandlig", (("bandlik",), ("bandlig",))),
        ("Baraka", "Barakat", (("baraka",), ("barakat",))),
    ],
)
def test_a_name_that_is_nearly_another_says_what_differs(one, other, only):
    found = compare(one, other)
    assert found.likeness is Likeness.NEAR
    assert 82 <= found.score < 100
    assert (found.only_one, found.only_other) == only


@pytest.mark.parametrize(("one", "other"), [("Namuna Safar", "Misol Mehnat"), ("Oq", "Ot"), ("", "Namuna")])
def test_other_firms_are_others(one, other):
    assert compare(one, other).likeness is Likeness.OTHER


def test_forms_that_differ_are_told_and_a_form_inside_a_name_is_a_part_of_it():
    assert compare("Namuna MChJ", "Namuna XK").forms_differ
    assert not compare("Namuna MChJ", "Намуна ООО").forms_differ
    assert parse("Asia SP Travel").words == ("asia", "sp", "travel")
    assert parse("MChJ").words == ("mchj",)  # a name that is nothing else keeps its word
    assert parse("Agentlik kompaniyasi").key


def test_finding_puts_the_same_name_first_and_each_agency_once():
    names = [(parse(name).key, ref) for name, ref in [("Baraka", 1), ("Barakat", 2), ("Barakat Plus", 2), ("Oltin", 3)]]
    hits = find("«Барака» МЧЖ", names, most=5)
    assert [(hit.ref, hit.likeness) for hit in hits] == [(1, Likeness.SAME), (2, Likeness.NEAR)]
    assert find("«»", names, most=5) == []
    assert len(find("Baraka", names, most=1)) == 1
