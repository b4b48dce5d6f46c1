"""The letter of a referral: what its recipient is told, field by field as the person agreed."""

import datetime as dt
from collections.abc import Callable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from safar.cases.actions.referrals import Letter
from safar.desk.cases.facts import label
from safar.desk.papers import Block, Paper
from safar.people.enums import SharedField
from safar.reference.queries import places
from safar.ui.numbers import written_date

_WORDS: dict[str, Callable[[str], str]] = {
    SharedField.BIRTH: lambda value: written_birth(value),  # noqa: PLW0108  (defined below)
    SharedField.SEX: lambda value: label("sex", value),
    SharedField.PLACE: lambda value: str(places.name(value)),
    SharedField.CITIZENSHIP: lambda value: str(places.name(value)),
    SharedField.LANGUAGE: lambda value: label("language", value),
    SharedField.EDUCATION: lambda value: label("education", value),
    SharedField.EMPLOYMENT: lambda value: label("employment", value),
}


def referral_letter(given: Letter) -> Paper:
    """Return the letter in the language of whoever prints it; who is referred without a file brings it along nameless."""
    referral = given.referral
    request = (
        (_("To"), referral.recipient),
        (_("From"), f"{referral.centre}"),
        (_("Service asked for"), label("referral_service", referral.service)),
        (_("How soon"), label("referral_urgency", referral.urgency)),
        (_("Answer looked for by"), written_date(referral.due_on)),
    )
    told = tuple((str(SharedField(field).label), _written(field, value)) for field, value in given.told.items())
    closing = _(
        "The person agreed that you are told this, for this help alone. Do not pass it on, and delete it when the person asks."
    )
    about = (Block(title=_("About the person"), facts=told, paragraphs=(closing,)),) if told else ()
    return Paper(
        title=_("Referral"),
        language=get_language() or "en",
        subtitle=written_date(referral.made_on),
        blocks=(Block(facts=request), *about),
        footer=f"{referral.centre}",
        signatures=(_("For the centre"), _("Received by")),
    )


def written_birth(value: str) -> str:
    """Say a birth date as well as it is known: a day, a month and year, a year, or an age group."""
    parts = value.split("-")
    if not parts[0].isdigit():
        return label("age_band", value)
    if len(parts) == len(("year", "month", "day")):
        return written_date(dt.date.fromisoformat(value))
    return ".".join(reversed(parts))


def _written(field: str, value: str) -> str:
    words = _WORDS.get(field)
    return words(value) if words else value
