"""The counting grid: one number for each sex and age band, and how many of these have a disability."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from safar.awareness import rules
from safar.awareness.rules import Cell, CountedCell
from safar.desk.awareness.facts import label
from safar.reference.queries import codes

ALL, OF_THESE = "n", "d"
# Shown at once; the other two unfold, so that a hall of pupils is counted without scrolling.
_USUAL = ("female", "male")
_PLUS, _MINUS = "+", "-"


@dataclass(frozen=True, slots=True)
class Box:
    """One number of the grid as it was typed."""

    name: str
    label: str
    value: str
    is_wrong: bool


@dataclass(frozen=True, slots=True)
class Column:
    """The boxes of one sex."""

    sex: str
    label: str
    boxes: list[Box]
    of_these: list[Box]


@dataclass
class Grid:
    """What stands in the grid: texts as typed, so that a wrong one is shown back and not lost."""

    texts: Mapping[str, str]
    wrong: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, cells: Sequence[CountedCell]) -> "Grid":
        """Return the grid of saved cells: "everybody" is both parts together."""
        numbers: dict[str, int] = {}
        for cell in cells:
            everybody = name_of(ALL, cell.sex, cell.age_band)
            numbers[everybody] = numbers.get(everybody, 0) + cell.count
            if cell.with_disability:
                numbers[name_of(OF_THESE, cell.sex, cell.age_band)] = cell.count
        return cls({name: str(number) for name, number in numbers.items()})

    @classmethod
    def typed(cls, data: Mapping[str, str]) -> "Grid":
        grid = cls({name: data.get(name, "").strip() for name in _names()})
        grid.wrong = {name for name, text in grid.texts.items() if text and not (text.isascii() and text.isdigit())}
        for sex, band in _cells():
            if not grid.wrong and grid._number(OF_THESE, sex, band) > grid._number(ALL, sex, band):
                grid.wrong = {name_of(OF_THESE, sex, band)}
        return grid

    def bumped(self, press: str) -> "Grid":
        """Return the grid after one press of + or − ("+n_male_u18"); never below nothing. For browsers without scripts."""
        sign, name = press[:1], press[1:]
        text = self.texts.get(name)
        if text is None or sign not in {_PLUS, _MINUS} or name in self.wrong:
            return self
        number = int(text or 0) + (1 if sign == _PLUS else -1)
        return Grid.typed({**self.texts, name: str(max(number, 0))})

    def cells(self) -> list[CountedCell]:
        """Return the counted cells; only for a grid in which nothing is wrong."""
        everybody = {cell: self._number(ALL, *cell) for cell in _cells()}
        of_these = {cell: self._number(OF_THESE, *cell) for cell in _cells()}
        return rules.cells_from_grid(everybody, of_these)

    def columns(self) -> list[Column]:
        bands = [code.code for code in codes.code_list("age_band").active]
        return [
            Column(
                code.code,
                str(code.label),
                [self._box(ALL, code.code, band) for band in bands],
                [self._box(OF_THESE, code.code, band) for band in bands],
            )
            for code in codes.code_list("sex").active
        ]

    @property
    def usual(self) -> list[Column]:
        return [column for column in self.columns() if column.sex in _USUAL]

    @property
    def rare(self) -> list[Column]:
        return [column for column in self.columns() if column.sex not in _USUAL]

    @property
    def has_rare(self) -> bool:
        return any(box.value for column in self.rare for box in column.boxes)

    @property
    def total(self) -> int:
        """The people counted so far; a box that is wrong counts nothing until it is mended."""
        return sum(self._number(ALL, *cell) for cell in _cells() if name_of(ALL, *cell) not in self.wrong)

    @property
    def has_disability(self) -> bool:
        return any(self.texts.get(name_of(OF_THESE, *cell)) for cell in _cells())

    def _number(self, kind: str, sex: str, band: str) -> int:
        return int(self.texts.get(name_of(kind, sex, band)) or 0)

    def _box(self, kind: str, sex: str, band: str) -> Box:
        name = name_of(kind, sex, band)
        return Box(name, label("age_band", band), self.texts.get(name, ""), name in self.wrong)


def name_of(kind: str, sex: str, band: str) -> str:
    return f"{kind}_{sex}_{band}"


def _cells() -> list[Cell]:
    bands = [code.code for code in codes.code_list("age_band").active]
    return [(code.code, band) for code in codes.code_list("sex").active for band in bands]


def _names() -> list[str]:
    return [name_of(kind, sex, band) for sex, band in _cells() for kind in (ALL, OF_THESE)]
