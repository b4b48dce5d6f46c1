"""The offer check: the reviewed rules, what the register says of the agency named, and the reasons in words. Stateless."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Self
from uuid import UUID

import yaml
from pydantic import Field, model_validator

from safar.cases.models import Agency
from safar.cases.queries import agencies
from safar.cases.queries.agencies import Found
from safar.cases.queries.triage import Source, Texts, Written
from safar.cases.rules import offers as offer_rules
from safar.cases.rules.agencies import StandingOn
from safar.cases.rules.agency_names import Likeness, compare
from safar.cases.rules.offers import AgencyFinding, Level, OfferAnswers, Verdict
from safar.kernel.clock import today


class WrittenRule(Written):
    """A rule as its reviewers read it: when it speaks, how loud, in what words, and where that is known from."""

    code: str = Field(pattern=r"^[a-z_]+$", max_length=40)
    level: Level
    signs: frozenset[str] = Field(min_length=1)
    source: str
    text: Texts
    do: Texts
    retired: bool = False


class RuleSet(Written):
    """All rules of a version; retired ones keep their words for the checks that name them."""

    version: str = Field(max_length=16)
    verify: str
    sources: dict[str, Source]
    rules: tuple[WrittenRule, ...]

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        codes = [rule.code for rule in self.rules]
        if doubled := {code for code in codes if codes.count(code) > 1}:
            raise ValueError(f"Rules stand twice: {', '.join(sorted(doubled))}")
        if missing := {rule.source for rule in self.rules} - set(self.sources):
            raise ValueError(f"Sources are missing: {', '.join(sorted(missing))}")
        return self

    @property
    def active(self) -> list[offer_rules.Rule]:
        return [offer_rules.Rule(rule.code, rule.level, rule.signs) for rule in self.rules if not rule.retired]

    def rule(self, code: str) -> WrittenRule:
        return next(rule for rule in self.rules if rule.code == code)


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason in words: what was seen, what to do, and where it is known from."""

    code: str
    level: str
    text: Texts
    do: Texts
    source: Source

    @property
    def stops(self) -> bool:
        return self.level == Level.STOP


@dataclass(frozen=True, slots=True)
class OfferResult:
    """What a check came to; `hits` are the agencies the typed name may mean, `agency` the one that was taken."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    rules_version: str
    day: dt.date
    agency: Agency | None = None
    standing: StandingOn | None = None
    hits: tuple[Found, ...] = ()
    other_agency: Agency | None = None

    @property
    def outcome(self) -> str:
        return self.verdict.outcome.value


@cache
def rule_set() -> RuleSet:
    """Return the reviewed rules."""
    file = resources.files("safar.cases") / "content" / "offer_rules.yaml"
    return RuleSet.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))


def check(answers: OfferAnswers, *, agency_id: UUID | None = None) -> OfferResult:
    """Return what the rules say of an offer on the day of its contract; nothing is stored and nobody is named."""
    day = answers.contract_on or today()
    hits = agencies.find(answers.agency_name) if answers.agency_name else []
    agency = _chosen(hits, agency_id)
    finding, other = _finding(answers, agency, hits, day)
    signs = offer_rules.signs_of(answers, finding)
    listed = rule_set()
    verdict = offer_rules.judge(signs, listed.active, offer_rules.unanswered(answers))
    reasons = tuple(reason_of(rule.code, listed) for rule in verdict.rules)
    return OfferResult(verdict, reasons, listed.version, day, agency, finding.standing, tuple(hits), other)


def reason_of(code: str, listed: RuleSet) -> Reason:
    rule = listed.rule(code)
    return Reason(code, rule.level.value, rule.text, rule.do, listed.sources[rule.source])


def _chosen(hits: list[Found], agency_id: UUID | None) -> Agency | None:
    """Return the agency meant: the one somebody chose among the hits, else the one of exactly this name."""
    if agency_id:
        return next((hit.agency for hit in hits if hit.agency.pk == agency_id), None)
    return next((hit.agency for hit in hits if hit.is_same), None)


def _finding(
    answers: OfferAnswers, agency: Agency | None, hits: list[Found], day: dt.date
) -> tuple[AgencyFinding, Agency | None]:
    """Return what the register says, and the agency the contract names when that is another one."""
    if not answers.agency_name:
        return AgencyFinding(), None
    names = [answers.agency_name, *(name.name for name in agency.names.all())] if agency else [answers.agency_name]
    on_contract, other = _compared(answers.contract_entity, names, agency)
    on_receipt, _other = _compared(answers.payee_name, names, agency)
    if agency:
        return AgencyFinding(agencies.standing_on(agency, day), Likeness.SAME, on_contract, on_receipt), other
    if hits:
        return AgencyFinding(None, Likeness.NEAR, on_contract, on_receipt), other
    return AgencyFinding(agencies.standing_of_unlisted(day), Likeness.OTHER, on_contract, on_receipt), other


def _compared(written: str, names: Iterable[str], agency: Agency | None) -> tuple[Likeness | None, Agency | None]:
    """Compare a name on paper with the agency's; one that is exactly another agency's is another firm, however near."""
    if not written:
        return None, None
    order = [Likeness.SAME, Likeness.NEAR, Likeness.OTHER]
    best = min((compare(written, name).likeness for name in names), key=order.index)
    if best is Likeness.SAME:
        return best, None
    exact = next((hit.agency for hit in agencies.find(written) if hit.is_same and hit.agency != agency), None)
    return (Likeness.OTHER, exact) if exact else (best, None)
