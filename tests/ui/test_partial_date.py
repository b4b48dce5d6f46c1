"""A date known in part stays known in part."""

from datetime import date

import pytest
from django import forms
from django.http import QueryDict
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from safar.ui.forms import PartialDateField, PartialDateInput
from safar.ui.partial_date import PartialDate


class BirthForm(forms.Form):
    born = PartialDateField(required=False)


class PlanForm(forms.Form):
    ends = PartialDateField(allow_future=True)


def _typed(day: str = "", month: str = "", year: str = "") -> BirthForm:
    return BirthForm({"born_day": day, "born_month": month, "born_year": year})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (("17", "5", "1990"), PartialDate(1990, 5, 17)),
        (("", "5", "1990"), PartialDate(1990, 5)),
        (("", "", "1990"), PartialDate(1990)),
        (("", "", " 1990 "), PartialDate(1990)),
        (("", "", ""), None),
        (("29", "2", "1992"), PartialDate(1992, 2, 29)),
    ],
)
def test_what_is_known_is_taken(typed, meant):
    form = _typed(*typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["born"] == meant


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (("17", "5", ""), "year_missing"),
        (("", "5", ""), "year_missing"),
        (("17", "", "1990"), "month_missing"),
        (("31", "2", "1990"), "impossible"),
        (("29", "2", "1990"), "impossible"),
        (("0", "2", "1990"), "impossible"),
        (("x", "2", "1990"), "not_a_number"),
        (("٣", "2", "1990"), "not_a_number"),
        (("", "", "-5"), "not_a_number"),
        (("", "", "90"), "too_early"),
        (("", "", "2999"), "in_future"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(typed, code):
    form = _typed(*typed)
    assert not form.is_valid()
    assert form.errors.as_data()["born"][0].code == code


def test_a_plan_may_lie_ahead():
    form = PlanForm({"ends_day": "", "ends_month": "2", "ends_year": "2999"})
    assert form.is_valid()
    assert form.cleaned_data["ends"] == PartialDate(2999, 2)


def test_a_required_date_needs_its_year_only():
    assert PlanForm({"ends_year": "2999"}).is_valid()
    assert "ends" in PlanForm({}).errors


def test_a_month_that_is_none_is_refused():
    assert not _typed("1", "13", "1990").is_valid()


@pytest.mark.parametrize("value", [PartialDate(1990, 5, 17), "1990-05-17", date(1990, 5, 17)])
def test_the_boxes_show_what_was_saved(value):
    assert PartialDateInput().decompress(value) == [17, 5, 1990]


@pytest.mark.parametrize("value", [None, "", 3])
def test_the_boxes_are_empty_when_nothing_was_saved(value):
    assert PartialDateInput().decompress(value) == [None, None, None]


def test_the_months_are_named_in_the_language_of_the_reader():
    with translation.override("ru"):
        assert "сентябрь" in str(BirthForm()["born"])
    with translation.override("en"):
        assert "September" in str(BirthForm()["born"])


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2020, 12, 31)), st.integers(1, 3))
def test_every_date_travels_through_form_and_text_unchanged(day, parts):
    known = PartialDate(*(day.year, day.month, day.day)[:parts])
    form = _typed(str(known.day or ""), str(known.month or ""), str(known.year))
    assert form.is_valid()
    assert form.cleaned_data["born"] == known == PartialDate.parse(str(known))
    assert known.full == (day if parts == 3 else None)


@given(st.text(max_size=4), st.text(max_size=3), st.text(max_size=6))
def test_no_typed_text_breaks_the_form(day, month, year):
    data = QueryDict(mutable=True)
    data.update({"born_day": day, "born_month": month, "born_year": year})
    form = BirthForm(data)
    assert form.is_valid() or form.errors["born"]


@pytest.mark.parametrize("parts", [(0,), (10000,), (1990, 13), (1990, 0), (1990, None, 3), (1990, 2, 30), (1990, 2, 0)])
def test_a_partial_date_that_cannot_be_cannot_be_made(parts):
    with pytest.raises(ValueError, match=r"year|month|day"):
        PartialDate(*parts)
