"""How private instruments and assessments are; what a person may take away and what erasure leaves.

Erasure unlinks an assessment and empties its answers; the scores stay as an unlinked tally, those of a sensitive one do not.
"""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from safar.cases.models import Assessment, AssessmentMove
from safar.cases.queries.instruments import language_of
from safar.kernel.ids import new_id
from safar.kernel.privacy import Effect, Privacy, classed
from safar.people.queries.clusters import members_of

FIELDS: dict[str, Privacy] = {
    **classed(
        Privacy.INTERNAL,
        "Instrument",
        *("id", "recorded_at", "code", "title", "origin", "subjects", "is_sensitive", "asks_decision"),
    ),
    **classed(
        Privacy.INTERNAL,
        "InstrumentVersion",
        *("id", "recorded_at", "instrument", "number", "state", "form_version", "sha256", "xform", "outline"),
        *("languages", "adjustments", "files", "scoring", "made_by", "published_on"),
    ),
    **classed(
        Privacy.INTERNAL,
        "Assessment",
        *("id", "recorded_at", "version", "former_person_key", "case_file", "contact", "centre", "state", "how"),
        *("language", "completed_on", "filled_by", "submission"),
    ),
    **classed(Privacy.PERSONAL, "Assessment", "person"),
    **classed(Privacy.SENSITIVE, "Assessment", "answers", "scores"),
    **classed(
        Privacy.INTERNAL,
        "AssessmentMove",
        *("id", "recorded_at", "assessment", "from_state", "to_state", "moved_on", "staff"),
    ),
    **classed(Privacy.SENSITIVE, "AssessmentMove", "reason"),
}


def export(person_id: UUID) -> Mapping[str, Any]:
    """Return a person's assessments as plain values, questions and answers in the words of the form."""
    found = Assessment.objects.filter(person__in=members_of(person_id)).select_related("version__instrument")
    return {
        "assessments": [
            {
                "instrument": str(each.version.instrument.title),
                "completed_on": str(each.completed_on),
                "state": each.state,
                "answers": _in_words(each),
                "scores": [[code, str(value)] for code, value in each.scores.items() if value is not None],
            }
            for each in found.order_by("completed_on", "id")
        ]
    }


def _in_words(each: Assessment) -> list[list[str]]:
    language = language_of(each.version, get_language() or "")
    elements = {element["path"]: element for element in each.version.outline}
    found = []
    for path, value in each.answers.items():
        element = elements.get(re.sub(r"\[\d+\]", "", path))
        if element is not None and element["asked"] and element["type"] not in {"group", "repeat", "note"}:
            chosen = {option["value"]: _text(option["label"], language) for option in element.get("options", [])}
            answer = ", ".join(chosen.get(one, one) for one in value.split()) if chosen else value
            found.append([_text(element["label"], language) or element["name"], answer])
    return found


def _text(label: Mapping[str, str], language: str) -> str:
    return label.get(language) or next(iter(label.values()), "")


def erase(person_id: UUID) -> None:
    """Unlink and empty the assessments of a person."""
    found = Assessment.objects.filter(person__in=members_of(person_id))
    AssessmentMove.objects.filter(assessment__in=found).update(reason="")
    found.filter(version__instrument__is_sensitive=True).update(scores={})
    found.update(person=None, former_person_key=new_id(), answers={})


def preview(person_id: UUID) -> list[Effect]:
    """Tell what erasing the person does to assessments."""
    count = Assessment.objects.filter(person__in=members_of(person_id)).count()
    return [Effect(_("Assessments"), 0, count, _("instrument, day, scores that are not sensitive"))] if count else []
