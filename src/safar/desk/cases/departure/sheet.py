"""Writes the take-home sheet of a contact in the client's language: for the screen, the printer and a message."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import yaml
from django.utils import timezone, translation

from safar.cases.enums.departure import ItemState
from safar.cases.queries.checklists import Item, checklists
from safar.cases.queries.checklists import words as list_words
from safar.cases.queries.departure_sheet import Sheet
from safar.guide.queries.facts import Card
from safar.kernel.multilingual import Multilingual
from safar.messaging.actions.notes import Note
from safar.people.rules import telling_words
from safar.reference.queries import places
from safar.reference.queries.codes import code_list, multilingual
from safar.trust.queries.profile import profile
from safar.ui.context import language_tag
from safar.ui.numbers import written_date

# What names a way of going without any word of migration in it.
_SCHEMES = frozenset({"eps", "hrd", "ruid", "e-9", "departure", "отъезд", "жўнаш"})
_STEM = 4
_WORDS = Path(__file__).parent / "words.yaml"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `mark` is "", `has`, `missing`, or `blank` for a line to write on by hand."""

    text: str
    note: str = ""
    mark: str = ""

    @property
    def said(self) -> str:
        return f"{self.text} {self.note}"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the sheet under a drawing and a heading."""

    icon: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class TakeHome:
    """A sheet ready to be shown. `left_out` counts lines a discreet sheet does not show, so that they are said instead."""

    language: str
    title: str
    subtitle: str
    parts: tuple[Part, ...]
    footer: str
    over: str
    is_discreet: bool
    left_out: int = 0

    @property
    def tag(self) -> str:
        return language_tag(self.language)


@cache
def words() -> dict[str, Multilingual]:
    """Return the words around the content by key; those of the discreet sheet are among them."""
    read = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    quiet = read.pop("quiet")
    return {key: multilingual(texts) for key, texts in (read | quiet).items()}


@cache
def quiet_keys() -> frozenset[str]:
    return frozenset(yaml.safe_load(_WORDS.read_text(encoding="utf-8"))["quiet"])


def languages() -> tuple[str, ...]:
    """Return every language a sheet can be written in, the country's own first."""
    offered = list(words()["title"])
    return tuple(sorted(offered, key=lambda code: (code != profile().default_language, offered.index(code))))


def language_for(client_language: str) -> str:
    """Return the language of the sheet: the client's, the nearest we write, else that of the country."""
    offered = words()["title"]
    for code in (client_language, client_language.partition("-")[0]):
        if code in offered:
            return code
    return profile().default_language


def compose(sheet: Sheet, *, language: str, discreet: bool) -> TakeHome:
    """Return the sheet in a language; the discreet one shows no line with a telling word, and nothing of the centre."""
    with translation.override(language):
        if discreet:
            return _quiet(sheet, language)
        day = written_date(timezone.localdate(sheet.contact.occurred_at))
        parts = (_told(sheet, language), _papers(sheet, language), _dates(sheet, language), *_help(sheet, language))
        return TakeHome(
            language=language,
            title=_word("title", language),
            subtitle=f"{day} · {sheet.contact.centre.name.text(language)}",
            parts=tuple(part for part in parts if part.lines),
            footer=_word("footer", language),
            over=_word("over", language),
            is_discreet=False,
        )


def _quiet(sheet: Sheet, language: str) -> TakeHome:
    told = _told(sheet, language)
    blanks = tuple(Line(_word("trusted", language), mark="blank") for _number in range(2))
    papers = _papers(sheet, language)
    whole = (
        replace(told, title=_word("remember", language), icon="book-open"),
        replace(papers, lines=tuple(replace(line, note="") for line in papers.lines)),
        Part("calendar", _word("dates", language), tuple(_quiet_dates(sheet, language))),
        Part("phone", _word("numbers", language), blanks),
    )
    telling = _stems_of(sheet.contact.destination)
    parts = tuple(replace(part, lines=tuple(line for line in part.lines if _is_quiet(line, telling))) for part in whole)
    left_out = sum(len(part.lines) for part in whole) - sum(len(part.lines) for part in parts)
    return TakeHome(
        language=language,
        title=_word("notes", language),
        subtitle=written_date(timezone.localdate(sheet.contact.occurred_at)),
        parts=tuple(part for part in parts if part.lines),
        footer="",
        over=_word("over", language),
        is_discreet=True,
        left_out=left_out + len(sheet.referrals),
    )


def _is_quiet(line: Line, stems: frozenset[str]) -> bool:
    """Return whether a line may fall under other eyes: it names nothing of migration, no country and no scheme."""
    said = line.said.casefold()
    return not telling_words(said) and not any(stem in said for stem in stems | _SCHEMES)


def _stems_of(destination: str) -> frozenset[str]:
    """Return how the words of a country's name begin, in every language we hold: what inflects still begins like that."""
    names = places.place(destination).name.values() if places.is_known(destination) else ()
    return frozenset(
        word[:_STEM] for name in names for word in name.casefold().replace("-", " ").split() if len(word) >= _STEM
    )


def _word(key: str, language: str, *values: str) -> str:
    return words()[key].text(language).format(*values)


def _told(sheet: Sheet, language: str) -> Part:
    lines = (
        Line(
            card.title.text(language),
            " ".join(
                part
                for part in (
                    card.statement.text(language),
                    f"({_word('outdated', language)})" if card.version_id in sheet.outdated else "",
                )
                if part
            ),
        )
        for card in sheet.cards
    )
    return Part("message", _word("told", language), tuple(lines))


def _papers(sheet: Sheet, language: str) -> Part:
    """Return the checklist as it was ticked: what is missing first, with who gets it and where."""
    paper = sheet.checklist
    listed = checklists().get(paper.form) if paper else None
    lines: list[Line] = []
    if paper and listed:
        for item in listed.items:
            state = paper.content.get(item.code)
            if state == ItemState.MISSING:
                lines.append(Line(item.name.text(language), from_whom(item, language), "missing"))
        lines += [
            Line(item.name.text(language), mark="has")
            for item in listed.items
            if paper.content.get(item.code) == ItemState.HAS
        ]
    return Part("passport", _word("papers", language), tuple(lines))


def from_whom(item: Item, language: str) -> str:
    """Say who gets a paper and where, as far as the list knows; of the client themselves only where."""
    where = item.place.text(language)
    if item.who == "you":
        return where
    who = list_words()[item.who].text(language)
    who = who[:1].upper() + who[1:]
    return f"{who}: {where}" if where else who


def _dates(sheet: Sheet, language: str) -> Part:
    lines = [
        Line(f"{written_date(visit.starts_at)}", f"{_word('visit', language)}: {visit.centre.name.text(language)}")
        for visit in sheet.visits
    ]
    if sheet.follow_up_on:
        lines.append(Line(written_date(sheet.follow_up_on, "full"), _word("follow_up", language)))
    for referral in sheet.referrals:
        service = code_list("referral_service").label(referral.service).text(language)
        note = _word("answer", language, referral.recipient)
        lines.append(Line(written_date(referral.due_on, "full"), f"{note} ({service})"))
    return Part("calendar", _word("dates", language), tuple(lines))


def _quiet_dates(sheet: Sheet, language: str) -> Iterator[Line]:
    """Give the days without saying with whom."""
    for visit in sheet.visits:
        yield Line(written_date(visit.starts_at), _word("appointment", language))
    if sheet.follow_up_on:
        yield Line(written_date(sheet.follow_up_on, "full"), _word("call", language))


def _help(sheet: Sheet, language: str) -> tuple[Part, Part]:
    centre = sheet.contact.centre
    name, address = centre.name.text(language), centre.address.text(language) if centre.address else ""
    # A team on the road has no telephone of its own: whoever calls reaches the centre it belongs to.
    phone = centre.phone or (centre.parent.phone if centre.parent else "")
    numbers = (
        Line(phone, f"{name}. {address}".strip(" .")) if phone else Line(name, mark="blank"),
        *(_card(card, language) for card in sheet.numbers),
        Line(_word("embassy", language), mark="blank"),
        Line(_word("emergency", language), mark="blank"),
    )
    wrong = (
        Line(_word("call_us", language)),
        Line(_word("officials_too", language)),
        *(_card(card, language) for card in sheet.wages),
    )
    return (
        Part("phone", _word("numbers", language), numbers),
        Part("alert-triangle", _word("wrong", language), wrong),
    )


def _card(card: Card, language: str) -> Line:
    return Line(card.title.text(language), card.statement.text(language))


def as_note(sheet: TakeHome) -> Note:
    """Return the sheet as a text to send: marks become signs every telephone shows, lines to write on are left out."""
    marks = {"has": "[x] ", "missing": "[ ] ", "": "- "}
    blocks = []
    for part in sheet.parts:
        lines = [
            f"{marks[line.mark]}{line.text}{'. ' if line.note else ''}{line.note}"
            for line in part.lines
            if line.mark != "blank"
        ]
        if lines:
            blocks.append("\n".join([part.title.upper(), *lines]))
    return Note(f"{sheet.title}, {sheet.subtitle}", "\n\n".join([*blocks, sheet.footer]).strip())
