"""Who stays, as a table of groups and a curve with its numbers at risk."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from babel import dates
from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from safar.cases.queries.cohorts import groups_shown
from safar.cases.rules.cohorts import DAYS_A_MONTH, Cohort, Member, cohorts, curve
from safar.desk.cases.facts import label
from safar.kernel.chart import Chart, Series
from safar.kernel.clock import today
from safar.methods.evaluation.survival import Curve
from safar.trust.queries.profile import profile
from safar.ui.numbers import active_locale, month_name, written_number

PLAN, RETURN = "plan", "return"
MONTH, QUARTER = "month", "quarter"
MOST_MONTHS = 24
AT_RISK_EVERY = 3


@dataclass(frozen=True, slots=True)
class Chosen:
    basis: str = PLAN
    quarterly: bool = True
    split: str = ""


class StayingForm(forms.Form):
    basis = forms.ChoiceField(
        label=_("Grouped by"), choices=[(PLAN, _("Day of the first plan")), (RETURN, _("Month of return"))]
    )
    size = forms.ChoiceField(label=_("Groups"), choices=[(QUARTER, _("By quarter")), (MONTH, _("By month"))])
    split = forms.ChoiceField(
        label=_("Curve"),
        required=False,
        choices=[("", _("All together")), ("sex", _("By sex")), ("return_type", _("By kind of return"))],
    )

    def chosen(self) -> Chosen:
        """Return what was chosen; an address that says something else shows what is shown first."""
        if not self.is_valid():
            return Chosen()
        data = self.cleaned_data
        return Chosen(data["basis"], data["size"] == QUARTER, data["split"])


@dataclass(frozen=True, slots=True)
class Row:
    title: str
    cohort: Cohort


@dataclass(frozen=True, slots=True)
class AtRisk:
    """The numbers under a curve: how many are still followed at each mark."""

    name: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A curve, or why there is none: too few people, or groups too small to be told apart."""

    chart: Chart | None
    people: int
    least: int
    marks: tuple[int, ...] = ()
    at_risk: tuple[AtRisk, ...] = ()
    withheld: bool = False
    end: str = ""


def table(members: Sequence[Member], *, quarterly: bool) -> list[Row]:
    return [
        Row(_period(each.first, quarterly=quarterly), each)
        for each in cohorts(members, quarterly=quarterly, today=today())
    ]


def _period(first: dt.date, *, quarterly: bool) -> str:
    if quarterly:
        return str(dates.format_skeleton("yQQQ", first, locale=active_locale()))
    return f"{month_name(first.month)} {first.year}"


def picture(members: Sequence[Member], chosen: Chosen) -> Shown:
    """Return the curve of all, or of each group that may be shown; of fewer people than the threshold there is none."""
    least = profile().disclosure.sensitive
    if len(members) < least:
        return Shown(None, len(members), least)
    groups = {"": list(members)} if not chosen.split else groups_shown(members, chosen.split)
    if not groups:
        return Shown(None, len(members), least, withheld=True)
    curves = {code: curve(group, today=today()) for code, group in groups.items()}
    last = min(MOST_MONTHS, max(int(found.steps[-1].time / DAYS_A_MONTH) for found in curves.values()))
    names = {code: label(chosen.split, code) if code else str(_("Still in the programme")) for code in curves}
    lines = [
        line for code, found in curves.items() for line in _lines(names[code], found, last, alone=not chosen.split)
    ]
    chart = Chart(
        kind="step",
        title=_now("Still in the programme"),
        categories=tuple(str(month) for month in range(last + 1)),
        series=tuple(lines),
        unit=_now("percent of people, by months since the start"),
        note=_note(alone=not chosen.split),
    )
    marks = tuple(range(0, last + 1, AT_RISK_EVERY if last > 2 * AT_RISK_EVERY else 1))
    risk = tuple(
        AtRisk(names[code], tuple(found.at_risk(month * DAYS_A_MONTH) for month in marks))
        for code, found in curves.items()
    )
    hidden = len({getattr(member, chosen.split) for member in members}) > len(groups) if chosen.split else False
    return Shown(
        chart, len(members), least, marks, risk, withheld=hidden, end=_end(curves, last) if not chosen.split else ""
    )


def _lines(name: str, found: Curve, last: int, *, alone: bool) -> list[Series]:
    steps = [found.at(month * DAYS_A_MONTH) for month in range(last + 1)]
    lines = [Series(name, tuple(_percent(step.survival) if step else None for step in steps))]
    if alone:
        lines += [
            Series(_now("95% interval, lower end"), tuple(_percent(step.low) if step else None for step in steps)),
            Series(_now("95% interval, upper end"), tuple(_percent(step.high) if step else None for step in steps)),
        ]
    return lines


def _percent(share: float | None) -> float | None:
    return None if share is None else round(share * 100, 1)


def _note(*, alone: bool) -> str:
    said: list[Any] = [
        _now("Kaplan–Meier. Leaving and being lost are events; whoever finished or is still in counts until then."),
    ]
    if alone:
        said.append(_now("The interval holds for each month by itself, and begins where the first person left."))
    return " ".join(str(each) for each in said)


def _end(curves: dict[str, Curve], last: int) -> str:
    """Say the last value the curve has, with its interval, in words."""
    (found,) = curves.values()
    for month in range(last, -1, -1):
        step = found.at(month * DAYS_A_MONTH)
        if step and step.low is not None and step.high is not None:
            return _now("After %(months)s months %(share)s%% are still in; 95%% interval from %(low)s%% to %(high)s%%.") % {
                "months": month, "share": written_number(_percent(step.survival)), "low": written_number(_percent(step.low)), "high": written_number(_percent(step.high)),
            }  # fmt: skip
    return ""
