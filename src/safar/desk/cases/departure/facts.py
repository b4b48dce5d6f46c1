"""The papers of a departure in the words of the reader."""

from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_currency
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safar.cases.enums.departure import FIELD_LABELS, ItemState
from safar.cases.models import DeparturePaper
from safar.cases.queries.checklists import Checklist, Item
from safar.cases.rules import departure as rules
from safar.cases.rules.departure import CostSheet, Result
from safar.kernel.chart import Chart, Series
from safar.ui.numbers import active_locale, written_number

_SMALL = 100
_TONES = {"never": "danger", "longer": "warn", "within": "info"}


@dataclass(frozen=True, slots=True)
class WhatIf:
    """One line of the table of what may come otherwise."""

    label: str
    net: str
    months: str


@dataclass(frozen=True, slots=True)
class Worksheet:
    """What a cost sheet comes to, in words and figures."""

    sheet: CostSheet
    result: Result
    tone: str
    answer: str
    total: str
    net: str
    net_abroad: str
    instalment: str
    spare: str
    spare_is_short: bool
    months: str
    recruitment: str
    what_if: list[WhatIf]
    chart: Chart


@dataclass(frozen=True, slots=True)
class ListedItem:
    """One item of a checklist with how far the client is."""

    item: Item
    state: str

    @property
    def is_unsure(self) -> bool:
        return self.item.verify


def money(amount: Decimal, currency: str) -> str:
    """Write an amount as the reader does: whole units, with cents only where the amount is small."""
    pattern = "#,##0.00 ¤" if 0 < abs(amount) < _SMALL else "#,##0 ¤"
    return str(format_currency(amount, currency, pattern, locale=active_locale(), currency_digits=False))


def worksheet(sheet: CostSheet) -> Worksheet:
    found = rules.result(sheet)
    home = sheet.home_currency
    return Worksheet(
        sheet=sheet,
        result=found,
        tone=_TONES[found.pays_off],
        answer=answer_of(found),
        total=written_number(round(found.total)),
        net=written_number(round(found.net)),
        net_abroad=money(found.net_abroad, sheet.wage_currency),
        instalment=money(found.instalment, home),
        spare=money(found.spare, home),
        spare_is_short=found.spare < 0,
        months=in_months(found.break_even),
        recruitment=written_number(round(found.recruitment_months, 1)) if found.recruitment_months is not None else "",
        what_if=[
            WhatIf(_case_words()[case.code], money(case.result.net, home), in_months(case.result.break_even))
            for case in rules.what_if(sheet)
        ],
        chart=course_chart(sheet),
    )


def answer_of(found: Result) -> str:
    """Say in one sentence whether going pays for itself."""
    if found.break_even is None:
        return _("With this wage the money spent never comes back.")
    if found.break_even == 0:
        return _("Nothing is spent, so there is nothing to earn back.")
    months = in_months(found.break_even)
    if found.pays_off == "longer":
        contract = in_months(found.contract_months)
        return _("The money spent is earned back after %(months)s: longer than the contract of %(contract)s.") % {
            "months": months,
            "contract": contract,
        }
    return _("The money spent is earned back after %(months)s, within the contract.") % {"months": months}


def in_months(number: int | None) -> str:
    if number is None:
        return _("never")
    return ngettext("%(number)s month", "%(number)s months", number) % {"number": number}


def _case_words() -> dict[str, str]:
    return {
        "as_planned": _("As planned"),
        "lower_wage": _("The wage is a fifth lower than promised"),
        "unpaid": _("Two months without pay"),
        "rate_down": _("The wage’s currency loses 15 %"),
        "rate_up": _("The wage’s currency gains 15 %"),
    }


def course_chart(sheet: CostSheet) -> Chart:
    """Return the money over the months: earned less spent, and the debt still owed."""
    course = rules.course(sheet)
    return Chart(
        kind="line",
        title=_("The money month by month"),
        categories=tuple(str(month.number) for month in course),
        series=(
            Series(_("Earned less spent"), tuple(float(round(month.balance)) for month in course)),
            Series(_("Debt still owed"), tuple(float(round(month.debt)) for month in course)),
        ),
        unit=_("%(currency)s, by month after leaving") % {"currency": sheet.home_currency},
        note=_("Above zero the money spent on going has been earned back."),
    )


def listed(checklist: Checklist, ticks: dict[str, str]) -> list[ListedItem]:
    return [ListedItem(item, ticks.get(item.code, "")) for item in checklist.items]


def missing_count(paper: DeparturePaper) -> int:
    return sum(state == ItemState.MISSING for state in paper.content.values())


def label(name: str) -> str:
    return str(FIELD_LABELS[name])
