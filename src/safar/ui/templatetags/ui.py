"""`{% load ui %}`: numbers and dates in the reader's language, and what the components draw with."""

from typing import Any

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.utils.translation import get_language

from safar.kernel.chart import Picture
from safar.ui import charts, fields, numbers
from safar.ui.context import language_tag

register = template.Library()


@register.filter
def localized_number(value: Any, digits: int | None = None) -> str:
    """`{{ 12345.5|localized_number }}`; None is "no data"."""
    return numbers.written_number(value, digits)


@register.filter
def localized_date(value: Any, length: numbers.Length = "long") -> str:
    """`{{ day|localized_date }}`, or with "short", "medium", "full"."""
    return numbers.written_date(value, length)


@register.filter
def month_name(month: int) -> str:
    return numbers.month_name(month)


@register.simple_tag
def html_lang() -> str:
    return language_tag(get_language() or "en")


@register.simple_tag
def picture(chart: Picture) -> charts.Drawn:
    return charts.drawn(chart)


@register.simple_tag
def control(field: BoundField, label: Any = "", hint: Any = "") -> fields.Parts:
    return fields.parts_of(field, label=label, hint=hint)


@register.simple_tag
def error_links(form: BaseForm | None) -> list[fields.ErrorLink]:
    return fields.error_links(form)
