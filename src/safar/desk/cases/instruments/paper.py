"""The paper twin of an instrument: the same questions with numbers to key back, and the code that says which form it is."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from safar.cases.enums.instruments import VersionState
from safar.cases.models import InstrumentVersion
from safar.desk.cases.instruments import filling, skips
from safar.desk.cases.instruments.skips import Numbered
from safar.desk.papers import Block, Paper, language_for

_TAGS = re.compile(r"<[^>]+>|[*_#]{2,}")
_REFERENCE = re.compile(r"\$\{[^}]+\}")
_BLANK = "_" * 46
_MOST_PRINTED = 40  # longer lists (countries, places) are written, not ticked
_PAPER_DIGITS = 6


def form_code(version: InstrumentVersion) -> str:
    """Return what is printed on the paper and typed when it is keyed back: enough of the version's key to tell it apart."""
    return version.pk.hex[-_PAPER_DIGITS:].upper()


def version_of(code: str) -> InstrumentVersion:
    """Return the version a paper belongs to."""
    wanted = re.sub(r"[^0-9A-F]", "", code.upper())
    versions = (
        InstrumentVersion.objects.select_related("instrument")
        .defer("xform", "outline")
        .order_by("-published_on", "-id")
    )
    for version in versions:
        if wanted and form_code(version) == wanted:
            return version
    raise ValidationError({"form_code": _("No form has this code.")})


def can_be_keyed(version: InstrumentVersion) -> bool:
    return version.state == VersionState.PUBLISHED


def numbered(version: InstrumentVersion) -> list[Numbered]:
    """Return the questions that are asked, with their numbers on paper and on the page for keying back."""
    asked = [element for element in version.outline if is_question(element)]
    return [Numbered(number, element) for number, element in enumerate(asked, start=1)]


def is_question(element: Mapping[str, Any]) -> bool:
    return element["asked"] and element["type"] not in {
        "group",
        "repeat",
        "note",
        "photo",
        "image",
        "audio",
        "video",
        "file",
    }


def words(label: Mapping[str, str], language: str) -> str:
    """Return a label for paper: no markup, and a gap where the form would put an answer."""
    text = label.get(language) or next(iter(label.values()), "")
    return re.sub(r"\s+", " ", _REFERENCE.sub("……", _TAGS.sub("", text))).strip()


def paper_of(version: InstrumentVersion, language: str) -> Paper:
    """Return the instrument as a paper in one of its languages; what we add is said in the nearest language we speak."""
    ours = language_for(filling.code_of(language) or "en")
    with translation.override(ours):
        code = _("Form %(code)s") % {"code": form_code(version)}
        return Paper(
            title=version.instrument.title.text(ours),
            subtitle=code,
            language=filling.code_of(language) or ours,
            blocks=(_head(), *_blocks(version, language)),
            footer=f"{code} · {version.instrument.code} {version.number}",
        )


def _head() -> Block:
    return Block(
        facts=((_("Number of the person"), _BLANK), (_("Day"), _BLANK), (_("Filled by"), _BLANK)),
        paragraphs=(
            _("Tick the box, or write on the line. The numbers beside the boxes are for keying the answers back."),
        ),
    )


def _blocks(version: InstrumentVersion, language: str) -> Iterator[Block]:
    questions = numbered(version)
    by_name = {each.element["name"]: each for each in questions}
    numbers = {each.element["path"]: each.number for each in questions}
    inherited: dict[str, str] = {}
    for element in version.outline:
        path, relevant = element["path"], element["relevant"]
        if element["type"] in {"group", "repeat"}:
            inherited[path] = relevant
        only = _only_if(element, questions, by_name, language)
        if path in numbers:
            yield _question(element, numbers[path], only, language)
        elif element["type"] in {"group", "repeat"} and (element["label"] or only):
            more = (_("Copy this part for each row."),) if element["type"] == "repeat" else ()
            yield Block(title=words(element["label"], language), paragraphs=(*((only,) if only else ()), *more))
        elif element["type"] == "note" and element["label"]:
            text = words(element["label"], language)
            yield Block(paragraphs=((f"{only} {text}" if only else text),))


def _only_if(
    element: Mapping[str, Any], questions: list[Numbered], by_name: Mapping[str, Numbered], language: str
) -> str:
    """Return when an element is asked and where to go on otherwise."""
    told = skips.condition(element["relevant"], by_name, language)
    if not told:
        return ""
    inside = [
        each
        for each in questions
        if each.element["path"] == element["path"] or each.element["path"].startswith(f"{element['path']}/")
    ]
    if not inside:
        return _("If %(condition)s:") % {"condition": told}
    after = skips.go_on(inside[-1].number, questions, [])
    if after is None:
        return _("Only if %(condition)s. Otherwise you have finished.") % {"condition": told}
    return _("Only if %(condition)s. Otherwise go on to question %(number)s.") % {"condition": told, "number": after}


def _question(element: Mapping[str, Any], number: int, only: str, language: str) -> Block:
    hint = words(element["hint"], language)
    options = element.get("options", [])
    several = (
        _("More than one answer is possible.")
        if "multiple" in element["type"] or element["type"] == "select all that apply"
        else ""
    )
    lines = tuple(text for text in (only, hint, several) if text)
    if options and len(options) <= _MOST_PRINTED:
        boxes = tuple(
            (f"{place}   {words(option['label'], language) or option['value']}", False)
            for place, option in enumerate(options, start=1)
        )
        return Block(
            title=f"{number}. {words(element['label'], language) or element['name']}", paragraphs=lines, choices=boxes
        )
    return Block(title=f"{number}. {words(element['label'], language) or element['name']}", paragraphs=(*lines, _BLANK))
