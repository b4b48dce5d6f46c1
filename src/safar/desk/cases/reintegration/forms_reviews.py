"""The form of a review: still in contact or not, work and income before and after, what changed, how content."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from safar.cases.enums.reintegration import InContact
from safar.cases.models import CaseEvent, PlanReview
from safar.cases.rules.reintegration import (
    HIGHEST_RATING,
    LOWEST_RATING,
    NO_INCOME,
    UNTOLD,
    Band,
    ReviewDetails,
    income_bands,
)
from safar.desk.cases.forms import NOTHING
from safar.desk.cases.reintegration.facts import service_name
from safar.desk.forms import ActionForm
from safar.kernel.clock import today
from safar.reference.queries.codes import code_list
from safar.trust.queries.profile import profile
from safar.ui.forms import ChoiceCards, DateInput, Pills
from safar.ui.numbers import written_number

_CARRIED = ("work_before", "income_before")


def income_choices(currency: str) -> list[tuple[str, str]]:
    """Return the bands of monthly income in words, from none to the open one."""
    bands = [(band.code, written_band(band, currency)) for band in income_bands(currency)]
    return [(NO_INCOME, _now("No income")), *bands, (UNTOLD, _now("Would not say"))]


def written_band(band: Band, currency: str) -> str:
    low, high = written_number(band.low), written_number(band.high)
    if band.high is None:
        return _now("More than %(low)s %(currency)s") % {"low": low, "currency": currency}
    if not band.low:
        return _now("Up to %(high)s %(currency)s") % {"high": high, "currency": currency}
    return _now("%(low)s to %(high)s %(currency)s") % {"low": low, "high": high, "currency": currency}


class ReviewForm(ActionForm):
    contact = forms.ChoiceField(
        label=_("Was the person met?"), choices=InContact.choices, widget=ChoiceCards, initial=InContact.YES
    )
    held_on = forms.DateField(label=_("Day"), widget=DateInput, initial=today)
    reason = forms.ChoiceField(
        label=_("Why not any more"), required=False, help_text=_("Only for those who left or were lost.")
    )
    work_before = forms.ChoiceField(label=_("Work before"), required=False)
    work_after = forms.ChoiceField(label=_("Work now"), required=False)
    income_before = forms.ChoiceField(label=_("Monthly income before"), required=False)
    income_after = forms.ChoiceField(label=_("Monthly income now"), required=False)
    changes = forms.MultipleChoiceField(label=_("What has changed since"), required=False, widget=Pills)
    words = forms.CharField(
        label=_("Note"), required=False, widget=forms.Textarea, max_length=2000,
        help_text=_("Nothing of health, violence or trafficking: that is for a sealed note."),
    )  # fmt: skip

    def __init__(self, *args: Any, services: Iterable[CaseEvent], before: PlanReview | None, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(before, name) for name in _CARRIED} if before else {}
        super().__init__(*args, **kwargs)
        self.currency = profile().currency
        self.offer("reason", [*NOTHING, *code_list("loss_reason").choices()])
        for name in ("work_before", "work_after"):
            self.offer(name, [*NOTHING, *code_list("employment").choices()])
        for name in ("income_before", "income_after"):
            self.offer(name, [*NOTHING, *income_choices(self.currency)])
        self.offer("changes", code_list("significant_change").choices())
        self._services = list(services)
        answers = [*NOTHING, ("yes", _now("Received it")), ("no", _now("Did not receive it"))]
        for event in self._services:
            self.fields[f"service_{event.pk}"] = forms.ChoiceField(
                label=service_name(event), required=False, choices=answers
            )
        self._lines = code_list("satisfaction_line").choices()
        for code, label in self._lines:
            self.fields[f"rating_{code}"] = forms.ChoiceField(label=label, required=False, choices=_ratings())

    @property
    def services(self) -> list[forms.BoundField]:
        return [self[f"service_{event.pk}"] for event in self._services]

    @property
    def ratings(self) -> list[forms.BoundField]:
        return [self[f"rating_{code}"] for code, _label in self._lines]

    def details(self) -> ReviewDetails:
        data = dict(self.cleaned_data)
        confirmed = {event.pk: data.pop(f"service_{event.pk}") for event in self._services}
        ratings = {code: data.pop(f"rating_{code}") for code, _label in self._lines}
        return ReviewDetails(
            **data,
            currency=self.currency if data["income_before"] or data["income_after"] else "",
            confirmed={key: answer == "yes" for key, answer in confirmed.items() if answer},
            ratings={line: int(rating) for line, rating in ratings.items() if rating},
        )


def _ratings() -> list[tuple[str, str]]:
    words = {LOWEST_RATING: _now("1, not at all"), HIGHEST_RATING: _now("5, very much")}
    numbers = range(LOWEST_RATING, HIGHEST_RATING + 1)
    return [*NOTHING, *((str(number), words.get(number, str(number))) for number in numbers)]
