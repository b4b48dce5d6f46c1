from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safar.awareness import rules
from safar.awareness.enums import (
    ATTENDANCE_EDITING,
    COUNTED_STATES,
    PLAN_EDITING,
    STEPS_OF_APPROVAL,
    STEPS_WITH_REASON,
    TOOK_PLACE,
    TRANSITIONS,
    Editing,
    SessionState,
    Step,
)
from safar.awareness.rules import CountedCell, Tally, TestItem

sexes = st.sampled_from(["female", "male", "other", "unknown"])
bands = st.sampled_from(["u18", "18_29", "30_44", "45_59", "60_plus", "unknown"])
cells = st.tuples(sexes, bands)
counts = st.dictionaries(cells, st.integers(0, 60))


@st.composite
def grids(draw) -> tuple[dict, dict]:
    everybody = draw(counts)
    disabled = {cell: draw(st.integers(0, total)) for cell, total in everybody.items()}
    return everybody, disabled


class TestNobodyIsCountedTwice:
    @given(named=st.dictionaries(st.uuids(), cells), grid=grids())
    def test_attendances_are_the_people_in_the_room(self, named, grid) -> None:
        """An independent count: put every human being of the room in one list, then look at how long it is."""
        everybody, disabled = grid
        room = [("named", sex, band) for sex, band in named.values()]
        for (sex, band), total in everybody.items():
            room += [("counted", sex, band)] * total
        found = rules.tally(named, rules.cells_from_grid(everybody, disabled))
        assert found.attendances == len(room)
        assert found.named_total == len(named)
        assert found.counted_total == len(room) - len(named)
        for sex in ("female", "male", "other", "unknown"):
            assert found.of(sex=sex) == sum(1 for person in room if person[1] == sex)
        for band in ("u18", "18_29", "unknown"):
            assert found.of(age_band=band) == sum(1 for person in room if person[2] == band)
        assert found.of(sex="female", age_band="u18") == room.count(("named", "female", "u18")) + room.count(
            ("counted", "female", "u18")
        )
        assert found.counted_with_disability == sum(disabled.values())

    @given(grid=grids())
    def test_the_parts_with_and_without_disability_add_up_to_everybody(self, grid) -> None:
        everybody, disabled = grid
        made = rules.cells_from_grid(everybody, disabled)
        assert sum(cell.count for cell in made) == sum(everybody.values())
        assert all(cell.count > 0 for cell in made)
        assert rules.cell_problem(made) is None

    def test_forty_of_whom_three_are_disabled_are_forty(self) -> None:
        made = rules.cells_from_grid({("male", "18_29"): 40}, {("male", "18_29"): 3})
        assert made == [CountedCell("male", "18_29", 37), CountedCell("male", "18_29", 3, with_disability=True)]

    def test_an_empty_session_has_no_attendance(self) -> None:
        assert Tally().as_data() == {"named": 0, "counted": 0, "attendances": 0}


class TestCells:
    @pytest.mark.parametrize(
        ("given_cells", "problem"),
        [
            ([CountedCell("male", "u18", -1)], "negative"),
            ([CountedCell("male", "u18", 10_001)], "too_many"),
            ([CountedCell("male", "u18", 1), CountedCell("male", "u18", 2)], "twice"),
            ([CountedCell("male", "u18", 1), CountedCell("male", "u18", 2, with_disability=True)], None),
            ([], None),
        ],
    )
    def test_a_cell_is_checked(self, given_cells, problem) -> None:
        assert rules.cell_problem(given_cells) == problem

    def test_more_disabled_than_people_is_seen_as_a_negative_rest(self) -> None:
        assert rules.cell_problem(rules.cells_from_grid({("male", "u18"): 2}, {("male", "u18"): 3})) == "negative"


class TestLife:
    def test_every_state_is_partitioned_by_every_table(self) -> None:
        assert set(ATTENDANCE_EDITING) == set(PLAN_EDITING) == set(SessionState)
        assert set(TRANSITIONS) == set(Step)
        assert set(Step) >= STEPS_WITH_REASON | STEPS_OF_APPROVAL
        assert set(SessionState) - {SessionState.PLANNED, SessionState.CANCELLED} == TOOK_PLACE
        assert COUNTED_STATES < TOOK_PLACE

    def test_every_state_but_cancelled_leads_on_and_all_are_reached(self) -> None:
        assert {state for state in SessionState if not rules.steps_from(state)} == {SessionState.CANCELLED}
        assert {after for _before, after in TRANSITIONS.values()} | {SessionState.PLANNED} == set(SessionState)

    @pytest.mark.parametrize("step", list(Step))
    @pytest.mark.parametrize("state", list(SessionState))
    def test_a_step_is_offered_exactly_where_it_can_be_taken(self, step, state) -> None:
        assert (step in rules.steps_from(state)) == (rules.state_after(step, state) is not None)

    def test_nothing_counted_can_be_changed_without_a_reason(self) -> None:
        assert all(rules.attendance_editing(state) is not Editing.FREE for state in COUNTED_STATES)
        assert rules.attendance_editing("locked") is Editing.CLOSED
        assert rules.attendance_editing("approved") is Editing.WITH_REASON

    def test_what_takes_something_back_needs_a_reason(self) -> None:
        assert {Step.SEND_BACK, Step.UNLOCK, Step.CANCEL} == STEPS_WITH_REASON


class TestSecondPairOfEyes:
    def test_who_held_it_cannot_approve(self) -> None:
        holder = uuid4()
        assert not rules.is_second_pair_of_eyes(holder, [holder, None])

    def test_somebody_else_can(self) -> None:
        assert rules.is_second_pair_of_eyes(uuid4(), [uuid4(), None])

    def test_the_installation_itself_is_not_mistaken_for_an_unknown_holder(self) -> None:
        assert rules.is_second_pair_of_eyes(None, [None, UUID(int=1)])


class TestPlaces:
    @given(capacity=st.integers(0, 500), taken=st.integers(0, 600))
    def test_never_less_than_none(self, capacity, taken) -> None:
        left = rules.places_left(capacity, taken)
        assert left is not None
        assert left >= 0
        assert left in {capacity - taken, 0}

    def test_no_limit(self) -> None:
        assert rules.places_left(None, 1000) is None


class TestTests:
    @pytest.mark.parametrize(
        ("answered", "items", "problem"),
        [
            (0, [TestItem(0, 0)], "nobody"),
            (20, [], "no_items"),
            (20, [TestItem(21, 3)], "too_many_answers"),
            (20, [TestItem(-1, 0)], "too_many_answers"),
            (20, [TestItem(18, 19)], "too_many_right"),
            (20, [TestItem(18, -1)], "too_many_right"),
            (20, [TestItem(18, 12), TestItem(0, 0)], None),
        ],
    )
    def test_a_test_is_checked(self, answered, items, problem) -> None:
        assert rules.test_problem(answered, items) == problem

    def test_the_share_is_the_mean_over_items_that_were_answered(self) -> None:
        assert rules.share_correct([TestItem(20, 10), TestItem(10, 10), TestItem(0, 0)]) == 75

    def test_without_answers_there_is_no_share(self) -> None:
        assert rules.share_correct([TestItem(0, 0)]) is None
