"""Which counts to hide beside the small ones: those a reader misses least, and a headline only when nothing else helps."""

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from safar.methods.disclosure.audit import between, exposed
from safar.methods.disclosure.lines import Lines, Vector, components
from safar.methods.disclosure.system import HEADLINE, CountSystem, Equation, Key

_TINY = 1e-6
# What a rank is worth against the one below it, for each unit of change that a table needs.
_STEP = 5.0
_HIDDEN_ALREADY = 1e-3


def may_be_hidden(system: CountSystem, small: set[Key], limits: Mapping[Key, int]) -> set[Key]:
    """Return the cells to choose from: all that hold something, less as many headlines as can stay shown.

    Hiding all of them is a pattern without an exposed cell, so a choice among them exists. Without headlines it is always
    one: everything shown is then a zero, and every multiple of the true table fits.
    """
    found: set[Key] = set()
    for cells, equations in components(system.equations, {key for key, count in system.counts.items() if count}):
        group = replace(system, equations=tuple(equations))
        headlines = [key for key in cells if system.ranks.get(key) == HEADLINE and key not in small]
        found |= _largest_kept(group, set(cells), headlines, small, limits)
    return found


def _largest_kept(
    group: CountSystem, cells: set[Key], headlines: list[Key], small: set[Key], limits: Mapping[Key, int]
) -> set[Key]:
    """Keep all headlines, or else one after the other, the largest first, as far as it goes."""
    rest = _safe(group, cells - set(headlines), small, limits)
    if rest is not None:
        return rest
    rest = cells
    kept: set[Key] = set()
    for key in sorted(headlines, key=lambda key: (-group.counts[key], key)):
        without = _safe(group, cells - kept - {key}, small, limits)
        if without is not None:
            kept.add(key)
            rest = without
    return rest


def _safe(system: CountSystem, hidden: set[Key], small: set[Key], limits: Mapping[Key, int]) -> set[Key] | None:
    """Return what can stay hidden of these, None when a small count is exposed; what is known anyway may as well be shown."""
    while narrow := exposed(system, hidden, limits):
        if narrow.keys() & small:
            return None
        hidden = hidden - narrow.keys()
    return hidden


def least_missed(system: CountSystem, small: set[Key], movable: set[Key], limits: Mapping[Key, int]) -> set[Key]:
    """Return the small cells and those to hide with them.

    For each cell not yet safe one linear program looks for the other table, as far away as the limit asks, that changes
    shown cells least; the cells it changes are hidden (Fischetti and Salazar's problem by the heuristic of Kelly and others).
    """
    hidden = set(small)
    for cells, equations in components(system.equations, movable):
        if equations and small & set(cells):
            hidden |= _Tables(system, cells, equations).hide(small & set(cells), limits)
    return hidden


class _Tables:
    """Other tables that fit what is shown, over one group of cells that may be hidden."""

    def __init__(self, system: CountSystem, cells: list[Key], equations: list[Equation]) -> None:
        from scipy.sparse import hstack

        lines = Lines(system.counts, cells, equations)
        self._cells, self._place = cells, {key: index for index, key in enumerate(cells)}
        self._true = np.array([float(system.counts[key]) for key in cells])
        self._low, self._high = self._true.copy(), self._true.copy()
        ranks = np.array([float(system.ranks.get(key, 0)) for key in cells])
        self._cost = _STEP ** np.minimum(ranks, HEADLINE / 2) * (1 + np.log2(1 + self._true))
        self._constraints = {
            "A_eq": hstack([lines.equal, -lines.equal]),
            "b_eq": np.zeros(lines.equal.shape[0]),
            "A_ub": hstack([lines.at_most, -lines.at_most]),
            "b_ub": lines.bound - lines.at_most @ self._true,
        }

    def hide(self, small: set[Key], limits: Mapping[Key, int]) -> set[Key]:
        hidden, given_up = set(small), set[Key]()
        for key in hidden:
            self._cost[self._place[key]] = _HIDDEN_ALREADY
        while waiting := sorted(key for key in hidden - given_up if not self._leaves(key, limits)):
            for key in waiting:
                if not self._leaves(key, limits):
                    hidden |= self._widen(key, limits[key] - 1)
                    # Only the solver's rounding could leave it so; the audit of the whole will say.
                    given_up |= set() if self._leaves(key, limits) else {key}
        return hidden

    def _leaves(self, key: Key, limits: Mapping[Key, int]) -> bool:
        index = self._place[key]
        return between(self._low[index], self._high[index]).leaves(limits[key])

    def _widen(self, key: Key, span: int) -> set[Key]:
        """Find tables that leave this cell that much room, and return the cells they change."""
        index = self._place[key]
        met = between(self._low[index], self._high[index])
        up, down = met.low + span, (met.high or 0) - span
        for value in (up, down):
            if value >= 0 and (moved := self._move(index, value)) is not None:
                return self._hidden(moved)
        top = self._top(index)
        changed: set[Key] = set()
        for value in (top, max(top - span, 0)):
            if (moved := self._move(index, value)) is not None:
                changed |= self._hidden(moved)
        return changed

    def _move(self, index: int, value: int) -> Vector | None:
        """Return the changes of the least missed table in which this cell has that value."""
        change = value - self._true[index]
        bounds = self._bounds()
        bounds[index] = (max(change, 0), max(change, 0))
        bounds[index + len(self._cells)] = (max(-change, 0), max(-change, 0))
        return self._solve(np.concatenate([self._cost, self._cost]), bounds)

    def _top(self, index: int) -> int:
        """Return the most this cell can be, as far as it matters."""
        aim = np.zeros(2 * len(self._cells))
        aim[index] = -1.0
        bounds = self._bounds()
        bounds[index] = (0, max(self._true[index], 100.0))
        moved = self._solve(aim, bounds)
        return math.floor(float(self._true[index]) + (0.0 if moved is None else float(moved[index])) + _TINY)

    def _bounds(self) -> Vector:
        size = len(self._cells)
        return np.column_stack([np.zeros(2 * size), np.concatenate([np.full(size, np.inf), self._true])])

    def _solve(self, aim: Vector, bounds: Vector) -> Vector | None:
        from scipy.optimize import linprog

        found = linprog(aim, bounds=bounds, method="highs", **self._constraints)
        if found.x is None:
            return None
        size = len(self._cells)
        moved: Vector = found.x[:size] - found.x[size:]
        return moved

    def _hidden(self, moved: Vector) -> set[Key]:
        """Note a table; its changed cells cost nothing from now on."""
        table = self._true + moved
        self._low, self._high = np.minimum(self._low, table), np.maximum(self._high, table)
        changed = np.flatnonzero(np.abs(moved) > _TINY)
        self._cost[changed] = _HIDDEN_ALREADY
        return {self._cells[index] for index in changed}
