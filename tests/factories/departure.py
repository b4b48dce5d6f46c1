import datetime as dt
from decimal import Decimal

from safar.cases.actions import departure
from safar.cases.models import DepartureOutcome, DeparturePaper
from safar.cases.rules.departure import CostSheet, Loan
from safar.cases.rules.departure_outcomes import OutcomeDetails
from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.trust.models import Centre

TICKS = {
    "passport": "has",
    "eps_topik": "missing",
    "visa_e9": "missing",
    "medical": "not_needed",
    "copies_home": "missing",
}


def sheet(**fields) -> CostSheet:
    planned = {
        "home_currency": "UZS",
        "wage_currency": "RUB",
        "rate": Decimal(150),
        "rate_on": today(),
        "wage": Decimal(70000),
        "contract_months": 12,
        "costs": {"ticket": Decimal(3_000_000), "agency": Decimal(9_000_000)},
        "deductions": {"board": Decimal(10000)},
        "loan": Loan(Decimal(8_000_000), Decimal(4), 6),
        "remittance": Decimal(3_000_000),
    }
    return CostSheet(**(planned | fields))


def costs(centre: Centre, **to) -> DeparturePaper:
    return departure.keep_costs(**({"sheet": sheet(), "centre": centre, "by": MACHINE} | to))


def ticked(centre: Centre, **to) -> DeparturePaper:
    return departure.keep_checklist(**({"form": "korea_eps", "ticks": TICKS, "centre": centre, "by": MACHINE} | to))


def found(**fields) -> OutcomeDetails:
    return OutcomeDetails(**({"outcome": "still_preparing", "stage": "before", "found_on": today()} | fields))


def outcome(centre: Centre, *, by=MACHINE, case=None, contact=None, **fields) -> DepartureOutcome:
    of = {"case_id": case and case.pk, "contact_id": contact and contact.pk}
    return departure.record_outcome(details=found(**fields), centre=centre, by=by, **of)


def ago(days: int) -> dt.date:
    return today() - dt.timedelta(days=days)
