"""What going abroad to work costs, what is left of the wage, and after how many months the money spent is earned back.

The formula is published in docs/explanation/cost-worksheet.md. Amounts are Decimals and are rounded only where they are shown;
a rounded sum inside could make a dearer offer look quicker by a cent.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal, localcontext
from itertools import islice
from typing import Any

COST_ITEMS = ("agency", "documents", "exam", "visa", "medical", "insurance", "ticket", "other")
DEDUCTIONS = ("board", "lodging", "other_deduction", "living")
LONGEST_CONTRACT = 120
LONGEST_LOAN = 120
HIGHEST_RATE = Decimal(100)
MOST_MONEY = Decimal(10) ** 12
HIGHEST_EXCHANGE = Decimal(10) ** 6
# Beyond twenty years a plan does not pay for itself, whatever arithmetic says.
MONTHS_LOOKED_AT = 240
WAGE_LOSS = Decimal("0.20")
UNPAID_MONTHS = 2
RATE_SWING = Decimal("0.15")
_DIGITS = 50
CENT = Decimal("0.01")
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Loan:
    """Money borrowed for going, in the currency of home: percent a month, paid back in equal parts from the first month on."""

    amount: Decimal = ZERO
    monthly_percent: Decimal = ZERO
    months: int = 0


@dataclass(frozen=True, slots=True)
class CostSheet:
    """What a worker reckons with before going.

    Costs, loan and money sent home stand in the currency of home; wage and deductions (what is kept back or spent there each
    month) in that of the wage. `rate` is what one unit of the wage's currency gives at home, as the worker knows it on `rate_on`.
    """

    home_currency: str
    wage_currency: str
    rate: Decimal
    wage: Decimal
    contract_months: int
    rate_on: dt.date | None = None
    costs: dict[str, Decimal] = field(default_factory=dict)
    deductions: dict[str, Decimal] = field(default_factory=dict)
    loan: Loan = Loan()
    remittance: Decimal = ZERO
    unpaid_months: int = 0

    def problems(self, today: dt.date) -> dict[str, str]:
        """Return field → code of what cannot be: `negative`, `too_much`, `impossible`, `missing` or `future`."""
        found: dict[str, str] = {}
        amounts = {**self.costs, **self.deductions, "wage": self.wage, "remittance": self.remittance}
        for name, amount in {**amounts, "loan_amount": self.loan.amount}.items():
            if amount < 0:
                found[name] = "negative"
            elif amount > MOST_MONEY:
                found[name] = "too_much"
        found |= self._problems_of_terms()
        if self.rate_on and self.rate_on > today:
            found["rate_on"] = "future"
        return found

    def _problems_of_terms(self) -> dict[str, str]:
        found: dict[str, str] = {}
        if not 1 <= self.contract_months <= LONGEST_CONTRACT:
            found["contract_months"] = "impossible"
        if not 0 < self.rate <= HIGHEST_EXCHANGE or (self.home_currency == self.wage_currency and self.rate != 1):
            found["rate"] = "impossible"
        if not 0 <= self.loan.monthly_percent <= HIGHEST_RATE:
            found["loan_percent"] = "impossible"
        if self.loan.amount and not self.loan.months:
            found["loan_months"] = "missing"
        elif not 0 <= self.loan.months <= LONGEST_LOAN:
            found["loan_months"] = "impossible"
        return found


def as_plain(sheet: CostSheet) -> dict[str, Any]:
    """Return a sheet as JSON holds it: amounts as text, so that no digit is lost."""

    def text(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: text(one) for name, one in value.items()}
        return "" if value is None else str(value)

    return {name: text(value) for name, value in asdict(sheet).items()}


def from_plain(content: Mapping[str, Any]) -> CostSheet:
    """Return the sheet that was kept."""
    loan = content["loan"]
    return CostSheet(
        home_currency=content["home_currency"],
        wage_currency=content["wage_currency"],
        rate=Decimal(content["rate"]),
        wage=Decimal(content["wage"]),
        contract_months=int(content["contract_months"]),
        rate_on=dt.date.fromisoformat(content["rate_on"]) if content["rate_on"] else None,
        costs={name: Decimal(amount) for name, amount in content["costs"].items()},
        deductions={name: Decimal(amount) for name, amount in content["deductions"].items()},
        loan=Loan(Decimal(loan["amount"]), Decimal(loan["monthly_percent"]), int(loan["months"])),
        remittance=Decimal(content["remittance"]),
        unpaid_months=int(content["unpaid_months"]),
    )


@dataclass(frozen=True, slots=True)
class Instalment:
    """One month of paying a loan back: what is paid, how much of it is interest, and what is owed after it."""

    month: int
    paid: Decimal
    interest: Decimal
    left: Decimal


@dataclass(frozen=True, slots=True)
class Month:
    """Where the worker stands at the end of a month: earned less spent, and the debt still owed, both in the currency of home."""

    number: int
    balance: Decimal
    debt: Decimal


@dataclass(frozen=True, slots=True)
class Result:
    """What the sheet comes to. `break_even` is None where it is never reached; `recruitment_months` None without a wage.

    `net` is a full month's wage less deductions, at home; `spare` what of it is left in the first month after the instalment
    and the money sent home.
    """

    costs: Decimal
    interest: Decimal
    total: Decimal
    instalment: Decimal
    net_abroad: Decimal
    net: Decimal
    spare: Decimal
    break_even: int | None
    contract_months: int
    recruitment_months: Decimal | None

    @property
    def pays_off(self) -> str:
        """`never`, `longer` than the contract, or `within` it."""
        if self.break_even is None:
            return "never"
        return "longer" if self.break_even > self.contract_months else "within"


@dataclass(frozen=True, slots=True)
class Case:
    """One "what if": a code for its name and what the sheet comes to then."""

    code: str
    result: Result


def schedule(loan: Loan) -> list[Instalment]:
    """Return the instalments of a loan in equal parts (an annuity); the last one ends the debt exactly."""
    if not loan.amount or not loan.months:
        return []
    with localcontext() as context:
        context.prec = _DIGITS
        monthly = loan.monthly_percent / 100
        part = _part(loan.amount, monthly, loan.months)
        rows, left = [], loan.amount
        for month in range(1, loan.months + 1):
            interest = left * monthly
            paid = left + interest if month == loan.months else part
            left = ZERO if month == loan.months else left + interest - paid
            rows.append(Instalment(month, paid, interest, left))
        return rows


def _part(amount: Decimal, monthly: Decimal, months: int) -> Decimal:
    if not monthly:
        return amount / months
    return amount * monthly / (1 - (1 + monthly) ** -months)


def net_of(sheet: CostSheet) -> Decimal:
    """Return what is left of one full wage there, in the currency of the wage; negative where living costs more than the work gives."""
    return sheet.wage - sum(sheet.deductions.values(), ZERO)


def months(sheet: CostSheet) -> Iterator[Month]:
    """Give month after month, beginning with 0, the day of leaving; whoever asks decides how far."""
    parts = schedule(sheet.loan)
    with localcontext() as context:
        context.prec = _DIGITS
        full = net_of(sheet) * sheet.rate
        unpaid = (net_of(sheet) - sheet.wage) * sheet.rate
        start = -sum(sheet.costs.values(), ZERO)
    balance, number = start, 0
    yield Month(0, balance, sheet.loan.amount)
    while True:
        number += 1
        part = parts[number - 1] if number <= len(parts) else None
        with localcontext() as context:
            context.prec = _DIGITS
            balance += unpaid if number <= sheet.unpaid_months else full
            balance -= part.interest if part else ZERO
        yield Month(number, balance, part.left if part else ZERO)


def break_even(sheet: CostSheet) -> int | None:
    """Return the first month at whose end all costs and all interest so far are earned back; None within twenty years: never.

    The rest of the debt counts as well: from this month on the worker never falls behind again.
    """
    since: int | None = None
    for month in islice(months(sheet), MONTHS_LOOKED_AT + 1):
        if _shown(month.balance) < 0:
            since = None
        elif since is None:
            since = month.number
    return since


def result(sheet: CostSheet) -> Result:
    """Return everything the page says about a sheet."""
    parts = schedule(sheet.loan)
    with localcontext() as context:
        context.prec = _DIGITS
        costs = sum(sheet.costs.values(), ZERO)
        interest = sum((part.interest for part in parts), ZERO)
        instalment = parts[0].paid if parts else ZERO
        net_abroad = net_of(sheet)
        net = net_abroad * sheet.rate
        wage_at_home = sheet.wage * sheet.rate
        return Result(
            costs=costs,
            interest=interest,
            total=costs + interest,
            instalment=instalment,
            net_abroad=net_abroad,
            net=net,
            spare=net - instalment - sheet.remittance,
            break_even=break_even(sheet),
            contract_months=sheet.contract_months,
            recruitment_months=(costs + interest) / wage_at_home if wage_at_home else None,
        )


def what_if(sheet: CostSheet) -> list[Case]:
    """Return the sheet as it is, and with a lower wage, two months without pay, and the rate 15 percent down and up.

    A rate between one currency and itself does not move, so those two are left out there.
    """
    swung = [
        ("rate_down", replace(sheet, rate=sheet.rate * (1 - RATE_SWING))),
        ("rate_up", replace(sheet, rate=sheet.rate * (1 + RATE_SWING))),
    ]
    sheets = [
        ("as_planned", sheet),
        ("lower_wage", replace(sheet, wage=sheet.wage * (1 - WAGE_LOSS))),
        ("unpaid", replace(sheet, unpaid_months=sheet.unpaid_months + UNPAID_MONTHS)),
        *(swung if sheet.home_currency != sheet.wage_currency else []),
    ]
    return [Case(code, result(changed)) for code, changed in sheets]


def course(sheet: CostSheet) -> list[Month]:
    """Return the months worth drawing: the contract, the loan and the month of breaking even, two years at most beyond both."""
    reached = break_even(sheet) or 0
    known = max(sheet.contract_months, sheet.loan.months)
    last = max(known, min(reached, known + 24))
    return list(islice(months(sheet), last + 1))


def _shown(amount: Decimal) -> Decimal:
    return amount.quantize(CENT)
