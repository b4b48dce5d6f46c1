"""What a referral tells, in words: the same for the letter, the link and the other centre."""

import datetime as dt
from collections.abc import Callable, Mapping

from safar.cases.enums.referrals import REASON_LISTS, ClientAnswer
from safar.people.enums import SharedField
from safar.reference.queries import codes, places

WritesDate = Callable[[dt.date], str]

_LISTS = {
    SharedField.SEX: "sex",
    SharedField.LANGUAGE: "language",
    SharedField.EDUCATION: "education",
    SharedField.EMPLOYMENT: "employment",
}
_PLACES = {SharedField.PLACE, SharedField.CITIZENSHIP}


def told_in_words(told: Mapping[str, str], write_date: WritesDate) -> list[tuple[str, str]]:
    """Return (label, value) of each field that is told, in the active language; the door writes the dates."""
    return [(str(SharedField(field).label), _word(field, value, write_date)) for field, value in told.items()]


def _word(field: str, value: str, write_date: WritesDate) -> str:
    if field == SharedField.BIRTH:
        return written_birth(value, write_date)
    if field in _PLACES:
        return str(places.name(value))
    name = _LISTS.get(SharedField(field))
    return str(codes.code_list(name).label(value)) if name and value else value


def written_birth(value: str, write_date: WritesDate) -> str:
    """Say a birth date as well as it is known: a day, a month and year, a year, or an age group."""
    parts = value.split("-")
    if not parts[0].isdigit():
        return str(codes.code_list("age_band").label(value))
    if len(parts) == len(("year", "month", "day")):
        return write_date(dt.date.fromisoformat(value))
    return ".".join(reversed(parts))


def reason_in_words(state: str, code: str) -> str:
    """Return the reason of a step as its list names it; what is no code of it, such as what a client said, is empty."""
    if code in ClientAnswer.values:
        return str(ClientAnswer(code).label)
    name = {str(key): name for key, name in REASON_LISTS.items()}.get(state, "")
    return str(codes.code_list(name).label(code)) if name and codes.is_known(name, code) else ""
