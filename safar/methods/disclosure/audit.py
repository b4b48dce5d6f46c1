"""The attacker: what can be worked out about a hidden count from everything that is shown."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from safar.methods.disclosure.system import CountSystem, Equation, Key

_TINY = 1e-6
_UNBOUNDED = 3


@dataclass(frozen=True, slots=True)
class Interval:
    """The least and the greatest value a hidden count can have; `high` is None when nothing limits it."""

    low: int
    high: int | None

    def leaves(self, possibilities: int) -> bool:
        """Say whether at least that many different values remain possible."""
        return self.high is None or self.high - self.low + 1 >= possibilities


def intervals(system: CountSystem, hidden: Iterable[Key]) -> dict[Key, Interval]:
    """Return the interval of every hidden cell, given all others, by two linear programs a cell.

    Known to the attacker: every shown count, every equation, and that counts are whole and not negative.
    For sums in one- and two-way tables the program's corners are whole numbers (a transport problem), so the interval is exact.
    With unions or three linked tables the interval of whole numbers can be narrower than the program's; rounding inwards is
    all that is done about it.
    """
    hidden = set(hidden)
    result: dict[Key, Interval] = {}
    for cells, equations in _components(system.equations, hidden):
        result |= _solve(system.counts, cells, equations)
    return result


def _components(equations: Iterable[Equation], hidden: set[Key]) -> list[tuple[list[Key], list[Equation]]]:
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


def _solve(counts: Mapping[Key, int], cells: list[Key], equations: list[Equation]) -> dict[Key, Interval]:
    if not equations:
        return {key: Interval(0, None) for key in cells}
    import numpy as np
    from scipy.optimize import linprog

    place = {key: index for index, key in enumerate(cells)}
    equal, at_most = _constraints(counts, place, equations)
    matrices = {
        "A_eq": np.array([row for row, _ in equal]) if equal else None,
        "b_eq": np.array([bound for _, bound in equal]) if equal else None,
        "A_ub": np.array([row for row, _ in at_most]) if at_most else None,
        "b_ub": np.array([bound for _, bound in at_most]) if at_most else None,
    }
    result = {}
    for key, index in place.items():
        aim = np.zeros(len(cells))
        aim[index] = 1.0
        low = linprog(aim, bounds=(0, None), method="highs", **matrices)
        high = linprog(-aim, bounds=(0, None), method="highs", **matrices)
        result[key] = Interval(
            math.ceil(low.fun - _TINY), None if high.status == _UNBOUNDED else math.floor(-high.fun + _TINY)
        )
    return result


def _constraints(
    counts: Mapping[Key, int], place: Mapping[Key, int], equations: list[Equation]
) -> tuple[list[tuple[list[float], float]], list[tuple[list[float], float]]]:
    """Return equalities and at-most rows over the hidden cells, with shown counts moved to the right-hand side."""

    def row(weights: Iterable[tuple[Key, float]]) -> tuple[list[float], float]:
        left, right = [0.0] * len(place), 0.0
        for key, weight in weights:
            if key in place:
                left[place[key]] += weight
            else:
                right -= weight * counts[key]
        return left, right

    equal, at_most = [], []
    for equation in equations:
        balance = row([(equation.total, 1.0), *((part, -1.0) for part in equation.parts)])
        if equation.kind == "sum":
            equal.append(balance)
        else:
            at_most.append(balance)
        if equation.kind == "union":
            at_most += [row([(part, 1.0), (equation.total, -1.0)]) for part in equation.parts]
    return equal, at_most
