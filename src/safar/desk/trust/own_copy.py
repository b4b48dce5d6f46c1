"""A person's own copy of what is held about them: the same records as words for reading and as data for taking along."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from safar.desk.papers import Block, Paper
from safar.desk.trust.own_copy_words import GROUPS, OTHER_FILES, Group
from safar.trust.models import Centre
from safar.trust.queries.profile import profile
from safar.ui.numbers import written_date

Held = Mapping[str, Mapping[str, Any]]
_FEW_COLUMNS = 5


def as_paper(held: Held, *, language: str, made_on: Any, centre: Centre) -> Paper:
    """Return the copy as a paper in the person's language, with the rights that go with it."""
    with translation.override(language):
        operator = profile().operator.name.text(language)
        rights = _(
            "This is everything the centre holds about you, and who saw it. You may have it corrected or erased, and object "
            "to a use of it, at any time and free of charge. Ask at the centre or by phone."
        )
        blocks = [Block(paragraphs=(rights,))]
        for group, records in groups(held):
            blocks.append(_block(group, records))
        return Paper(
            title=_("Copy of what is held about you"),
            subtitle=f"{operator} · {centre} · {written_date(made_on)}",
            language=language,
            blocks=tuple(blocks),
            footer=_("For the person alone. Keep it where nobody else reads it."),
        )


def as_data(held: Held, *, language: str, made_on: Any) -> bytes:
    """Return the copy as JSON: under `sections` in the person's words, under `data` as it is stored."""
    with translation.override(language):
        sections = [
            {"title": str(group.title), "records": [dict(_told(group, record)) for record in records]}
            for group, records in groups(held)
        ]
    content = {"language": language, "made_on": str(made_on), "sections": sections, "data": held}
    return json.dumps(content, ensure_ascii=False, indent=2, default=str).encode()


def groups(held: Held) -> Iterator[tuple[Group, Sequence[Mapping[str, Any]]]]:
    """Give each group with its records, those without any left out; merged files stand beside the first."""
    for group in GROUPS:
        sources = [held.get(group.part, {}), *held.get(group.part, {}).get(OTHER_FILES, [])]
        records: list[Mapping[str, Any]] = []
        for source in sources:
            found = source.get(group.key)
            if found:
                records += [found] if group.is_one else found
        if records:
            yield group, records


def _told(group: Group, record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for field in group.fields:
        value = record.get(field.name)
        if value not in (None, "", [], "unknown") and (words := field.words(value)):
            yield str(field.label), words


def _block(group: Group, records: Sequence[Mapping[str, Any]]) -> Block:
    """Draw records with few fields as a table, those with many as terms and values, one record after the other."""
    if group.is_one or len(group.fields) > _FEW_COLUMNS:
        facts: list[tuple[str, str]] = []
        for record in records:
            facts += [*([("", "")] if facts else []), *_told(group, record)]
        return Block(title=str(group.title), facts=tuple(facts))
    labels = [str(field.label) for field in group.fields]
    told = [dict(_told(group, record)) for record in records]
    return Block(
        title=str(group.title),
        columns=tuple(labels),
        rows=tuple(tuple(one.get(label, "") for label in labels) for one in told),
    )
