from dataclasses import replace

import pytest

from safar.methods.names.births import Birth
from safar.methods.names.comparison import LEVEL_SCORES
from safar.methods.names.evidence import CAP_CONTRADICTED, Record, compare, levels_of
from safar.methods.names.parameters import weights

OTKIR = Record(
    "To'xtayev", "O'tkir", "Anvar o'g'li", Birth(1990, 5, 3), "male", frozenset({"901234567"}), "UZ1703202",
    frozenset({"a1"}),
)  # fmt: skip


def levels(evidence):
    return {part.name: part.level for part in evidence.parts}


def test_one_person_in_two_scripts_is_all_but_certain():
    evidence = compare(OTKIR, replace(OTKIR, family="ТУХТАЕВ", given="Уткир", patronymic=""))
    assert levels(evidence) == {
        "family": "same_name", "given": "same_name", "birth": "same_date", "sex": "same", "phone": "same",
        "district": "same", "document": "same",
    }  # fmt: skip
    assert evidence.probability > 0.999
    assert evidence.contradictions == ()


def test_the_sum_is_the_sum_of_the_parts_and_of_nothing_else():
    evidence = compare(OTKIR, replace(OTKIR, district="UZ1703203", phones=frozenset({"907654321"})))
    assert evidence.bits == pytest.approx(sum(part.bits for part in evidence.parts), abs=0.01)
    assert levels(evidence)["district"] == "same_region"
    assert levels(evidence)["phone"] == "different"


@pytest.mark.parametrize(
    ("change", "contradiction"),
    [({"given": "Botir"}, "given"), ({"birth": Birth(1962, 11, 28)}, "birth")],
)
def test_a_brother_or_a_father_is_never_equal_whatever_else_agrees(change, contradiction):
    evidence = compare(OTKIR, replace(OTKIR, **change), people=2)
    assert evidence.contradictions == (contradiction,)
    assert evidence.probability <= CAP_CONTRADICTED


def test_a_rare_family_name_counts_more_than_karimov():
    rare = compare(Record("Qoʻldoshmurodov", "Anvar"), Record("Кулдошмуродов", "Анвар"))
    common = compare(Record("Karimov", "Anvar"), Record("Каримов", "Анвар"))
    assert rare.parts[0].bits > common.parts[0].bits + 3


def test_the_same_bits_say_less_in_a_larger_registry():
    pair = (Record("Karimov", "Anvar"), Record("Каримов", "Анвар"))
    assert compare(*pair, people=100).probability > compare(*pair, people=1_000_000).probability


def test_what_is_not_known_is_no_part():
    assert compare(Record("Karimov"), Record(given="Anvar", sex="other")).parts == ()
    assert (
        levels(compare(OTKIR, replace(OTKIR, sex="female", district="UZ0301"))).items()
        >= {
            "sex": "different",
            "district": "different",
        }.items()
    )


def test_levels_are_named_for_learning_as_the_weights_name_them():
    held = weights()
    found = levels_of(OTKIR, replace(OTKIR, family="ТУХТАЕВ", sex=""))
    assert ("family", "same") in found
    assert ("sex", "same_by_name") in found
    assert set(found) <= set(held)


def test_every_level_a_comparison_can_give_has_a_weight():
    held = weights()
    names = {level for level in LEVEL_SCORES if level not in {"same_writing", "same_name", "missing"}} | {"same"}
    assert {(part, level) for part in ("family", "given", "patronymic") for level in names} <= set(held)


def test_endings_that_disagree_speak_against_one_person():
    evidence = compare(Record("Karimov", "Nur"), Record("Karimova", "Nur"))
    assert levels(evidence)["sex"] == "different_by_name"
    assert levels(compare(Record("Karim", "Nur"), Record("Karim", "Nur"))).keys() == {"family", "given"}


def test_brothers_are_less_probable_than_strangers_who_share_as_many_bits():
    twin = replace(OTKIR, given="Otabek", documents=frozenset())
    evidence = compare(replace(OTKIR, documents=frozenset()), twin)
    assert evidence.probability <= CAP_CONTRADICTED
    assert evidence.bits > 15
