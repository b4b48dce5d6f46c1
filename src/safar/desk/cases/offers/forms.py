"""The questions of an offer check, in the order of a conversation. Every one may stay open: that is an answer too."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.cases.enums.offers import (
    Deposit,
    FeeKind,
    FeePayer,
    OfferChannel,
    OfferedBy,
    Passport,
    Payee,
    Purpose,
    WageInContract,
    YesNo,
)
from safar.cases.queries.agencies import Found
from safar.cases.rules.offers import Fee, OfferAnswers
from safar.desk.forms import ActionForm
from safar.reference.queries.codes import code_list
from safar.trust.queries.profile import profile
from safar.ui.forms import ChoiceCards, DateInput, Pills

NOTHING = [("", "—")]
NONE_OF_THESE = "none"
CURRENCIES = ("USD", "EUR", "RUB", "KRW", "GBP")


def currencies() -> list[tuple[str, str]]:
    """Return the country's own currency and those offers are made in."""
    return [(code, code) for code in dict.fromkeys((profile().currency, *CURRENCIES))]


class OfferForm(ActionForm):
    offered_by = forms.ChoiceField(
        label=_("Who makes the offer"), choices=OfferedBy.choices, initial=OfferedBy.UNKNOWN, widget=ChoiceCards
    )
    agency_name = forms.CharField(
        label=_("Name of the agency"),
        max_length=200,
        required=False,
        help_text=_("As the client knows it, in any script, with or without the legal form."),
    )
    agency = forms.ChoiceField(label=_("Which of these is it?"), required=False, widget=ChoiceCards)
    channel = forms.ChoiceField(
        label=_("How the offer came"), choices=OfferChannel.choices, initial=OfferChannel.UNKNOWN, widget=ChoiceCards
    )
    employer_asked = forms.ChoiceField(
        label=_("Was the employer asked, by an address found independently?"),
        choices=YesNo.choices,
        initial=YesNo.UNKNOWN,
        widget=ChoiceCards,
    )
    destination = forms.ChoiceField(label=_("Destination"), required=False)
    purpose = forms.ChoiceField(label=_("For"), choices=Purpose.choices, initial=Purpose.WORK, widget=ChoiceCards)
    visa_type = forms.ChoiceField(label=_("Visa offered"), initial="unknown")
    contract = forms.ChoiceField(
        label=_("Is there a written contract?"), choices=YesNo.choices, initial=YesNo.UNKNOWN, widget=ChoiceCards
    )
    contract_on = forms.DateField(
        label=_("Day of the contract"),
        required=False,
        widget=DateInput,
        help_text=_("The licence is looked up for this day; left empty, for today."),
    )
    contract_entity = forms.CharField(
        label=_("Agency named in the contract"),
        max_length=200,
        required=False,
        help_text=_("The firm that sends the client, as it stands there; the employer abroad is another matter."),
    )
    contract_readable = forms.ChoiceField(
        label=_("Can the client read it?"), choices=YesNo.choices, initial=YesNo.UNKNOWN, widget=ChoiceCards
    )
    contract_language = forms.ChoiceField(label=_("Language of the contract"), required=False)
    wage_promised = forms.DecimalField(label=_("Wage promised a month"), required=False, min_value=0, max_digits=12)
    wage_currency = forms.ChoiceField(label=_("Currency"), required=False)
    wage_in_contract = forms.ChoiceField(
        label=_("The wage in the contract"),
        choices=WageInContract.choices,
        initial=WageInContract.UNKNOWN,
        widget=ChoiceCards,
    )
    payees = forms.MultipleChoiceField(
        label=_("Who is paid by the client"), choices=Payee.choices, required=False, widget=Pills
    )
    payee_name = forms.CharField(
        label=_("Firm on the receipt or account"),
        max_length=200,
        required=False,
        help_text=_("Only the name of a firm; no name of a person."),
    )
    fee_currency = forms.ChoiceField(label=_("Currency of the costs"), required=False)
    deposit = forms.ChoiceField(
        label=_("Deposit asked for"), choices=Deposit.choices, initial=Deposit.UNKNOWN, widget=ChoiceCards
    )
    passport = forms.ChoiceField(
        label=_("The passport"), choices=Passport.choices, initial=Passport.UNKNOWN, widget=ChoiceCards
    )
    pressure = forms.ChoiceField(
        label=_("Do they press for a quick decision or departure?"),
        choices=YesNo.choices,
        initial=YesNo.UNKNOWN,
        widget=ChoiceCards,
    )
    guaranteed = forms.ChoiceField(
        label=_("Do they promise selection for certain?"),
        choices=YesNo.choices,
        initial=YesNo.UNKNOWN,
        widget=ChoiceCards,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("destination", [*NOTHING, *code_list("destination").choices()])
        self.offer("visa_type", [*code_list("visa_type").choices(), ("unknown", _("Not known"))])
        self.offer("contract_language", [*NOTHING, *code_list("language").choices()])
        for name in ("wage_currency", "fee_currency"):
            self.offer(name, currencies())
        for kind in FeeKind:
            self.fields[f"payer_{kind}"] = forms.ChoiceField(
                label=_("Who pays"),
                choices=[("", _("Not asked for")), *FeePayer.choices],
                required=False,
                widget=forms.Select({"class": "control"}),
            )
            self.fields[f"amount_{kind}"] = forms.DecimalField(
                label=_("How much"),
                required=False,
                min_value=0,
                max_digits=12,
                decimal_places=2,
                widget=forms.NumberInput({"class": "control", "step": "any"}),
            )
            self.fields[f"before_{kind}"] = forms.BooleanField(label=_("Before the contract"), required=False)

    @property
    def fee_rows(self) -> list[tuple[str, Any, Any, Any]]:
        """Return the lines of the table of costs: what for, who pays, how much, before the contract."""
        return [
            (str(kind.label), self[f"payer_{kind}"], self[f"amount_{kind}"], self[f"before_{kind}"]) for kind in FeeKind
        ]

    def offer_agencies(self, hits: Sequence[Found]) -> None:
        """Ask which agency is meant, where the name typed is only nearly that of one."""
        choices = [(str(hit.agency.pk), str(hit.agency)) for hit in hits]
        self.offer("agency", [*choices, (NONE_OF_THESE, _("None of these"))])

    def answers(self) -> OfferAnswers:
        """Return what was answered."""
        data = self.cleaned_data
        names = [field for field in OfferAnswers.__dataclass_fields__ if field not in ("fees", "payees")]
        told = {name: data[name] for name in names if data[name] is not None}
        told["wage_currency"] = data["wage_currency"] if data["wage_promised"] else ""
        return OfferAnswers(payees=frozenset(data["payees"]), fees=self._fees(), **told)

    def _fees(self) -> tuple[Fee, ...]:
        data = self.cleaned_data
        return tuple(
            Fee(
                kind.value,
                data[f"payer_{kind}"],
                data[f"amount_{kind}"],
                data["fee_currency"] if data[f"amount_{kind}"] else "",
                before_contract=data[f"before_{kind}"],
            )
            for kind in FeeKind
            if data[f"payer_{kind}"]
        )


class PrintForm(ActionForm):
    """In which language a check is printed."""

    language = forms.ChoiceField(label=_("Language of the paper"))

    def __init__(self, *args: Any, languages: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("language", languages)
