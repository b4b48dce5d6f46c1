"""Hide small counts, then hide the least missed others until the attacker learns nothing about them."""

from collections.abc import Mapping
from dataclasses import InitVar, dataclass

from safar.methods.disclosure.audit import exposed
from safar.methods.disclosure.choice import least_missed, may_be_hidden
from safar.methods.disclosure.system import CountSystem, Key

METHOD = "small counts hidden, with the least missed others, audited by linear programming"
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
    movable = may_be_hidden(system, small, limits)
    hidden = least_missed(system, small, movable, limits)
    if narrow := exposed(system, hidden, limits):
        # Should the solver's rounding ever mislead the choice, everything it chose from is hidden.
        hidden = movable | small
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
