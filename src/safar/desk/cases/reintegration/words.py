"""What a person's own copy says of their return, where a code is not enough."""

from typing import Any

from django.utils.translation import gettext as _

from safar.cases.enums.reintegration import Dimension, NeedState, StepState
from safar.cases.rules.reintegration import income_bands
from safar.desk.cases.facts import label
from safar.trust.queries.profile import profile
from safar.ui.numbers import written_number


def _joined(*words: str) -> str:
    return " · ".join(word for word in words if word)


def needs(value: Any) -> str:
    return "; ".join(
        _joined(label("immediate_need", need), str(NeedState(state).label), label("need_unmet", reason))
        for need, state, reason in value
    )


def goals(value: Any) -> str:
    return "; ".join(_joined(str(Dimension(dimension).label), text, note) for dimension, text, note in value)


def steps(value: Any) -> str:
    return "; ".join(
        _joined(day, text, who, cost, str(StepState(state).label), evidence, reason)
        for day, text, who, cost, state, evidence, reason in value
    )


def ratings(value: Any) -> str:
    return ", ".join(f"{label('satisfaction_line', line)} {rating}" for line, rating in value)


def services(value: Any) -> str:
    said = {True: _("received"), False: _("not received")}
    return "; ".join(_joined(label("referral_service", service), said[received]) for service, received in value)


def income(value: Any) -> str:
    """Say a band; it is kept in the currency of the country."""
    found = next((band for band in income_bands(profile().currency) if band.code == value), None)
    if found is None:
        return {"none": _("No income"), "untold": _("Would not say")}.get(value, str(value))
    return (
        f"{written_number(found.low)}–{written_number(found.high)}" if found.high else f"> {written_number(found.low)}"
    )


def ending(value: Any) -> str:
    """Say why the work ended; the reason stands in one of two lists."""
    found = label("closure_reason", value)
    return label("loss_reason", value) if found == value else found
