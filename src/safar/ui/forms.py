"""Widgets and fields the forms of all doors share."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.choices import BaseChoiceIterator
from django.utils.translation import gettext_lazy as _

from safar.kernel import clock
from safar.ui.numbers import month_name
from safar.ui.partial_date import PartialDate

_EARLIEST_YEAR = 1900


class DateInput(forms.DateInput):
    """The browser's own date picker; the value travels as ISO 8601 whatever the language."""

    input_type = "date"

    def format_value(self, value: Any) -> str | None:
        return value.isoformat() if isinstance(value, date) else value or None


class TimeInput(forms.TimeInput):
    """The browser's own time picker, to the minute."""

    input_type = "time"

    def format_value(self, value: Any) -> str | None:
        return value.strftime("%H:%M") if isinstance(value, time) else value or None


class ChoiceCards(forms.RadioSelect):
    """One of a few, each on a card. `hints` explains a choice under its label, by value."""

    def __init__(self, *args: Any, hints: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hints = dict(hints or {})


class Pills(forms.CheckboxSelectMultiple):
    """Several of a list, each a pill to tick."""


PlaceGroup = tuple[str, Any, Iterable[tuple[str, Any]]]


class ReadyChoices(BaseChoiceIterator):
    """Choices made once and taken by many forms as they are; of a plain list each form walks every pair several times."""

    def __init__(self, pairs: Iterable[Any]) -> None:
        self.pairs = tuple(pairs)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.pairs)


class PlacePicker(forms.Select):
    """A region or one of its districts in one list: the region stands first in its group, for when no more is known.

    One list and not two that depend on each other: that needs no script, and typing the first letters finds a district.
    """

    @staticmethod
    def choices_of(regions: Iterable[PlaceGroup], *, blank: Any = "") -> list[Any]:
        """Turn (code, label, districts) into choices grouped by region, for the `choices` of the field."""
        grouped: list[Any] = [("", blank)] if blank != "" else [("", "—")]
        for code, label, districts in regions:
            whole = _("%(region)s, district not known") % {"region": label}
            grouped.append((label, [(code, whole), *districts]))
        return grouped


class PartialDateInput(forms.MultiWidget):
    """Boxes for day, month and year, in this order; each may stay empty but the year."""

    template_name = "ui/widgets/partial_date.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        box = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(
            widgets={
                "day": forms.TextInput({**box, "maxlength": "2", "class": "control part-day"}),
                "month": forms.Select({"class": "control part-month", "autocomplete": "off"}),
                "year": forms.TextInput({**box, "maxlength": "4", "class": "control part-year"}),
            },
            attrs=attrs,
        )

    def decompress(self, value: Any) -> list[Any]:
        if isinstance(value, str) and value:
            value = PartialDate.parse(value)
        if isinstance(value, date):
            value = PartialDate(value.year, value.month, value.day)
        return [value.day, value.month, value.year] if isinstance(value, PartialDate) else [None, None, None]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        # Filled in here, not at import: the names of the months follow the reader's language.
        months = [("", "—"), *((str(month), month_name(month)) for month in range(1, 13))]
        self.widgets[1].choices = months  # type: ignore[attr-defined]
        context = super().get_context(name, value, attrs)
        for part, label in zip(context["widget"]["subwidgets"], (_("Day"), _("Month"), _("Year")), strict=True):
            part["label"] = label
        return context


class PartialDateField(forms.MultiValueField):
    """A date that may be known only to the month or the year; cleans to a `PartialDate` or None."""

    widget = PartialDateInput
    default_error_messages = {
        "year_missing": _("Write at least the year, for example 1990."),
        "month_missing": _("Choose the month too, or leave the day empty."),
        "not_a_number": _("Write the day and the year in digits, for example 17 and 1990."),
        "impossible": _("There is no such day. Please check day, month and year."),
        "too_early": _("The year must be 1900 or later."),
        "in_future": _("The date is still to come. Please check the year."),
    }

    def __init__(self, *, allow_future: bool = False, **kwargs: Any) -> None:
        self.allow_future = allow_future
        parts = (
            forms.CharField(required=False),
            forms.ChoiceField(required=False, choices=[("", ""), *((str(m), str(m)) for m in range(1, 13))]),
            forms.CharField(required=False),
        )
        super().__init__(fields=parts, require_all_fields=False, **kwargs)

    def _number(self, text: str) -> int | None:
        if not text:
            return None
        if not (text.isascii() and text.isdigit()):
            raise self._refusal("not_a_number")
        return int(text)

    def _refusal(self, code: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code)

    def compress(self, data_list: Sequence[Any]) -> PartialDate | None:
        day, month, year = (self._number(str(part or "").strip()) for part in data_list or ("", "", ""))
        if day is None and month is None and year is None:
            return None
        if year is None:
            raise self._refusal("year_missing")
        if day is not None and month is None:
            raise self._refusal("month_missing")
        if year < _EARLIEST_YEAR:
            raise self._refusal("too_early")
        try:
            found = PartialDate(year, month, day)
        except ValueError:
            raise self._refusal("impossible") from None
        today = clock.today()
        if not self.allow_future and (found.year, found.month or 1, found.day or 1) > today.timetuple()[:3]:
            raise self._refusal("in_future")
        return found
