"""Checks, agencies and complaints in the words of the reader, and the picture of an agency's licences."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from safar.cases.enums.offers import (
    Deposit,
    FeeKind,
    FeePayer,
    LicenceStanding,
    OfferChannel,
    OfferedBy,
    Passport,
    Payee,
    Purpose,
    WageInContract,
    YesNo,
)
from safar.cases.rules.agencies import Licence, Standing, StandingOn
from safar.cases.rules.offers import OfferAnswers
from safar.desk.cases.facts import Fact, label
from safar.kernel.clock import today
from safar.trust.queries.profile import OWN_NAMES
from safar.ui.numbers import written_date, written_number

TONES = {
    "no_warning_found": "neutral",
    "check_these": "warn",
    "stop_and_call": "danger",
    Standing.LICENSED: "neutral",
    Standing.UNKNOWN: "warn",
    Standing.NEVER: "danger",
    Standing.SUSPENDED: "danger",
    Standing.REVOKED: "danger",
    Standing.EXPIRED: "danger",
}
_ASKED = {
    "offered_by": OfferedBy,
    "channel": OfferChannel,
    "employer_asked": YesNo,
    "purpose": Purpose,
    "contract": YesNo,
    "contract_readable": YesNo,
    "wage_in_contract": WageInContract,
    "deposit": Deposit,
    "passport": Passport,
    "pressure": YesNo,
    "guaranteed": YesNo,
}


def questions() -> dict[str, str]:
    """Return what each question of a check is called in a list of answers."""
    return {
        "offered_by": _("Who makes the offer"),
        "agency_name": _("Name of the agency"),
        "channel": _("How the offer came"),
        "employer_asked": _("Employer asked independently"),
        "destination": _("Destination"),
        "purpose": _("For"),
        "visa_type": _("Visa offered"),
        "contract": _("Written contract"),
        "contract_on": _("Day of the contract"),
        "contract_entity": _("Agency named in the contract"),
        "contract_readable": _("The client can read it"),
        "contract_language": _("Language of the contract"),
        "wage_promised": _("Wage promised a month"),
        "wage_in_contract": _("The wage in the contract"),
        "payees": _("Who is paid by the client"),
        "payee_name": _("Firm on the receipt or account"),
        "fees": _("Costs"),
        "deposit": _("Deposit asked for"),
        "passport": _("The passport"),
        "pressure": _("Pressed for a quick decision"),
        "guaranteed": _("Selection promised for certain"),
    }


def of_answers(answers: OfferAnswers) -> list[Fact]:
    """Return what was answered, without what was left open."""
    names = questions()
    return [Fact(names[name], text) for name in names if (text := _answer(answers, name))]


def _answer(answers: OfferAnswers, name: str) -> str:
    value = getattr(answers, name)
    if not value or value == "unknown":
        return ""
    if name in _ASKED:
        return str(_ASKED[name](value).label)
    if name in {"destination", "visa_type"}:
        return label(name, value)
    return _written(answers, name)


def _written(answers: OfferAnswers, name: str) -> str:
    if name == "contract_language":
        return OWN_NAMES.get(answers.contract_language, "") or label("language", answers.contract_language)
    if name == "contract_on":
        return written_date(answers.contract_on) if answers.contract_on else ""
    if name == "wage_promised":
        return f"{written_number(answers.wage_promised or 0)} {answers.wage_currency}"
    if name == "payees":
        return ", ".join(str(Payee(payee).label) for payee in sorted(answers.payees))
    if name == "fees":
        return "; ".join(
            _fee(fee.kind, fee.payer, fee.amount, fee.currency, early=fee.before_contract) for fee in answers.fees
        )
    return str(getattr(answers, name))


def _fee(kind: str, payer: str, amount: object, currency: str, *, early: bool) -> str:
    parts = [f"{FeeKind(kind).label}: {FeePayer(payer).label}"]
    if amount is not None:
        parts.append(f"{written_number(amount)} {currency}")
    return ", ".join([*parts, _("before the contract")] if early else parts)


def open_questions(names: Sequence[str]) -> str:
    words = questions()
    return ", ".join(words[name] for name in names)


def of_standing(standing: StandingOn) -> str:
    """Say an agency's standing on a day in one sentence, with the days that bound it and the day of the register."""
    words = {
        Standing.LICENSED: _("Licensed"),
        Standing.SUSPENDED: _("The licence was suspended"),
        Standing.REVOKED: _("The licence had been revoked"),
        Standing.EXPIRED: _("The licence had run out"),
        Standing.NEVER: _("No licence in the register"),
        Standing.UNKNOWN: _("Not known: the register is too old for this day"),
    }
    said = [words[standing.state] if standing.as_of else _("Not known: no register was taken over")]
    if standing.last_known:
        said.append(_("on its day: %(standing)s") % {"standing": LicenceStanding(standing.last_known.value).label})
    if standing.number:
        said.append(_("no. %(number)s") % {"number": standing.number})
    if standing.since and standing.until:
        said.append(f"{written_date(standing.since)} – {written_date(standing.until)}")
    elif standing.since:
        said.append(_("since %(day)s") % {"day": written_date(standing.since)})
    if standing.as_of:
        said.append(_("register of %(day)s") % {"day": written_date(standing.as_of)})
    return ", ".join(said)


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of a licence in the picture, in the units of its view box."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Row:
    number: str
    y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class LicencePicture:
    """An agency's licences over time: years along the bottom, a row a licence, a line for the day of the register."""

    rows: tuple[Row, ...]
    years: tuple[tuple[int, float], ...]
    as_of: float
    height: int


_WIDTH, _LEFT, _ROW = 720.0, 150.0, 34
_MOST_YEARS_SHOWN = 12


def picture_of(licences: Sequence[Licence], as_of: dt.date) -> LicencePicture | None:
    """Draw licences: valid, suspended, and revoked with the rest of the term they no longer had."""
    if not licences:
        return None
    ends = [one.valid_until for one in licences if one.valid_until]
    first = dt.date(min(one.valid_from for one in licences).year, 1, 1)
    last = dt.date(max([as_of, today(), *ends]).year, 12, 31)
    days = (last - first).days

    def x(day: dt.date) -> float:
        share = (min(max(day, first), last) - first).days / days
        return round(_LEFT + share * (_WIDTH - _LEFT), 1)

    rows = tuple(_row(one, place, last, x) for place, one in enumerate(licences))
    step = 1 + (last.year - first.year) // _MOST_YEARS_SHOWN
    years = tuple((year, x(dt.date(year, 1, 1))) for year in range(first.year, last.year + 1, step))
    return LicencePicture(rows, years, x(as_of), _ROW * len(rows) + 30)


def _row(one: Licence, place: int, last: dt.date, x: Callable[[dt.date], float]) -> Row:
    spans = [("valid", one.valid_from, min(one.last_day, last))]
    if one.was_revoked and one.revoked_on:
        spans.append(("revoked", one.revoked_on, one.valid_until or last))
    spans += [("suspended", begins, min(ends or last, one.last_day, last)) for begins, ends in one.suspended]
    bars = tuple(
        Bar(kind, x(begins), max(round(x(ends) - x(begins), 1), 2)) for kind, begins, ends in spans if begins <= ends
    )
    return Row(one.number, 8 + place * _ROW, bars)
