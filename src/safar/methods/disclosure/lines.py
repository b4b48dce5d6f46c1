"""Equations over unknown cells as rows of numbers, in groups that share no unknown cell."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from safar.methods.disclosure.system import Equation, Key

Vector: TypeAlias = NDArray[np.float64]
_Row: TypeAlias = tuple[dict[int, float], float]


def components(equations: Iterable[Equation], hidden: set[Key]) -> list[tuple[list[Key], list[Equation]]]:
    """Split into parts that share no hidden cell: what is shown is a constant and does not connect."""
    parent = {key: key for key in hidden}

    def root(key: Key) -> Key:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    touching = []
    for equation in equations:
        unknown = [key for key in (equation.total, *equation.parts) if key in hidden]
        if unknown:
            touching.append((unknown[0], equation))
            for other in unknown[1:]:
                parent[root(other)] = root(unknown[0])
    cells: dict[Key, list[Key]] = {}
    for key in sorted(hidden):
        cells.setdefault(root(key), []).append(key)
    grouped: dict[Key, list[Equation]] = {key: [] for key in cells}
    for first, equation in touching:
        grouped[root(first)].append(equation)
    return [(cells[key], grouped[key]) for key in cells]


class Lines:
    """Equalities and at-most rows over the unknown cells, with the known counts moved to the right-hand side."""

    def __init__(self, counts: Mapping[Key, int], cells: list[Key], equations: list[Equation]) -> None:
        self._place = {key: index for index, key in enumerate(cells)}
        self._counts = counts
        equal: list[_Row] = []
        at_most: list[_Row] = []
        for equation in equations:
            balance = self._row([(equation.total, 1.0), *((part, -1.0) for part in equation.parts)])
            (equal if equation.kind == "sum" else at_most).append(balance)
            if equation.kind == "union":
                at_most += [self._row([(part, 1.0), (equation.total, -1.0)]) for part in equation.parts]
        self.equal, self.equal_to = _matrix(equal, len(cells))
        self.at_most, self.bound = _matrix([row for row in at_most if row[0]], len(cells))

    def as_constraints(self) -> dict[str, Any]:
        """Return them by the names SciPy's solver uses."""
        return {"A_eq": self.equal, "b_eq": self.equal_to, "A_ub": self.at_most, "b_ub": self.bound}

    def _row(self, weights: Iterable[tuple[Key, float]]) -> _Row:
        left: dict[int, float] = {}
        right = 0.0
        for key, weight in weights:
            if key in self._place:
                left[self._place[key]] = left.get(self._place[key], 0.0) + weight
            else:
                right -= weight * self._counts[key]
        return left, right


def _matrix(rows: list[_Row], width: int) -> tuple[Any, Vector]:
    from scipy.sparse import csr_array

    entries = [(line, column, weight) for line, (left, _) in enumerate(rows) for column, weight in left.items()]
    lines, columns, weights = zip(*entries, strict=True) if entries else ((), (), ())
    matrix = csr_array((np.array(weights, dtype=float), (lines, columns)), shape=(len(rows), width))
    return matrix, np.array([right for _, right in rows], dtype=float)
