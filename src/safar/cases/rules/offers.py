"""What an offer shows: answers become signs, reviewed rules say what each means. No rule lowers what another one raised.

A rule asks for signs and never for their absence, so that one more sign can only add reasons. There is no answer and no
rule for "safe": what nobody can see from a desk is not promised at one.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from safar.cases.rules.agencies import Standing, StandingOn
from safar.cases.rules.agency_names import Likeness

UNKNOWN = "unknown"


class Level(StrEnum):
    """How loud a reason speaks."""

    CHECK = "check"
    STOP = "stop"


class Outcome(StrEnum):
    """All that a check can come to."""

    NO_WARNING = "no_warning_found"
    CHECK = "check_these"
    STOP = "stop_and_call"


RANK = {Outcome.NO_WARNING: 0, Outcome.CHECK: 1, Outcome.STOP: 2}


@dataclass(frozen=True, slots=True)
class Fee:
    """What is to be paid for one thing: by whom, how much, and whether before there is a contract."""

    kind: str
    payer: str
    amount: Decimal | None = None
    currency: str = ""
    before_contract: bool = False


@dataclass(frozen=True, slots=True)
class OfferAnswers:
    """What the client told of an offer, question by question; `unknown` is an answer, and one to look into."""

    offered_by: str = UNKNOWN
    agency_name: str = ""
    channel: str = UNKNOWN
    employer_asked: str = UNKNOWN
    destination: str = ""
    purpose: str = "work"
    visa_type: str = UNKNOWN
    contract: str = UNKNOWN
    contract_on: dt.date | None = None
    contract_entity: str = ""
    contract_readable: str = UNKNOWN
    contract_language: str = ""
    payees: frozenset[str] = frozenset()
    payee_name: str = ""
    fees: tuple[Fee, ...] = ()
    deposit: str = UNKNOWN
    passport: str = UNKNOWN
    pressure: str = UNKNOWN
    guaranteed: str = UNKNOWN
    wage_promised: Decimal | None = None
    wage_currency: str = ""
    wage_in_contract: str = UNKNOWN


@dataclass(frozen=True, slots=True)
class AgencyFinding:
    """What the register says of the agency named, and whether contract and receipt name the same firm.

    `listed` is how the typed name was found in the register, None when it was not looked for.
    """

    standing: StandingOn | None = None
    listed: Likeness | None = None
    on_contract: Likeness | None = None
    on_receipt: Likeness | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One reviewed rule: it speaks when all its signs are there."""

    code: str
    level: Level
    signs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome with its reasons, the loudest first, and the questions left open."""

    outcome: Outcome
    rules: tuple[Rule, ...]
    signs: frozenset[str]
    unanswered: tuple[str, ...] = field(default=())


# Question → answer → sign. Answers that are no sign stand nowhere.
_SIGNS: dict[str, dict[str, str]] = {
    "offered_by": {"broker": "broker", "official": "said_to_be_official"},
    "channel": {
        "social_media": "informal_channel", "acquaintance": "informal_channel", "stranger": "informal_channel",
    },
    "contract": {"no": "no_contract"},
    "contract_readable": {"no": "contract_unreadable"},
    "deposit": {"money": "deposit_money", "property": "deposit_property"},
    "passport": {"asked": "passport_asked", "kept": "passport_kept"},
    "pressure": {"yes": "pressure"},
    "guaranteed": {"yes": "guaranteed_selection"},
    "wage_in_contract": {"no": "wage_not_in_contract", "less": "wage_lower_in_contract"},
}  # fmt: skip
_PAYEES = {"person": "pays_person", "official": "pays_official", "acquaintance": "pays_acquaintance"}
_VISA = {
    ("work", "tourist"): "tourist_visa_for_work",
    ("work", "student"): "student_visa_for_work",
    ("work", "visa_free"): "visa_free_for_work",
    ("work", "other"): "other_visa_for_work",
    ("study", "tourist"): "tourist_visa_for_study",
    ("study", "work"): "other_visa_for_study",
    ("study", "seasonal"): "other_visa_for_study",
    ("study", "other"): "other_visa_for_study",
}
_STANDING = {
    Standing.NEVER: "licence_absent",
    Standing.SUSPENDED: "licence_suspended",
    Standing.REVOKED: "licence_revoked",
    Standing.EXPIRED: "licence_expired",
    Standing.UNKNOWN: "licence_unknown",
}
_PLACEMENT, _PERMIT = "placement", "permit"
# Questions without which a check says little, in the order they are asked.
ASKED = (
    *("offered_by", "channel", "visa_type", "contract", "payees", "deposit", "passport", "pressure", "guaranteed"),
    *("contract_readable", "wage_in_contract"),
)


def signs_of(answers: OfferAnswers, agency: AgencyFinding) -> frozenset[str]:
    """Return every sign the answers and the register show."""
    found = {signs[answer] for name, signs in _SIGNS.items() if (answer := getattr(answers, name)) in signs}
    found |= {_PAYEES[payee] for payee in answers.payees if payee in _PAYEES}
    if visa := _VISA.get((answers.purpose, answers.visa_type)):
        found.add(visa)
    found |= _signs_of_money(answers) | _signs_of_agency(answers, agency)
    if answers.offered_by == "employer" and answers.employer_asked != "yes":
        found.add("employer_not_asked")
    if unanswered(answers):
        found.add("unanswered")
    return frozenset(found)


def unanswered(answers: OfferAnswers) -> tuple[str, ...]:
    """Return the questions nobody could answer; whether a contract can be read is asked only where there is one."""
    open_ = [name for name in ASKED if getattr(answers, name) in (UNKNOWN, frozenset())]
    if answers.contract != "yes":
        open_ = [name for name in open_ if name not in ("contract_readable", "wage_in_contract")]
    return tuple(open_)


def _signs_of_money(answers: OfferAnswers) -> set[str]:
    mine = [fee for fee in answers.fees if fee.payer == "client"]
    found = set()
    if mine:
        found.add("client_pays")
    if any(fee.before_contract for fee in mine):
        found.add("paid_before_contract")
    if any(fee.kind == _PLACEMENT for fee in mine):
        found.add("client_pays_placement")
    if any(fee.kind == _PERMIT for fee in mine):
        found.add("client_pays_permit")
    return found


def _signs_of_agency(answers: OfferAnswers, agency: AgencyFinding) -> set[str]:
    found = set()
    if answers.offered_by == "agency" and not answers.agency_name:
        found.add("agency_not_named")
    if agency.standing:
        if sign := _STANDING.get(agency.standing.state):
            found.add(sign)
        if agency.standing.state is Standing.UNKNOWN and agency.standing.was_bad:
            found.add("licence_was_bad")
    if agency.listed is Likeness.NEAR:
        found.add("name_near_licensed")
    for place, likeness in (("contract", agency.on_contract), ("receipt", agency.on_receipt)):
        if likeness is Likeness.OTHER:
            found.add(f"other_firm_on_{place}")
        if likeness is Likeness.NEAR:
            found.add(f"near_firm_on_{place}")
    return found


def judge(signs: Iterable[str], rules: Sequence[Rule], open_questions: tuple[str, ...] = ()) -> Verdict:
    """Return what the rules say of the signs."""
    held = frozenset(signs)
    spoken = sorted((rule for rule in rules if rule.signs <= held), key=lambda rule: rule.level is not Level.STOP)
    outcome = Outcome.NO_WARNING
    if spoken:
        outcome = Outcome.STOP if spoken[0].level is Level.STOP else Outcome.CHECK
    return Verdict(outcome, tuple(spoken), held, open_questions)
