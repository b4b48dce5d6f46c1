"""Draws the evidence on two files: a bar a part, to the right what speaks for one person, to the left what speaks against."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from safar.desk.people.side_by_side import Resemblance, resemblances
from safar.insights.extract.merging import CountChange
from safar.insights.indicators.definition import indicators
from safar.methods.names.evidence import Evidence
from safar.people.models import Person
from safar.people.queries.name_reasons import PARTS, evidence_in_words, words_of
from safar.people.queries.persons import SearchHit
from safar.people.rules import ContactPointDetails, PersonDetails
from safar.ui.numbers import month_name

# Bits beyond this say no more to a reader; the number beside the bar is exact.
_WIDEST = 20.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One part: what it is, how it agrees in words, its weight, and where the bar begins and how long it is, of 40 units."""

    term: str
    words: str
    bits: float
    start: float
    length: float

    @property
    def tone(self) -> str:
        return "for" if self.bits >= 0 else "against"


@dataclass(frozen=True, slots=True)
class Change:
    """One figure that falls: its name, the month in words, by how much."""

    name: str
    month: str
    change: int


def bars_of(evidence: Evidence) -> list[Bar]:
    """Return a bar for everything both files speak of, heaviest first."""
    parts = sorted(evidence.parts, key=lambda part: -abs(part.bits))
    return [_bar(str(PARTS[part.name]), words_of(part.name, part.level), part.bits) for part in parts]


def _bar(term: str, words: str, bits: float) -> Bar:
    length = round(min(abs(bits), _WIDEST), 2)
    start = _WIDEST if bits >= 0 else round(_WIDEST - length, 2)
    return Bar(term, words, round(bits, 1), start, length)


def contradictions_of(evidence: Evidence) -> list[str]:
    """Say what forbids to call the two one person however much else agrees."""
    words = {
        "given": _("The given names are two names: brothers, sisters and twins share all the rest."),
        "birth": _("The dates of birth are two dates: a father and a son may share the name."),
    }
    return [words[each] for each in evidence.contradictions]


def side_by_side(first: Person, second: Person, evidence: Evidence) -> Resemblance:
    """Return the second file beside the first, letters that differ marked."""
    hit = SearchHit(second, evidence_in_words(evidence), evidence.probability, evidence)
    return resemblances([hit], details_of(first))[0]


def details_of(person: Person) -> PersonDetails:
    """Return a file as if it were being registered, which is what is compared."""
    points = [ContactPointDetails(point.kind, point.value) for point in person.contact_points.all()]
    return PersonDetails(
        family_name=person.family_name,
        given_name=person.given_name,
        patronymic=person.patronymic,
        sex=person.sex,
        birth=person.birth,
        region=person.region,
        district=person.district,
        contact_points=points,
    )


def changes_in_words(changes: Iterable[CountChange]) -> list[Change]:
    named = indicators()
    return [Change(str(named[each.indicator].name), _month(each.month), each.change) for each in changes]


def _month(code: str) -> str:
    year, month = code.split("-")
    return f"{month_name(int(month))} {year}"
