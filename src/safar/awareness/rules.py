"""What is true of a session whoever stores it: who was there counted once, who may take which step, how many places are left."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from safar.awareness.enums import ATTENDANCE_EDITING, TRANSITIONS, Editing, SessionState, Step

Cell = tuple[str, str]  # sex, age band
MOST_IN_A_CELL = 10_000  # more than any hall of the region holds: a typing slip, not a crowd


@dataclass(frozen=True, slots=True)
class MaterialDetails:
    """So many copies of one printed item in one language."""

    item: str
    language: str
    count: int


@dataclass(frozen=True, slots=True)
class SessionDetails:
    """What planning a session takes: codes of `reference`, place codes, times with a zone."""

    session_type: str
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    language: str
    region: str = ""
    district: str = ""
    venue: str = ""
    host_id: UUID | None = None
    host_name: str = ""
    target_group: str = ""
    modules: Sequence[str] = ()
    facilitators: Sequence[UUID] = ()
    expected: int | None = None
    capacity: int | None = None
    public: bool = False
    notes: str = ""


@dataclass(frozen=True, slots=True)
class CountedCell:
    """People of one sex and age band who came and are not on the named list."""

    sex: str
    age_band: str
    count: int
    with_disability: bool = False


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One line of an attendance list, by client number or by person; `present=False` takes the person off the list."""

    client_number: str = ""
    person_id: UUID | None = None
    present: bool = True


@dataclass(frozen=True, slots=True)
class TestItem:
    """How many answered one item and how many had it right."""

    __test__ = False

    answered: int
    correct: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Attendances of one session. The unit is the attendance: one human being who comes to three sessions makes three."""

    named: Mapping[Cell, int] = field(default_factory=dict)
    counted: Mapping[Cell, int] = field(default_factory=dict)
    counted_with_disability: int = 0

    @property
    def named_total(self) -> int:
        return sum(self.named.values())

    @property
    def counted_total(self) -> int:
        return sum(self.counted.values())

    @property
    def attendances(self) -> int:
        return self.named_total + self.counted_total

    def of(self, *, sex: str = "", age_band: str = "") -> int:
        """Return the attendances of one sex, one age band, or one cell."""
        return sum(
            count
            for side in (self.named, self.counted)
            for (cell_sex, cell_band), count in side.items()
            if sex in {"", cell_sex} and age_band in {"", cell_band}
        )

    def as_data(self) -> dict[str, int]:
        return {"named": self.named_total, "counted": self.counted_total, "attendances": self.attendances}


def tally(named: Mapping[UUID, Cell], counted: Iterable[CountedCell]) -> Tally:
    """Add up a session: each named person once, each counted cell as it stands, since counted people are not on the list."""
    cells: Counter[Cell] = Counter()
    with_disability = 0
    for cell in counted:
        cells[cell.sex, cell.age_band] += cell.count
        with_disability += cell.count if cell.with_disability else 0
    return Tally(dict(Counter(named.values())), dict(cells), with_disability)


def cells_from_grid(everybody: Mapping[Cell, int], of_these_with_disability: Mapping[Cell, int]) -> list[CountedCell]:
    """Split "40 came, 3 of these with a disability" into cells that can be added: 37 and 3, never 43."""
    return [
        CountedCell(sex, band, count, with_disability)
        for (sex, band), total in everybody.items()
        for with_disability, count in (
            (False, total - of_these_with_disability.get((sex, band), 0)),
            (True, of_these_with_disability.get((sex, band), 0)),
        )
        if count
    ]


def cell_problem(cells: Sequence[CountedCell]) -> str | None:
    """Return the code of what is wrong: `negative`, `too_many` or `twice`; None when nothing is."""
    if any(cell.count < 0 for cell in cells):
        return "negative"
    if any(cell.count > MOST_IN_A_CELL for cell in cells):
        return "too_many"
    keys = [(cell.sex, cell.age_band, cell.with_disability) for cell in cells]
    return "twice" if len(set(keys)) < len(keys) else None


def steps_from(state: str) -> list[Step]:
    """Return the steps a session in this state may take, in the order of its life."""
    return [step for step, (before, _after) in TRANSITIONS.items() if state in before]


def state_after(step: Step, state: str) -> SessionState | None:
    """Return where the step leads, None when it cannot be taken from here."""
    before, after = TRANSITIONS[step]
    return after if state in before else None


def attendance_editing(state: str) -> Editing:
    return ATTENDANCE_EDITING[SessionState(state)]


def is_second_pair_of_eyes(approver: UUID | None, hands: Iterable[UUID | None]) -> bool:
    """Whether the approver is somebody other than those who held the session or entered its figures."""
    return approver not in {hand for hand in hands if hand is not None}


def places_left(capacity: int | None, taken: int) -> int | None:
    """Return the free places, None when the session has no limit; never less than none."""
    return None if capacity is None else max(capacity - taken, 0)


def share_correct(items: Sequence[TestItem]) -> float | None:
    """Return the mean share of right answers in percent over the items that anybody answered, None without any."""
    shares = [100 * item.correct / item.answered for item in items if item.answered]
    return sum(shares) / len(shares) if shares else None


def test_problem(answered: int, items: Sequence[TestItem]) -> str | None:
    """Return the code of what is wrong with a group's test: `nobody`, `no_items`, `too_many_answers` or `too_many_right`."""
    if answered <= 0:
        return "nobody"
    if not items:
        return "no_items"
    if any(not 0 <= item.answered <= answered for item in items):
        return "too_many_answers"
    return "too_many_right" if any(not 0 <= item.correct <= item.answered for item in items) else None
