"""Hide small counts, then hide as many others as it takes until the attacker learns nothing about them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import InitVar, dataclass

from safar.methods.disclosure.audit import exposed
from safar.methods.disclosure.system import CountSystem, Equation, Key

METHOD = "small counts hidden, complementary cells hidden, audited by linear programming"
_SEAL = object()


@dataclass(frozen=True, slots=True)
class Audit:
    """What the attack on the finished release found."""

    hidden: int
    small: int
    complementary: int
    exposed: int
    passed: bool


@dataclass(frozen=True, slots=True)
class ProtectedCells:
    """Counts that may leave a centre: a hidden count is None. Only `protect` can make one."""

    shown: Mapping[Key, int | None]
    threshold: int
    sensitive_threshold: int
    audit: Audit
    method: str = METHOD
    # Not kept, so that a copy with other numbers cannot be made from a sealed one.
    seal: InitVar[object] = None

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise TypeError(
                "ProtectedCells are made by safar.methods.disclosure.protection.protect and by nothing else"
            )

    def __getitem__(self, key: Key) -> int | None:
        return self.shown[key]


def protect(system: CountSystem, *, threshold: int = 5, sensitive_threshold: int = 11) -> ProtectedCells:
    """Return the system with every count from 1 to below its threshold hidden, and no hidden count bounded too narrowly.

    The rule: for each hidden cell at least as many values as its threshold stay possible. A zero is shown.
    Counts are whole numbers; thresholds are at least 1. Complexity: two small linear programs a hidden cell and round.
    Source: Hundepool et al., Statistical Disclosure Control (2012), chapter 4; thresholds as in docs/methods/disclosure.md.
    """
    if threshold < 1 or sensitive_threshold < threshold:
        raise ValueError("thresholds must be at least 1 and the sensitive one not below the ordinary one")
    limits = {key: sensitive_threshold if key in system.sensitive else threshold for key in system.counts}
    small = {key for key, count in system.counts.items() if 0 < count < limits[key]}
    hidden = set(small)
    _settle(system, hidden, limits)
    narrow = exposed(system, hidden, limits)
    audit = Audit(
        hidden=len(hidden),
        small=len(small),
        complementary=len(hidden) - len(small),
        exposed=len(narrow),
        passed=not narrow,
    )
    shown = {key: None if key in hidden else count for key, count in system.counts.items()}
    return ProtectedCells(shown, threshold, sensitive_threshold, audit, seal=_SEAL)


def _settle(system: CountSystem, hidden: set[Key], limits: Mapping[Key, int]) -> None:
    """Hide more cells, round by round; each round hides at least one, so it ends at the latest when all are hidden."""
    containing: dict[Key, list[Equation]] = {}
    for equation in system.equations:
        for key in (equation.total, *equation.parts):
            containing.setdefault(key, []).append(equation)
    # How many tables lose their total with a cell: a figure of the first page is hidden last.
    weight = Counter(equation.total for equation in system.equations)
    while narrow := exposed(system, hidden, limits):
        added: set[Key] = set()
        for key in sorted(narrow):
            if not any(added & {equation.total, *equation.parts} for equation in containing[key]):
                added |= _companion(system, containing[key], hidden, limits[key], weight)
        # When all cells beside an exposed one are hidden already, it is their totals, further off, that bound it.
        hidden |= added or _neighbours(system, hidden)


def _companion(
    system: CountSystem, equations: list[Equation], hidden: set[Key], limit: int, weight: Mapping[Key, int]
) -> set[Key]:
    """Choose one shown cell to hide beside an exposed one: in the line with fewest hidden, what the reader loses least by."""
    lines = []
    for equation in equations:
        cells = (equation.total, *equation.parts)
        shown = [key for key in cells if key not in hidden and system.counts[key] > 0]
        if shown:
            lines.append((sum(key in hidden for key in cells), shown))
    if not lines:
        return set()
    _, candidates = min(lines, key=lambda line: (line[0], len(line[1])))

    def loss(key: Key) -> tuple[int, bool, int, Key]:
        return (weight.get(key, 0), system.counts[key] < limit, system.counts[key], key)

    return {min(candidates, key=loss)}


def _neighbours(system: CountSystem, hidden: set[Key]) -> set[Key]:
    touching = (equation for equation in system.equations if hidden & {equation.total, *equation.parts})
    cells = {key for equation in touching for key in (equation.total, *equation.parts)}
    return {key for key in cells - hidden if system.counts[key] > 0}
