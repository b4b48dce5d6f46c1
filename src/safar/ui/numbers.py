"""Numbers and dates as the reader writes them, in the active language, Uzbek in Cyrillic included."""

from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal, TypeAlias

from babel import Locale, UnknownLocaleError, dates, numbers
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

# CLDR knows Karakalpak by no data of its own; Uzbek writes dates and numbers the same way.
LOCALES = {"uz": "uz_Latn", "uz-cyrl": "uz_Cyrl", "kaa": "uz_Latn", "tg": "tg", "ky": "ky", "ru": "ru", "en": "en_GB"}
Length: TypeAlias = Literal["short", "medium", "long", "full"]


@lru_cache(maxsize=32)
def locale_of(language: str) -> Locale:
    """Return the locale of a language code of ours, English when nothing is known of it."""
    try:
        return Locale.parse(LOCALES.get(language, language.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


def active_locale() -> Locale:
    return locale_of(get_language() or "en")


def written_number(value: Any, digits: int | None = None) -> str:
    """Write a number with the reader's separators. None is "no data" and never 0; a text is left as it is."""
    if value is None:
        return _("no data")
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return str(value)
    pattern = "#,##0.###" if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
    return str(numbers.format_decimal(value, format=pattern, locale=active_locale()))


def written_date(value: Any, length: Length = "long") -> str:
    """Write a date, a time of day, or a moment (then with its time, where the centre is)."""
    if value is None or value == "":
        return ""
    locale = active_locale()
    if isinstance(value, datetime):
        moment = timezone.localtime(value) if timezone.is_aware(value) else value
        day = dates.format_date(moment.date(), format=length, locale=locale)
        return f"{day}, {moment:%H:%M}"
    if isinstance(value, date):
        return str(dates.format_date(value, format=length, locale=locale))
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(value)


def written_day_and_month(day: date) -> str:
    """Write a day whose year is plain from what stands around it: "17 Aug", "17-avg"."""
    return str(dates.format_skeleton("MMMd", day, locale=active_locale()))


def month_name(month: int) -> str:
    """Name a month as it stands alone: "March", "mart", "март"."""
    names = dates.get_month_names("wide", context="stand-alone", locale=active_locale())
    return str(names[int(month)])
