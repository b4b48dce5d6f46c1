"""The reviewed rule files of supervision: when an act asks for approval, and what makes a case heavy."""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Annotated, Self

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from safar.cases.enums.approvals import Act
from safar.cases.rules.approvals import ApprovalRule
from safar.cases.rules.heavy import HeavyRules, ScoreStep, Step
from safar.kernel.multilingual import Multilingual
from safar.reference.queries import codes
from safar.trust.permissions import ROLES
from safar.trust.queries.profile import profile

DECIDES = "cases.approval.decide"
Days = Annotated[int, Field(ge=1, le=366)]
Weighs = Annotated[int, Field(ge=1, le=10)]


class Part(BaseModel):
    """A piece of a rule file: a mistyped key is an error, nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class When(Part):
    minor: bool = False
    abroad: bool = False
    cost_over: dict[str, Annotated[int, Field(ge=0)]] = {}


class WrittenRule(Part):
    """One rule as it stands in the file, with the sentence that tells why."""

    code: str = Field(pattern=r"^[a-z_]{2,40}$")
    acts: tuple[Act, ...] = Field(min_length=1)
    when: When
    approved_by: tuple[str, ...] = Field(min_length=1)
    in_force: bool
    why: Annotated[Multilingual, BeforeValidator(codes.multilingual)]

    @model_validator(mode="after")
    def _somebody_can_answer(self) -> Self:
        if unknown := [code for code in self.approved_by if code not in ROLES]:
            raise ValueError(f"{self.code}: there is no role {', '.join(unknown)}")
        if silent := [code for code in self.approved_by if DECIDES not in ROLES[code].permissions]:
            raise ValueError(f"{self.code}: the role {', '.join(silent)} may not answer requests for approval")
        return self

    def in_country(self, currency: str) -> ApprovalRule:
        """Return the rule as it holds here; a file without an amount in this currency cannot be used."""
        amounts = self.when.cost_over
        return ApprovalRule(
            code=self.code,
            acts=frozenset(self.acts),
            approved_by=frozenset(self.approved_by),
            minor=self.when.minor,
            abroad=self.when.abroad,
            cost_over=amounts[currency] if amounts else None,
        )


class ApprovalFile(Part):
    version: str
    source: str = Field(min_length=1)
    verify: bool
    rules: tuple[WrittenRule, ...]

    @model_validator(mode="after")
    def _a_code_names_one_rule(self) -> Self:
        written = [rule.code for rule in self.rules]
        if len(set(written)) != len(written):
            raise ValueError("A code stands for two rules")
        return self

    def in_force(self, currency: str) -> list[ApprovalRule]:
        return [rule.in_country(currency) for rule in self.rules if rule.in_force]


class WrittenStep(Part):
    at_least: int = Field(ge=1)
    weight: Weighs


class WrittenScore(Part):
    instrument: str
    score: str
    at_least: float
    weight: Weighs


class Care(Part):
    """When a worker is gently asked how they are: so many hard conversations in so many days."""

    within_days: Days
    conversations: int = Field(ge=2)
    flags: tuple[str, ...] = Field(min_length=1)


class HeavyFile(Part):
    version: str
    source: str = Field(min_length=1)
    verify: bool
    heavy_from: int = Field(ge=2)
    flags_within_days: Days
    contacts_within_days: Days
    flags: Mapping[str, Weighs]
    days_open: tuple[WrittenStep, ...]
    contacts: tuple[WrittenStep, ...]
    assessments: tuple[WrittenScore, ...] = ()
    care: Care

    @model_validator(mode="after")
    def _signs_are_on_the_list(self) -> Self:
        named = {*self.flags, *self.care.flags}
        if unknown := sorted(flag for flag in named if not codes.is_known("vulnerability_flag", flag)):
            raise ValueError(f"No warning sign is called {', '.join(unknown)}")
        return self

    @property
    def rules(self) -> HeavyRules:
        return HeavyRules(
            heavy_from=self.heavy_from,
            flags=dict(self.flags),
            days_open=[Step(step.at_least, step.weight) for step in self.days_open],
            contacts=[Step(step.at_least, step.weight) for step in self.contacts],
            assessments=[ScoreStep(one.instrument, one.score, one.at_least, one.weight) for one in self.assessments],
        )


@cache
def approval_file() -> ApprovalFile:
    """Return the reviewed rules of approval; pydantic's error when the file is wrong."""
    return ApprovalFile.model_validate(_read("approvals.yaml"))


@cache
def heavy_file() -> HeavyFile:
    """Return the reviewed weights of cases and the measure of a hard week; pydantic's error when the file is wrong."""
    return HeavyFile.model_validate(_read("heavy_cases.yaml"))


def approval_rules() -> list[ApprovalRule]:
    """Return the rules in force in this country."""
    return approval_file().in_force(profile().currency)


def why(code: str) -> str:
    """Return the sentence of a rule in the reader's language; the code where a file no longer has it."""
    return next((str(rule.why) for rule in approval_file().rules if rule.code == code), code)


def _read(name: str) -> object:
    return yaml.safe_load((resources.files("safar.cases") / "data" / name).read_text(encoding="utf-8"))
