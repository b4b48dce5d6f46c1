"""What codes and units are called in the reader's language."""

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton
from babel.numbers import format_decimal
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from safar.awareness.enums import SessionState
from safar.campaigns.enums import Measure, Platform, Promotion
from safar.cases.enums.cases import CaseKind
from safar.cases.enums.referrals import ReferralState
from safar.insights.indicators.definition import indicators
from safar.insights.indicators.period import Month
from safar.insights.reports.content import ReferenceLine
from safar.insights.reports.tables import LISTS, PLACES, UNKNOWN
from safar.kernel.multilingual import Multilingual
from safar.reference.queries import places
from safar.reference.queries.codes import code_list

HIDDEN = "[c]"
_WORDS: dict[str, dict[str, str | Promise]] = {
    "mode_group": {
        "in_person": gettext_lazy("In person"),
        "phone": gettext_lazy("By phone"),
        "online": gettext_lazy("Online"),
    },
    "status": dict(SessionState.choices),
    "state": dict(ReferralState.choices),
    "kind": dict(CaseKind.choices),
    "measure": dict(Measure.choices),
    "platform": dict(Platform.choices),
    "organic_paid": dict(Promotion.choices),
    "source": {"contact": gettext_lazy("Contact"), "session": gettext_lazy("Session")},
}


_LOCALES = {"uz-cyrl": "uz_Cyrl", "uz": "uz_Latn", "kaa": "uz_Latn", "en": "en_GB"}


def locale() -> Locale:
    """Return the locale numbers and dates are written in; Karakalpak writes them as Uzbek does."""
    language = get_language() or "en"
    try:
        return Locale.parse(_LOCALES.get(language, language.replace("-", "_")))
    except (ValueError, UnknownLocaleError):
        return Locale.parse("en_GB")


def unit(code: str) -> str:
    """Return what is counted, as it stands beside a number."""
    return {
        "persons": pgettext("unit", "persons"),
        "contacts": pgettext("unit", "contacts"),
        "attendances": pgettext("unit", "attendances"),
        "sessions": pgettext("unit", "sessions"),
        "exposures": pgettext("unit", "exposures"),
        "accounts": pgettext("unit", "accounts"),
        "institutions": pgettext("unit", "institutions"),
        "places": pgettext("unit", "districts"),
    }[code]


def unit_of(code: str, unit_code: str) -> str:
    """Return the unit of an indicator; referrals are counted like contacts but called by their name."""
    return pgettext("unit", "referrals") if code == "referrals_made" else unit(unit_code)


def indicator(code: str) -> str:
    found = indicators().get(code)
    return str(found.name) if found else code


def dimension(name: str) -> str:
    return {
        "sex": _("Sex"),
        "age_band": _("Age"),
        "category": _("Client category"),
        "region": _("Region"),
        "district": _("District"),
        "mode": _("How the contact was held"),
        "mode_group": _("How the contact was held"),
        "primary_topic": _("Main topic"),
        "session_type": _("Type of session"),
        "service": _("Service"),
        "heard_via": _("Heard of the centre through"),
        "country_of_return": _("Country of return"),
        "return_type": _("Kind of return"),
        "recipient_type": _("Kind of recipient"),
        "campaign_code": _("Campaign"),
        "language": _("Language"),
        "host": _("Host"),
        "platform": _("Platform"),
        "organic_paid": _("Organic or paid"),
        "measure": _("Measure"),
    }[name]


def category(name: str, code: str) -> str:
    """Return what a code of a dimension is called; an unknown code shows as itself."""
    if code == UNKNOWN and name == "campaign_code":
        return _("Without a campaign's code")
    if code == UNKNOWN:
        return _("Not known")
    if name in PLACES:
        return str(places.name(code))
    if name in _WORDS:
        return str(_WORDS[name].get(code, code))
    if name in LISTS:
        return str(code_list(LISTS[name]).label(code))
    return code


def language_name(code: str) -> str:
    return str(code_list("language").label(code)) if code else ""


def table_title(code: str) -> str:
    return {
        "persons_by_sex_age": _("Persons counselled by age and sex"),
        "persons_by_region": _("Persons counselled by region of residence"),
        "persons_by_category": _("Persons counselled by category"),
        "new_clients_by_sex": _("New clients by sex"),
        "contacts_by_mode": _("Contacts by how they were held"),
        "contacts_by_topic": _("Contacts by main topic"),
        "attendances_by_sex_age": _("Session attendances by age and sex"),
        "sessions_by_type": _("Sessions by type"),
        "sessions_by_region": _("Sessions by region"),
        "referrals_by_service": _("Referrals by service"),
        "returnees_by_country": _("Returnees assisted by country of return"),
        "campaign_contacts_by_campaign": _("Contacts through a campaign, by campaign"),
    }[code]


def month(value: Month | str) -> str:
    """Return a month in words, for example "October 2026"."""
    value = Month.parse(value) if isinstance(value, str) else value
    return str(format_skeleton("yMMMM", value.first, locale=locale()))


def short_month(value: str) -> str:
    return str(format_skeleton("yMMM", Month.parse(value).first, locale=locale()))


def place_of(centre_name: dict[str, str]) -> str:
    return str(Multilingual(centre_name))


def sister_centre(code: str) -> str:
    return {"OSH": _("Osh, Kyrgyzstan"), "DUS": _("Dushanbe, Tajikistan")}.get(code, code)


def as_published(line: ReferenceLine) -> str:
    """Return a published number the way its source qualified it: "more than 6,000 persons"."""
    number = format_decimal(line.value, locale=locale())
    unit_name = {
        "persons": pgettext("unit", "persons"),
        "exposures": pgettext("unit", "exposures"),
        "mixed": _("persons and exposures mixed"),
    }.get(line.unit, line.unit)
    words = {
        "more than": _("more than %(number)s %(unit)s"),
        "about": _("about %(number)s %(unit)s"),
        "almost": _("almost %(number)s %(unit)s"),
    }
    return words.get(line.qualifier, "%(number)s %(unit)s") % {"number": number, "unit": unit_name}


def span(period: str) -> str:
    """Return "2024-03/2025-08" in words; what is not two months is shown as it came."""
    try:
        return " – ".join(short_month(part) for part in period.split("/"))
    except ValueError:
        return period
