"""Puts what is being registered beside the files that may be the same person, part by part."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safar.desk.people.facts import born_in_words, place_in_words
from safar.methods.names.scripts import detect
from safar.people.models import Person
from safar.people.queries.persons import SearchHit
from safar.people.rules import Birth, PersonDetails, phone_tail
from safar.reference.queries import codes

_VERY_LIKELY, _LIKELY = 0.95, 0.6
_SURE_OF_NOTHING = 99  # in 100: the machine proposes, and a person decides
_SAME = frozenset({"same_writing", "same_name", "apostrophe_lost", "foreign_spelling", "initial", "part_of"})
_KNOWN_SEXES = frozenset({"female", "male"})


@dataclass(frozen=True, slots=True)
class Piece:
    """Some letters, and whether the other side writes them otherwise."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One part on both sides. `state`: same, other, or unknown where a side says nothing."""

    term: str | Promise
    typed: list[Piece]
    held: list[Piece]
    state: str


@dataclass(frozen=True, slots=True)
class Resemblance:
    """A file that may belong to the person in front of the desk, with how likely and why in words.

    `in_hundred` is how probable the comparison makes it, never 0 and never 100.
    """

    person: Person
    verdict: str | Promise
    tone: str
    in_hundred: int
    reasons: Sequence[str]
    rows: list[Row]


def resemblances(hits: Sequence[SearchHit], details: PersonDetails) -> list[Resemblance]:
    return [_resemblance(hit, details) for hit in hits]


def _resemblance(hit: SearchHit, details: PersonDetails) -> Resemblance:
    verdict, tone = next(
        (words, tone)
        for least, words, tone in (
            (_VERY_LIKELY, gettext_lazy("Very likely the same person"), "danger"),
            (_LIKELY, gettext_lazy("Likely the same person"), "warn"),
            (float("-inf"), gettext_lazy("Perhaps the same person"), "neutral"),
        )
        if hit.score >= least
    )
    rows = [row for row in _rows(details, hit) if row.typed or row.held]
    in_hundred = max(1, min(_SURE_OF_NOTHING, round(100 * hit.score)))
    return Resemblance(hit.person, verdict, tone, in_hundred, hit.reasons, rows)


def _rows(details: PersonDetails, hit: SearchHit) -> list[Row]:
    person = hit.person
    levels = {part.name: part.level for part in hit.evidence.parts} if hit.evidence else {}
    return [
        _name_row(_("Family name"), details.family_name, person.family_name, levels.get("family", "")),
        _name_row(_("Given name"), details.given_name, person.given_name, levels.get("given", "")),
        _name_row(_("Patronymic"), details.patronymic, person.patronymic, levels.get("patronymic", "")),
        _birth_row(details.birth, person.birth),
        _plain_row(_("Sex"), _sex(details.sex), _sex(person.sex)),
        _phone_row(details, person),
        _place_row(details, person),
    ]


def _name_row(term: str, typed: str, held: str, level: str) -> Row:
    """Put two names side by side. In two scripts hardly a letter is shared, and marking each would say nothing."""
    if level in _SAME or not typed or not held or detect(typed) != detect(held):
        row = _plain_row(term, typed, held)
        return replace(row, state="same") if level in _SAME else row
    return Row(term, *marked(typed, held), "other")


def _birth_row(typed: Birth, held: Birth) -> Row:
    row = _plain_row(_("Born"), born_in_words(typed), born_in_words(held))
    known = [(one, other) for one, other in zip(_parts(typed), _parts(held), strict=True) if one and other]
    if not known:
        return row
    if all(one == other for one, other in known):
        return replace(row, state="same")
    return Row(row.term, *marked(born_in_words(typed), born_in_words(held)), "other")


def _parts(birth: Birth) -> tuple[int | None, int | None, int | None]:
    return birth.year, birth.month, birth.day


def _phone_row(details: PersonDetails, person: Person) -> Row:
    typed = [point.value for point in details.contact_points if point.kind == "phone"]
    held = [point.value for point in person.contact_points.all() if point.kind == "phone"]
    row = _plain_row(_("Phone"), ", ".join(typed), ", ".join(held))
    if not typed or not held:
        return row
    shared = {phone_tail(value) for value in typed} & {phone_tail(value) for value in held}
    return replace(row, state="same" if shared else "other")


def _place_row(details: PersonDetails, person: Person) -> Row:
    """Put two places side by side; a district that only one side names is no difference within the same region."""
    row = _plain_row(
        _("Place of residence"),
        place_in_words(details.region, details.district),
        place_in_words(person.region, person.district),
    )
    one_is_coarser = details.region == person.region and not (details.district and person.district)
    return replace(row, state="unknown") if row.state == "other" and one_is_coarser else row


def _plain_row(term: str, typed: str, held: str) -> Row:
    state = "unknown" if not typed or not held else "same" if typed == held else "other"
    return Row(term, _whole(typed), _whole(held), state)


def _whole(text: str) -> list[Piece]:
    return [Piece(text, differs=False)] if text else []


def marked(typed: str, held: str) -> tuple[list[Piece], list[Piece]]:
    """Return both texts in pieces, those letters marked that the other does not have there."""
    left: list[Piece] = []
    right: list[Piece] = []
    matcher = SequenceMatcher(None, typed.casefold(), held.casefold(), autojunk=False)
    if len(typed.casefold()) != len(typed) or len(held.casefold()) != len(held):
        matcher = SequenceMatcher(None, typed, held, autojunk=False)
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        differs = kind != "equal"
        if end > start:
            left.append(Piece(typed[start:end], differs))
        if other_end > other_start:
            right.append(Piece(held[other_start:other_end], differs))
    return left, right


def _sex(code: str) -> str:
    return str(codes.code_list("sex").label(code)) if code in _KNOWN_SEXES else ""
