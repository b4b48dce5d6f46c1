"""The attacker: what can be worked out about a hidden count from everything that is shown."""

import math
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from safar.methods.disclosure.lines import Lines, Vector, components
from safar.methods.disclosure.system import CountSystem, Equation, Key

_TINY = 1e-6
_UNBOUNDED = 3
# Programs that move many cells at once, before a cell gets programs of its own.
_SWEEPS = 12
_WORTH_A_SWEEP = 3


@dataclass(frozen=True, slots=True)
class Interval:
    """The least and the greatest value a hidden count can have; `high` is None when nothing limits it."""

    low: int
    high: int | None

    def leaves(self, possibilities: int) -> bool:
        """Say whether at least that many different values remain possible."""
        return self.high is None or self.high - self.low + 1 >= possibilities


def between(low: float, high: float) -> Interval:
    """Return the whole numbers between two results of programs, which are right to a millionth."""
    return Interval(math.ceil(low - _TINY), math.floor(high + _TINY))


def intervals(system: CountSystem, hidden: Iterable[Key]) -> dict[Key, Interval]:
    """Return the interval of every hidden cell, given all others, by two linear programs a cell.

    Known to the attacker: every shown count, every equation, and that counts are whole and not negative.
    For sums in one- and two-way tables the program's corners are whole numbers (a transport problem), so the interval is exact.
    With unions or three linked tables the interval of whole numbers can be narrower than the program's; rounding inwards is
    all that is done about it.
    """
    result: dict[Key, Interval] = {}
    for cells, equations in components(system.equations, set(hidden)):
        result |= _solve(system.counts, cells, equations)
    return result


def exposed(system: CountSystem, hidden: Iterable[Key], limits: Mapping[Key, int]) -> dict[Key, Interval]:
    """Return the hidden cells that leave fewer possible values than their limit, with their interval.

    The same answer as from `intervals`, sooner: every solution of a program is a table that fits everything shown, and so is
    the true one. A cell that two such tables already tell apart widely enough needs no program of its own.
    """
    found: dict[Key, Interval] = {}
    for cells, equations in components(system.equations, set(hidden)):
        if equations:
            programs = _Programs(system.counts, cells, equations)
            programs.sweep([limits[key] for key in cells])
            for index, key in enumerate(cells):
                if programs.met(index).leaves(limits[key]):
                    continue
                interval = programs.interval(index)
                if not interval.leaves(limits[key]):
                    found[key] = interval
    return found


def _solve(counts: Mapping[Key, int], cells: list[Key], equations: list[Equation]) -> dict[Key, Interval]:
    if not equations:
        return {key: Interval(0, None) for key in cells}
    programs = _Programs(counts, cells, equations)
    return {key: programs.interval(index) for index, key in enumerate(cells)}


class _Programs:
    """The linear programs over one connected group of hidden cells, and the spread of the tables met on the way."""

    def __init__(self, counts: Mapping[Key, int], cells: list[Key], equations: list[Equation]) -> None:
        self._lines = Lines(counts, cells, equations)
        self._true = np.array([float(counts[key]) for key in cells])
        self._low, self._high = self._true.copy(), self._true.copy()

    def met(self, index: int) -> Interval:
        """Return what the tables met so far show to be possible: never wider than the interval."""
        return between(self._low[index], self._high[index])

    def sweep(self, limits: list[int]) -> None:
        """Push all cells that are not yet wide enough up or down at once, some times over."""
        chance = random.Random(len(limits))  # noqa: S311  (directions to try, nothing secret)
        reach = max(limits)
        # Near the truth everything is bounded, so there is always a solution.
        bounds = np.column_stack([np.maximum(self._true - reach, 0), self._true + reach])
        for _ in range(_SWEEPS):
            waiting = [index for index, limit in enumerate(limits) if not self.met(index).leaves(limit)]
            if len(waiting) < _WORTH_A_SWEEP:
                return
            aim = np.zeros(len(limits))
            for index in waiting:
                aim[index] = chance.choice((-1.0, 1.0))
            self._best(aim, bounds)

    def interval(self, index: int) -> Interval:
        """Return the interval of one cell."""
        aim = np.zeros(len(self._true))
        aim[index] = 1.0
        least = self._best(aim, (0, None))
        most = self._best(-aim, (0, None))
        low = self._low[index] if least is None else least[index]
        return Interval(math.ceil(low - _TINY), None if most is None else math.floor(most[index] + _TINY))

    def _best(self, aim: Vector, bounds: Vector | tuple[int, None]) -> Vector | None:
        """Return the table that serves the aim best, None when there is no end to it."""
        from scipy.optimize import linprog

        found = linprog(aim, bounds=bounds, method="highs", **self._lines.as_constraints())
        if found.status == _UNBOUNDED:
            return None
        self._low, self._high = np.minimum(self._low, found.x), np.maximum(self._high, found.x)
        table: Vector = found.x
        return table
