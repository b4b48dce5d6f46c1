"""What makes a case heavy for whoever carries it: a sum of stated weights, each of them named beside the case.

It says how much work and care a case asks for, never what somebody is, and nothing about how well anybody works.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Step:
    """From so many on, so much weight."""

    at_least: float
    weight: int


@dataclass(frozen=True, slots=True)
class ScoreStep:
    """From this score of an instrument on, so much weight."""

    instrument: str
    score: str
    at_least: float
    weight: int


@dataclass(frozen=True, slots=True)
class HeavyRules:
    """The weights of the rule file; of the steps of one kind only the highest that is reached counts."""

    heavy_from: int
    flags: Mapping[str, int]
    days_open: Sequence[Step]
    contacts: Sequence[Step]
    assessments: Sequence[ScoreStep] = ()


@dataclass(frozen=True, slots=True)
class CaseLoad:
    """What is known of one case: warning signs seen lately, days open, contacts lately, scores as instrument → score → value."""

    flags: frozenset[str] = frozenset()
    days_open: int = 0
    contacts: int = 0
    scores: Mapping[str, Mapping[str, float | None]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that weighs: its kind, the code or the step it reached, what was found, and how much it weighs."""

    kind: str
    code: str
    found: float
    weight: int


def weigh(load: CaseLoad, rules: HeavyRules) -> list[Reason]:
    """Return everything that weighs in a case, the heaviest first."""
    found = [Reason("flag", flag, 1, rules.flags[flag]) for flag in sorted(load.flags) if rules.flags.get(flag)]
    found += _reached("time_open", load.days_open, rules.days_open)
    found += _reached("contacts", load.contacts, rules.contacts)
    for step in rules.assessments:
        value = load.scores.get(step.instrument, {}).get(step.score)
        if value is not None and value >= step.at_least:
            found.append(Reason("assessment", step.instrument, value, step.weight))
    return sorted(found, key=lambda reason: -reason.weight)


def total(reasons: Sequence[Reason]) -> int:
    return sum(reason.weight for reason in reasons)


def _reached(kind: str, value: float, steps: Sequence[Step]) -> list[Reason]:
    reached = [step for step in steps if value >= step.at_least]
    if not reached:
        return []
    step = max(reached, key=lambda each: each.at_least)
    return [Reason(kind, f"{step.at_least:g}", value, step.weight)]
