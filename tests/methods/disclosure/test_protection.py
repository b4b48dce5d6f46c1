"""Small counts are hidden, and an attacker with everything that is shown cannot work them out."""

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safar.methods.disclosure.audit import Interval, exposed, intervals
from safar.methods.disclosure.protection import Audit, ProtectedCells, protect
from safar.methods.disclosure.system import HEADLINE, CountSystem, Equation, join, one_way, two_way

CASE = json.loads((Path(__file__).parent / "sdc_suppression_audit.json").read_text())


def labels(count, letter):
    return [f"{letter}{i}" for i in range(count)]


@st.composite
def tables(draw, largest=4):
    rows, columns = draw(st.integers(1, largest)), draw(st.integers(1, largest))
    cell = st.one_of(st.integers(0, 6), st.integers(0, 60))
    inner = draw(st.lists(st.lists(cell, min_size=columns, max_size=columns), min_size=rows, max_size=rows))
    return two_way(
        "t", labels(rows, "r"), labels(columns, "c"), inner, sensitive=draw(st.sampled_from([[], ["r0"], ["c0"]]))
    )


def test_the_attackers_intervals_are_those_of_the_published_case():
    system = two_way("t", list("0123"), list("0123"), CASE["inner"])
    found = intervals(system, [("t", str(i), str(j)) for i, j in CASE["suppressed"]])
    for key, expected in CASE["intervals"].items():
        i, j = key.split(",")
        assert found["t", i, j] == Interval(int(expected["low"]), int(expected["high"]))


def test_a_pattern_with_two_hidden_in_each_line_can_still_leak_and_is_mended():
    system = two_way("t", list("0123"), list("0123"), CASE["inner"])
    assert protect(system).audit.passed


@settings(max_examples=60, deadline=None)
@given(tables())
def test_nothing_small_is_shown_and_nothing_hidden_is_bounded_narrowly(system):
    cells = protect(system)
    hidden = {key for key, value in cells.shown.items() if value is None}
    for key, count in system.counts.items():
        limit = 11 if key in system.sensitive else 5
        assert cells[key] in {None, count}
        assert not 0 < count < limit or cells[key] is None
    for key, interval in intervals(system, hidden).items():
        limit = 11 if key in system.sensitive else 5
        assert interval.leaves(limit)
        assert interval.low <= system.counts[key]
        assert interval.high is None or system.counts[key] <= interval.high


@settings(max_examples=30, deadline=None)
@given(tables(), st.randoms(use_true_random=False))
def test_the_short_way_finds_the_same_exposed_cells_as_all_programs(system, chance):
    hidden = {key for key in system.counts if chance.random() < 0.4}
    limits = dict.fromkeys(system.counts, 5)
    every = {key: interval for key, interval in intervals(system, hidden).items() if not interval.leaves(5)}
    assert exposed(system, hidden, limits) == every


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 4), min_size=4, max_size=4))
def test_the_programs_interval_is_what_trying_every_table_finds(cells):
    """Brute force over all 2×2 tables with these margins: the second implementation of the attacker."""
    inner = [cells[:2], cells[2:]]
    system = two_way("t", ["a", "b"], ["c", "d"], inner)
    keys = [("t", row, column) for row in "ab" for column in "cd"]
    found = intervals(system, keys)
    rows, columns = [sum(line) for line in inner], [cells[0] + cells[2], cells[1] + cells[3]]
    possible = [
        (w, x, y, z)
        for w, x, y, z in itertools.product(range(9), repeat=4)
        if [w + x, y + z] == rows and [w + y, x + z] == columns
    ]
    for place, key in enumerate(keys):
        values = [table[place] for table in possible]
        assert found[key] == Interval(min(values), max(values))


@settings(max_examples=60, deadline=None)
@given(tables())
def test_the_total_is_shown_unless_hiding_all_the_rest_would_not_be_enough(system):
    total = ("t", "*", "*")
    limits = {key: 11 if key in system.sensitive else 5 for key in system.counts}
    if system.counts[total] < limits[total] or protect(system)[total] is not None:
        return
    small = {key for key, count in system.counts.items() if 0 < count < limits[key]}
    rest = {key for key, count in system.counts.items() if count and key != total}
    while narrow := exposed(system, rest, limits):
        if narrow.keys() & small:
            return
        rest -= narrow.keys()
    pytest.fail(f"{total} is hidden without need")


def test_two_headlines_that_give_away_a_third_leave_the_larger_shown():
    parts = (("in person",), ("phone",), ("online",))
    counts = dict(zip([("all",), *parts], [103, 60, 3, 40], strict=True))
    system = CountSystem(counts, (Equation(("all",), parts),), ranks=dict.fromkeys(counts, HEADLINE))
    cells = protect(system)
    assert [cells[key] for key in counts] == [103, 60, None, None]


def test_a_whole_breakdown_goes_before_its_total():
    cells = protect(one_way("t", {"a": 1, "b": 5, "c": 0}, sensitive=["a"]))
    assert dict(cells.shown) == {("t", "a"): None, ("t", "b"): None, ("t", "c"): 0, ("t", "*"): None}
    cells = protect(one_way("t", {"a": 1, "b": 9, "c": 0}, sensitive=["a"]))
    assert dict(cells.shown) == {("t", "a"): None, ("t", "b"): None, ("t", "c"): 0, ("t", "*"): 10}


def test_of_two_cells_that_would_do_the_one_missed_less_is_hidden():
    counts = {("n",): 90, ("a",): 3, ("b",): 43, ("c",): 44}
    equation = Equation(("n",), (("a",), ("b",), ("c",)))
    cells = protect(CountSystem(counts, (equation,), ranks={("n",): HEADLINE, ("b",): 2}))
    assert [cells[key] for key in counts] == [90, None, 43, None]


def test_a_rank_has_bounds():
    with pytest.raises(ValueError, match="rank"):
        CountSystem({("n",): 4}, ranks={("n",): HEADLINE + 1})


def test_a_zero_is_shown_and_a_table_without_small_counts_is_left_alone():
    system = one_way("t", {"a": 0, "b": 20, "c": 9})
    cells = protect(system)
    assert dict(cells.shown) == dict(system.counts)
    assert cells.audit == Audit(hidden=0, small=0, complementary=0, exposed=0, passed=True)


def test_one_small_count_takes_a_second_with_it():
    cells = protect(one_way("t", {"a": 3, "b": 40, "c": 12}))
    assert (cells["t", "a"], cells["t", "b"], cells["t", "c"], cells["t", "*"]) == (None, 40, None, 55)


def test_minors_follow_the_stricter_threshold():
    plain = protect(one_way("t", {"u18": 9, "18_29": 40, "30_44": 50}))
    strict = protect(one_way("t", {"u18": 9, "18_29": 40, "30_44": 50}, sensitive=["u18"]))
    assert plain["t", "u18"] == 9
    assert strict["t", "u18"] is None


def test_a_centre_cannot_be_found_by_subtracting_the_others_from_the_node():
    system = join(
        CountSystem(
            {("n", "*"): 55, ("n", "TAS"): 30, ("n", "AND"): 22, ("n", "OSH"): 3},
            (Equation(("n", "*"), (("n", "TAS"), ("n", "AND"), ("n", "OSH"))),),
        ),
        one_way("other", {"x": 50}),
    )
    cells = protect(system)
    assert cells["n", "OSH"] is None
    assert sum(cells["n", centre] is None for centre in ("TAS", "AND")) == 1


def test_people_are_not_additive_over_centres_and_still_protected():
    parts = (("p", "TAS"), ("p", "AND"))
    system = CountSystem({("p", "*"): 21, ("p", "TAS"): 20, ("p", "AND"): 3}, (Equation(("p", "*"), parts, "union"),))
    cells = protect(system)
    assert cells["p", "AND"] is None
    assert cells.audit.passed


def test_a_total_far_off_that_bounds_the_group_is_hidden_too():
    system = two_way("t", ["a", "b"], ["c", "d"], [[1, 0], [5, 0]], sensitive=["a"])
    assert protect(system).audit.passed


def test_counts_that_do_not_add_up_are_refused():
    with pytest.raises(ValueError, match="its parts add to 3"):
        CountSystem({("n", "*"): 4, ("n", "a"): 3}, (Equation(("n", "*"), (("n", "a"),)),))
    with pytest.raises(ValueError, match="outside what its parts allow"):
        CountSystem({("n", "*"): 2, ("n", "a"): 3}, (Equation(("n", "*"), (("n", "a"),), "union"),))
    with pytest.raises(ValueError, match="cannot be negative"):
        CountSystem({("n", "a"): -1})
    with pytest.raises(ValueError, match="in one table and"):
        join(CountSystem({("n",): 1}), CountSystem({("n",): 2}))
    with pytest.raises(ValueError, match="thresholds"):
        protect(one_way("t", {"a": 1}), threshold=12)


def test_protected_cells_cannot_be_made_by_hand():
    with pytest.raises(TypeError, match="made by"):
        ProtectedCells({("t", "a"): 3}, 5, 11, Audit(0, 0, 0, 0, True))
