"""Forms of a departure's papers and of what became of it."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from babel.numbers import get_currency_name, get_territory_currencies
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from safar.cases.actions.departure import LONGEST_LINE, cost_problems
from safar.cases.enums.departure import FIELD_LABELS, OUTCOME_MOVES, Outcome, OutcomeStage
from safar.cases.rules.departure import COST_ITEMS, DEDUCTIONS, CostSheet, Loan, as_plain
from safar.cases.rules.departure_outcomes import OutcomeDetails
from safar.desk.cases.forms import NOTHING, grouped
from safar.desk.forms import ActionForm
from safar.kernel.clock import today
from safar.reference.queries.codes import code_list
from safar.trust.queries.profile import profile
from safar.ui.forms import ChoiceCards, DateInput
from safar.ui.numbers import active_locale

# The labels are lazy texts; the stubs of forms know only their own kind of these.
_LABELS: Mapping[str, Any] = FIELD_LABELS

_SPACES = re.compile(r"[\s'’]")
_WORLD = ("USD", "EUR")


class Money(forms.DecimalField):
    """An amount as people type it: with spaces between the thousands, with a comma or a point."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, label: Any, **options: Any) -> None:
        super().__init__(label=label, **({"required": False, "min_value": 0} | options))

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if value in self.empty_values:
            return None
        try:
            return Decimal(_SPACES.sub("", str(value)).replace(",", "."))
        except InvalidOperation as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


def currencies(destination: str = "") -> list[tuple[str, str]]:
    """Return code and name of the currencies a centre meets: its own, those of common destinations, dollar and euro."""
    places = [destination, *(value.code for value in code_list("destination").quick)]
    codes = [profile().currency]
    for place in places:
        codes += get_territory_currencies(place)[-1:] if len(place) == 2 else []  # noqa: PLR2004  (alpha-2 codes)
    locale = active_locale()
    return [(code, f"{code} · {get_currency_name(code, locale=locale)}") for code in dict.fromkeys([*codes, *_WORLD])]


class CostForm(ActionForm):
    """What going costs, what is borrowed, what is earned there and sent home."""

    wage_currency = forms.ChoiceField(label=_LABELS["wage_currency"])
    home_currency = forms.ChoiceField(label=_LABELS["home_currency"])
    wage = Money(_LABELS["wage"], required=True)
    contract_months = forms.IntegerField(label=_LABELS["contract_months"], min_value=1)
    rate = Money(
        _LABELS["rate"],
        help_text=_("As the client knows it from a bank; empty when both currencies are the same."),
    )
    rate_on = forms.DateField(label=_LABELS["rate_on"], widget=DateInput, required=False)
    loan_amount = Money(_LABELS["amount"])
    loan_percent = Money(_LABELS["monthly_percent"])
    loan_months = forms.IntegerField(label=_LABELS["months"], min_value=0, required=False)
    remittance = Money(_LABELS["remittance"])
    unpaid_months = forms.IntegerField(label=_LABELS["unpaid_months"], min_value=0, max_value=24, required=False)

    def __init__(self, *args: Any, destination: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in (*COST_ITEMS, *DEDUCTIONS):
            self.fields[name] = Money(_LABELS[name])
        offered = currencies(destination)
        self.offer("wage_currency", offered)
        self.offer("home_currency", offered)
        self.initial.setdefault("home_currency", profile().currency)
        local = get_territory_currencies(destination)[-1:] if len(destination) == 2 else []  # noqa: PLR2004
        self.initial.setdefault("wage_currency", (local or ["USD"])[0])
        self.initial.setdefault("rate_on", today())

    @property
    def cost_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in COST_ITEMS]

    @property
    def deduction_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in DEDUCTIONS]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        if data["home_currency"] != data["wage_currency"] and not data["rate"]:
            self.add_error("rate", _("Write what one unit of the wage’s currency gives at home."))
            return data
        for name, message in cost_problems(self.sheet()).items():
            self.add_error(name, message)
        return data

    def sheet(self) -> CostSheet:
        data = self.cleaned_data
        zero = Decimal(0)
        same = data["home_currency"] == data["wage_currency"]
        return CostSheet(
            home_currency=data["home_currency"],
            wage_currency=data["wage_currency"],
            rate=Decimal(1) if same else data["rate"],
            rate_on=None if same else data["rate_on"],
            wage=data["wage"],
            contract_months=data["contract_months"],
            costs={name: data[name] for name in COST_ITEMS if data[name]},
            deductions={name: data[name] for name in DEDUCTIONS if data[name]},
            loan=Loan(data["loan_amount"] or zero, data["loan_percent"] or zero, data["loan_months"] or 0),
            remittance=data["remittance"] or zero,
            unpaid_months=data["unpaid_months"] or 0,
        )


def typed_of(sheet: CostSheet) -> dict[str, Any]:
    """Return a kept sheet as the form shows it again."""
    plain = as_plain(sheet)
    loan = plain.pop("loan")
    flat = {**plain, **plain.pop("costs"), **plain.pop("deductions")}
    flat |= {"loan_amount": loan["amount"], "loan_percent": loan["monthly_percent"], "loan_months": loan["months"]}
    return {name: value for name, value in flat.items() if value not in ("", "0", {})}


class PlanForm(ActionForm):
    """An emergency plan or a family agreement: a few short lines, none of them asked for."""

    agreed = forms.BooleanField(
        label=_("The client wants this kept in the file, and knows that it names other people."), required=False
    )

    def __init__(self, *args: Any, names: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = names
        for name in names:
            self.fields[name] = forms.CharField(label=_LABELS[name], max_length=LONGEST_LINE, required=False)

    @property
    def lines_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.names]

    def lines(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.names}


class OutcomeForm(ActionForm):
    """What became of a departure, found on a day."""

    outcome = forms.ChoiceField(label=_("What became of it"), widget=ChoiceCards)
    scheme = forms.ChoiceField(
        label=_("By which scheme"), required=False, help_text=_("Asked of those who left regularly.")
    )
    left_on = forms.DateField(label=_("Day of leaving"), widget=DateInput, required=False)
    destination = forms.ChoiceField(label=_("Where to"), required=False)
    stage = forms.ChoiceField(label=_("When it was asked"), choices=OutcomeStage.choices, widget=ChoiceCards)
    found_on = forms.DateField(label=_("Found out on"), widget=DateInput, initial=today)
    ask_again_on = forms.DateField(
        label=_("Ask again on"),
        widget=DateInput,
        required=False,
        help_text=_("Two weeks on while somebody prepares; one and three months after they left. Empty: no more."),
    )

    def __init__(self, *args: Any, before: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = OUTCOME_MOVES[Outcome(before)] if before else frozenset(Outcome)
        self.offer("outcome", [(one.value, one.label) for one in Outcome if one in allowed])
        self.offer("scheme", [*NOTHING, *code_list("departure_scheme").choices()])
        self.offer("destination", [*NOTHING, *grouped("destination")])

    def details(self) -> OutcomeDetails:
        return OutcomeDetails(**self.cleaned_data)
