"""The quick guess that chooses which files are weighed in full: it orders as the evidence does, without a database."""

import pytest

from safar.methods.names.births import UNKNOWN, Birth
from safar.methods.names.evidence import Record, compare
from safar.people.queries.closeness import Closeness, Seen

ASKED = Record("Zokirjonov", "Dostonbek", "Rustamovich", Birth(1994, 5, 12), "male", frozenset(), "UZ1703202")


def seen(*names, birth=UNKNOWN, sex="unknown", district="") -> Seen:
    return Seen(names or (("Zokirjonov", "Dostonbek", "Rustamovich"),), birth, sex, district)


def bits(of: Seen, asked: Record = ASKED, *, shares_phone: bool = False) -> float:
    return Closeness(asked).of(of, shares_phone=shares_phone)


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [
        (("Зокиржонов", "Достонбек", "Рустам ўғли"), ("Зокиржонов", "Достонбек", "")),
        (("Zokirjonov", "Dostonbek", ""), ("Zokirjonov", "Dostonbek", "Alisherovich")),
        (("Zokirjonov", "Dostonbek", ""), ("Zokirjonov", "Dustonbek", "")),
        (("Zokirjonov", "Dustonbek", ""), ("Zokirjonov", "Dostonbex", "")),
        (("Zokirjonov", "Dostonbex", ""), ("Zokirjonov", "Malika", "")),
        (("Dostonbek", "Zokirjonov", ""), ("Zokirjonov", "Rustam", "")),
        (("Zokirjonov Dostonbek Rustamovich", "", ""), ("Zokirjonov Malika", "", "")),
        (("Zokirjonov", "Mir Dostonbek", ""), ("Zokirjonov", "Mir Said", "")),
        (("Zokirjonov", "Dostonbek", ""), ("Zokirjonzoda", "Dostonbek", "")),
        (("Zokirjonov", "", ""), ("", "", "")),
    ],
    ids=["father in another script", "no father", "other vowels", "one slip", "another name", "exchanged fields",
         "one field", "two given names", "another ending", "family alone"],
)  # fmt: skip
def test_a_name_that_agrees_better_has_more_bits(nearer, farther) -> None:
    assert bits(seen(nearer)) > bits(seen(farther))


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [
        (seen(birth=Birth(1994, 5, 12)), seen(birth=Birth(1994))),
        (seen(birth=Birth(1994)), seen()),
        (seen(), seen(birth=Birth(1980, 1, 2))),
        (seen(sex="male"), seen(sex="female")),
        (seen(district="UZ1703202"), seen()),
        (seen(), seen(district="UZ1710207")),
        (seen(("Karimov", "Anvar", ""), ("Zokirjonov", "Dostonbek", "")), seen(("Karimov", "Anvar", ""))),
        (seen(("Zokirjonov", "Dostonbek", "")), seen(("Zokirjonova", "Dostonbek", ""))),
    ],
    ids=["date", "year", "another date", "sex", "district", "another district", "former name", "sex by name"],
)
def test_what_else_agrees_adds_bits(nearer, farther) -> None:
    assert bits(nearer) > bits(farther)


def test_a_phone_that_is_shared_adds_bits() -> None:
    assert bits(seen(), shares_phone=True) > bits(seen())


def test_a_rare_family_name_outweighs_a_shared_father() -> None:
    """Thousands share Anvar Rustamovich; who has the rare family name but no father written is the better guess."""
    asked = Record("Qizildoshev", "Anvar", "Rustamovich")
    assert bits(seen(("Qizildoshev", "Anvar", "")), asked) > bits(seen(("Karimov", "Anvar", "Rustamovich")), asked)


@pytest.mark.parametrize(
    ("asked", "stored", "alike"),
    [
        ("Rahimzoda", ("Раҳимзода", "Anvar", ""), True),
        ("Rahimzoda", ("Rahimov", "Anvar", ""), False),
        ("Rahimov", ("Anvar", "Рахимов", ""), True),
        ("Rahimov", ("Rahimzoda Anvar", "", ""), False),
        ("Talgat", ("Талгат уулу", "Kurmanbek", ""), True),
        ("Talgatov", ("Талгат уулу", "Kurmanbek", ""), False),
    ],
)
def test_the_ending_of_a_family_name_is_seen_in_every_script_and_field(asked, stored, alike) -> None:
    assert Closeness(Record(asked, "Anvar")).ends_alike([stored]) is alike


def test_the_guess_orders_as_the_evidence_does() -> None:
    names = [
        ("Zokirjonov", "Dostonbek", "Rustamovich"),
        ("Zokirjonov", "Dostonbek", ""),
        ("Karimov", "Dostonbek", "Rustamovich"),
        ("Zokirjonov", "Dostonbek", "Alisherovich"),
        ("Karimov", "Malika", ""),
    ]
    asked = Record(*names[0])
    weighed = sorted(names, key=lambda name: compare(Record(*name), asked).bits, reverse=True)
    assert sorted(names, key=lambda name: bits(seen(name), asked), reverse=True) == weighed == names
