"""No complaint can be sent to whom it is about, to one above or below, or opened by somebody it names."""

import datetime as dt
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safar.cases.queries.complaints import KINDS, Institutions, institutions_of, meant_by
from safar.cases.rules.complaints import (
    Access,
    ComplaintDetails,
    Institution,
    Reader,
    chain_of,
    may_open,
    recipients_for,
)
from safar.reference.queries.codes import code_list

TODAY = dt.date(2026, 11, 24)
A, B, C = (UUID(int=number) for number in (1, 2, 3))
COUNTRIES = ["UZ", "KG", "TJ"]


def ancestors(listed, code):
    """The second implementation: climb one step at a time."""
    by_code = {each.code: each for each in listed}
    found = set()
    while by_code[code].parent:
        code = by_code[code].parent
        found.add(code)
    return found


@pytest.mark.parametrize("country", COUNTRIES)
def test_nobody_hears_a_complaint_about_themselves_or_about_one_they_stand_above_or_below(country):
    listed = institutions_of(country).chain
    for kind in code_list(KINDS).values:
        assert recipients_for(kind.code, [], listed), kind.code
        for accused in listed:
            heard = set(recipients_for(kind.code, [accused.code], listed))
            assert accused.code not in heard
            assert not heard & ancestors(listed, accused.code)
            assert not {each for each in heard if accused.code in ancestors(listed, each)}


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_complaint_about_the_host_still_finds_somebody_to_hear_it(country):
    found = institutions_of(country)
    for kind in code_list(KINDS).values:
        heard = recipients_for(kind.code, [found.host], found.chain)
        assert heard
        assert found.host not in heard


@st.composite
def _forests(draw):
    size = draw(st.integers(2, 7))
    parents = [draw(st.integers(-1, place - 1)) for place in range(size)]
    return [
        Institution(f"i{place}", f"i{parent}" if parent >= 0 else "", draw(st.booleans()), frozenset({"other"}))
        for place, parent in enumerate(parents)
    ]


@settings(max_examples=80)
@given(_forests(), st.data())
def test_in_any_order_of_authorities_the_chain_is_bypassed(listed, data):
    accused = data.draw(st.lists(st.sampled_from([each.code for each in listed]), min_size=1, max_size=2))
    heard = recipients_for("other", accused, listed)
    for code in accused:
        assert code not in heard
        assert not ancestors(listed, code) & set(heard)
        assert not {each for each in heard if code in ancestors(listed, each)}
    # Naming one more institution never opens a door to another.
    assert set(recipients_for("other", [*accused, listed[0].code], listed)) <= set(heard)


def test_branches_are_barred_with_their_sister_and_a_government_does_not_bar_everybody():
    listed = {
        each.code: each
        for each in [
            Institution("government", umbrella=True),
            Institution("agency", "government"),
            Institution("north", "agency"),
            Institution("south", "agency"),
            Institution("police", "government"),
        ]
    }
    assert chain_of(["north"], listed) == {"north", "agency", "government", "south"}
    assert chain_of(["unheard_of"], listed) == {"unheard_of"}
    assert "police" in chain_of(["government"], listed)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Migratsiya agentligining Namangan filiali", "migration_agency"),
        ("агентства миграции в Намангане", "migration_agency"),
        ("Toshkent shahar prokuraturasi", "prosecutor"),
        ("милиция", "interior_ministry"),
        ("Konsullik", "consulate"),
    ],
)
def test_an_institution_is_known_by_what_people_call_it(text, code):
    assert code in meant_by(text, institutions_of("UZ"))


@pytest.mark.parametrize("text", ["", "Baraka MChJ", "mahalla raisi"])
def test_other_words_mean_no_institution(text):
    assert not meant_by(text, institutions_of("UZ"))


@pytest.mark.parametrize(
    ("about", "named", "reader", "opens"),
    [
        (None, [], Reader(A, B), True),
        (None, [], Reader(A, C), False),  # another centre
        (None, [], Reader(A, None), True),
        (None, [], Reader(A, C, is_independent=True), True),
        (None, [A], Reader(A, B), False),
        (None, [A], Reader(A, B, is_independent=True), False),
        (None, [A], Reader(C, B), False),  # colleagues of somebody named
        (B, [], Reader(A, B), False),
        (B, [], Reader(A, B, is_independent=True), True),
        (B, [], Reader(None, B), False),
    ],
)
def test_who_may_open_a_complaint(about, named, reader, opens):
    access = Access(frozenset(named), about, centre=B, taken_by=UUID(int=9))
    assert may_open(access, reader) is opens


def test_who_took_a_complaint_about_the_centre_keeps_it():
    assert may_open(Access(frozenset(), B, centre=B, taken_by=A), Reader(A, B))


def test_details_say_what_is_wrong():
    wrong = ComplaintDetails("other", " ", happened_on=TODAY + dt.timedelta(days=1), amount=Decimal(5))
    assert wrong.problems(TODAY) == {
        "agency": "nobody",
        "told": "missing",
        "happened_on": "future",
        "currency": "missing",
    }
    assert ComplaintDetails("other", "x", institution_name="X", amount=Decimal(0), currency="USD").problems(TODAY) == {
        "amount": "negative"
    }
    assert not ComplaintDetails("other", "x", named_staff=[A]).problems(TODAY)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"host": "nobody"}, "Institutions are missing: nobody"),
        (
            {"institutions": [{"code": "a", "name": {"en": "A"}, "hears": ["noise"], "source": "x", "verify": True}]},
            "no such complaints",
        ),
    ],
)
def test_a_broken_file_is_refused(change, says):
    raw = institutions_of("TJ").model_dump() | {"host": "a", "licensor": "a"} | change
    raw["institutions"] = change.get("institutions", raw["institutions"])
    with pytest.raises(ValueError, match=says):
        Institutions.model_validate(raw if "institutions" in change else raw | {"licensor": "labour_ministry"})
