"""The cost sheet, reckoned a second time by other means: fractions and closed formulas instead of month after month."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safar.cases.rules import departure as rules
from safar.cases.rules.departure import CostSheet, Loan

TODAY = dt.date(2026, 11, 24)
MANY = settings(max_examples=40)


def sheet(**fields) -> CostSheet:
    planned = {
        "home_currency": "UZS",
        "wage_currency": "RUB",
        "rate": Decimal(150),
        "rate_on": TODAY,
        "wage": Decimal(70000),
        "contract_months": 12,
        "costs": {"ticket": Decimal(3_000_000), "agency": Decimal(9_000_000)},
        "deductions": {"board": Decimal(10000), "lodging": Decimal(12000)},
        "loan": Loan(Decimal(8_000_000), Decimal(4), 6),
        "remittance": Decimal(3_000_000),
    }
    return CostSheet(**(planned | fields))


amounts = st.decimals(0, 5_000_000, places=2)
sheets = st.builds(
    sheet,
    rate=st.decimals("0.01", 200, places=4),
    wage=st.decimals(0, 100_000, places=2),
    contract_months=st.integers(1, 48),
    costs=st.fixed_dictionaries({"ticket": amounts, "agency": amounts}),
    deductions=st.fixed_dictionaries({"board": st.decimals(0, 60_000, places=2)}),
    loan=st.builds(Loan, amounts, st.decimals(0, 30, places=2), st.integers(1, 36)),
    unpaid_months=st.integers(0, 4),
)


def owed_after(loan: Loan, month: int) -> Fraction:
    """Return the debt by the closed formula of an annuity, without any month before it."""
    amount, rate, months = Fraction(loan.amount), Fraction(loan.monthly_percent) / 100, loan.months
    if not amount or month >= months:
        return Fraction(0)
    if not rate:
        return amount * (months - month) / months
    grown, whole = (1 + rate) ** month, (1 + rate) ** months
    return amount * (whole - grown) / (whole - 1)


def balance_after(planned: CostSheet, month: int) -> Fraction:
    """Return earned less spent at the end of a month: wages by counting paid months, interest as paid less repaid."""
    loan = planned.loan
    kept_back = sum(map(Fraction, planned.deductions.values()), Fraction(0))
    paid_months = max(month - planned.unpaid_months, 0)
    earned = (Fraction(planned.wage) * paid_months - kept_back * month) * Fraction(planned.rate)
    instalments = min(month, loan.months)
    part = Fraction(loan.amount) - owed_after(loan, 1) + Fraction(loan.amount) * Fraction(loan.monthly_percent) / 100
    interest = (
        part * instalments - (Fraction(loan.amount) - owed_after(loan, instalments)) if loan.amount else Fraction(0)
    )
    return earned - interest - sum(map(Fraction, planned.costs.values()), Fraction(0))


def months_to_earn_back(planned: CostSheet) -> int | None:
    """Return the month after the last one that ends below zero, looking from the end of twenty years backwards."""
    for month in range(rules.MONTHS_LOOKED_AT, -1, -1):
        if round(balance_after(planned, month), 2) < 0:
            return None if month == rules.MONTHS_LOOKED_AT else month + 1
    return 0


@MANY
@given(sheets)
def test_a_second_way_of_reckoning_comes_to_the_same(planned):
    found = rules.result(planned)
    months = dict(zip(range(40), rules.months(planned), strict=False))
    for number in (0, 1, 7, 39):
        assert abs(Fraction(months[number].balance) - balance_after(planned, number)) < Fraction(1, 10**20)
        assert abs(Fraction(months[number].debt) - owed_after(planned.loan, number)) < Fraction(1, 10**20)
    assert found.break_even == months_to_earn_back(planned)
    assert found.pays_off in {"never", "longer", "within"}


def _waits(planned: CostSheet) -> float:
    found = rules.break_even(planned)
    return inf if found is None else found


@MANY
@given(sheets, st.decimals(0, 1_000_000, places=2), st.decimals(0, 10, places=2))
def test_what_costs_more_never_pays_sooner(planned, more, percent):
    loan = planned.loan
    dearer = [
        replace(planned, costs=planned.costs | {"ticket": planned.costs["ticket"] + more}),
        replace(planned, deductions=planned.deductions | {"board": planned.deductions["board"] + more}),
        replace(planned, loan=replace(loan, amount=loan.amount + more)),
        replace(planned, loan=replace(loan, monthly_percent=loan.monthly_percent + percent)),
        replace(planned, loan=replace(loan, months=loan.months + 3)),
        replace(planned, unpaid_months=planned.unpaid_months + 1),
        replace(planned, wage=max(planned.wage - more, Decimal(0))),
    ]
    before = _waits(planned)
    assert [case for case in dearer if _waits(case) < before] == []


@MANY
@given(sheets)
def test_the_instalments_pay_the_loan_and_its_interest_and_nothing_else(planned):
    parts = rules.schedule(planned.loan)
    assert sum(part.paid for part in parts) == pytest.approx(planned.loan.amount + sum(part.interest for part in parts))
    assert all(part.left >= 0 for part in parts)
    assert not parts or parts[-1].left == 0


def test_a_known_loan_comes_to_the_figures_a_bank_prints():
    """1,000 at 1 % a month over 12 months: 88.85 a month, as every table of annuities has it."""
    parts = rules.schedule(Loan(Decimal(1000), Decimal(1), 12))
    assert {round(part.paid, 2) for part in parts} == {Decimal("88.85")}
    assert round(sum(part.interest for part in parts), 2) == Decimal("66.19")


def test_an_example_worked_by_hand():
    plain = sheet(loan=Loan(), costs={"ticket": Decimal(14_400_000)})
    found = rules.result(plain)
    assert found.net_abroad == 48000  # 70,000 less 10,000 and 12,000
    assert found.net == 7_200_000
    assert (found.total, found.interest, found.instalment) == (14_400_000, 0, 0)
    assert (found.break_even, found.pays_off) == (2, "within")
    assert round(found.recruitment_months, 4) == Decimal("1.3714")  # 14.4 million over 10.5 million a month
    assert found.spare == 4_200_000


def test_never_and_longer_are_said():
    assert rules.result(sheet(wage=Decimal(22000))).pays_off == "never"
    assert rules.result(sheet(contract_months=1)).pays_off == "longer"
    assert rules.result(sheet(wage=Decimal(0))).recruitment_months is None
    assert rules.result(sheet(costs={}, loan=Loan(), unpaid_months=0)).break_even == 0


def test_what_may_come_otherwise():
    cases = {case.code: case.result for case in rules.what_if(sheet())}
    assert cases["lower_wage"].net_abroad == 34000  # the deductions stay as they are
    assert cases["unpaid"].break_even > cases["as_planned"].break_even
    assert (cases["rate_down"].net, cases["rate_up"].net) == (6_120_000, 8_280_000)
    at_home = sheet(wage_currency="UZS", rate=Decimal(1))
    assert [case.code for case in rules.what_if(at_home)] == ["as_planned", "lower_wage", "unpaid"]


def test_the_months_drawn_are_those_of_contract_and_loan_or_of_breaking_even():
    assert len(rules.course(sheet(contract_months=12))) == 13
    assert len(rules.course(sheet(contract_months=1, loan=Loan()))) == rules.break_even(sheet(loan=Loan())) + 1
    hopeless = sheet(wage=Decimal(22000), contract_months=3, loan=Loan())
    assert len(rules.course(hopeless)) == 4


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"wage": Decimal(-1)}, ("wage", "negative")),
        ({"costs": {"visa": Decimal(10) ** 13}}, ("visa", "too_much")),
        ({"contract_months": 0}, ("contract_months", "impossible")),
        ({"rate": Decimal(0)}, ("rate", "impossible")),
        ({"wage_currency": "UZS"}, ("rate", "impossible")),
        ({"rate_on": TODAY + dt.timedelta(days=1)}, ("rate_on", "future")),
        ({"loan": Loan(Decimal(5), Decimal(1), 0)}, ("loan_months", "missing")),
        ({"loan": Loan(Decimal(5), Decimal(1), 121)}, ("loan_months", "impossible")),
        ({"loan": Loan(Decimal(5), Decimal(101), 3)}, ("loan_percent", "impossible")),
    ],
)
def test_what_cannot_be_is_refused(fields, problem):
    assert sheet(**fields).problems(TODAY) == dict([problem])


def test_a_sheet_is_kept_to_the_digit():
    planned = sheet(rate=Decimal("0.0123"))
    assert rules.from_plain(rules.as_plain(planned)) == planned
    assert rules.from_plain(rules.as_plain(sheet(rate_on=None))).rate_on is None
    assert planned.problems(TODAY) == {}
