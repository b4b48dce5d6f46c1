"""When an act asks for a second person, and who that may be."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from safar.people.rules import MINOR_AGE_BAND


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the rules look at: the age group of the person, what a plan costs, whether something leaves the country."""

    age_band: str = ""
    cost: int | None = None
    abroad: bool = False


NO_CIRCUMSTANCES = Circumstances()


@dataclass(frozen=True, slots=True)
class ApprovalRule:
    """One rule: it asks for approval of these acts when everything it names is so; without a condition always."""

    code: str
    acts: frozenset[str]
    approved_by: frozenset[str]
    minor: bool = False
    abroad: bool = False
    cost_over: int | None = None

    def asks(self, act: str, about: Circumstances) -> bool:
        """Return whether this act needs approval in these circumstances."""
        if act not in self.acts:
            return False
        if self.minor and about.age_band != MINOR_AGE_BAND:
            return False
        if self.abroad and not about.abroad:
            return False
        return self.cost_over is None or (about.cost or 0) > self.cost_over


def asking(rules: Iterable[ApprovalRule], act: str, about: Circumstances) -> list[ApprovalRule]:
    """Return the rules that ask for approval of an act, in the order of the file."""
    return [rule for rule in rules if rule.asks(act, about)]


def may_answer(rules: Iterable[ApprovalRule], roles: Collection[str]) -> bool:
    """Return whether somebody with these roles satisfies every one of the rules."""
    return all(rule.approved_by & set(roles) for rule in rules)
