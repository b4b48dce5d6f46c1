"""The only shape in which counts of people may leave a centre."""

from collections.abc import Mapping
from dataclasses import dataclass

from safar.methods.disclosure.protection import Audit, ProtectedCells
from safar.methods.disclosure.system import Key


class UnprotectedError(TypeError):
    """Somebody tried to release counts that the disclosure method has not made or whose audit failed."""


@dataclass(frozen=True, slots=True)
class ProtectedTable:
    """Counts for outside: title, unit, the cells the method made, and what its audit found.

    The cells are sealed by `methods.disclosure`; a dictionary of numbers is refused, whoever made it.
    """

    title: str
    unit: str
    cells: ProtectedCells

    def __post_init__(self) -> None:
        if not isinstance(self.cells, ProtectedCells):
            raise UnprotectedError(
                "A released table is made of ProtectedCells, and only methods.disclosure makes those."
            )
        if not self.cells.audit.passed:
            raise UnprotectedError("The audit could bound a hidden count; this table stays inside.")

    @property
    def method(self) -> str:
        return self.cells.method

    @property
    def thresholds(self) -> tuple[int, int]:
        return self.cells.threshold, self.cells.sensitive_threshold

    @property
    def audit(self) -> Audit:
        return self.cells.audit

    @property
    def shown(self) -> Mapping[Key, int | None]:
        return self.cells.shown

    def value(self, key: Key) -> int | None:
        """Return a count, None when it is hidden; KeyError when the table has no such cell."""
        return self.cells[key]
