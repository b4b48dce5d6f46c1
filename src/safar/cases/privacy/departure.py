"""How private the papers of a departure and its outcomes are; what leaves with the person and what stays as a count."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from safar.cases.models import DepartureOutcome, DeparturePaper
from safar.kernel.privacy import Effect, Privacy, classed
from safar.people.queries.clusters import members_of

FIELDS: dict[str, Privacy] = {
    **classed(
        Privacy.INTERNAL,
        "DeparturePaper",
        *("id", "recorded_at", "kind", "contact", "centre", "staff", "made_on", "form", "version"),
    ),
    **classed(Privacy.PERSONAL, "DeparturePaper", "person"),
    **classed(Privacy.SENSITIVE, "DeparturePaper", "content"),
    **classed(
        Privacy.INTERNAL,
        "DepartureOutcome",
        *("id", "recorded_at", "case_file", "contact", "centre", "staff", "stage", "scheme", "destination"),
        *("found_on", "ask_again_on"),
    ),
    **classed(Privacy.PERSONAL, "DepartureOutcome", "left_on"),
    # Having left in an irregular way is a fact that can harm whoever did.
    **classed(Privacy.SENSITIVE, "DepartureOutcome", "outcome"),
}


def _papers(person_id: UUID) -> Any:
    return DeparturePaper.objects.filter(person__in=members_of(person_id))


def _outcomes(person_id: UUID) -> Any:
    members = members_of(person_id)
    return DepartureOutcome.objects.filter(Q(case_file__person__in=members) | Q(contact__person__in=members))


def export(person_id: UUID) -> Mapping[str, Any]:
    """Return a person's papers and what was found to have become of their departures, as plain values."""
    return {
        "departure_papers": [
            {"made_on": str(paper.made_on), "kind": paper.kind, "content": flat(paper.content)}
            for paper in _papers(person_id)
        ],
        "departure_outcomes": [
            {
                "found_on": str(row.found_on),
                "outcome": row.outcome,
                "stage": row.stage,
                "scheme": row.scheme,
                "destination": row.destination,
                "left_on": str(row.left_on or ""),
                "ask_again_on": str(row.ask_again_on or ""),
            }
            for row in _outcomes(person_id)
        ],
    }


def flat(content: Mapping[str, Any]) -> list[list[str]]:
    """Return what stands in a paper as pairs of name and value, inner ones beside the outer, empty ones left out."""
    pairs: list[list[str]] = []
    for name, value in content.items():
        if isinstance(value, Mapping):
            pairs += flat(value)
        elif value not in ("", None, [], "0"):
            pairs.append([name, str(value)])
    return pairs


def erase(person_id: UUID) -> None:
    """Delete the papers, on which no figure stands; of the outcomes only the day of leaving goes.

    Runs before case files and contacts are unlinked, since it finds the outcomes through them.
    """
    _outcomes(person_id).update(left_on=None)
    _papers(person_id).delete()


def preview(person_id: UUID) -> list[Effect]:
    effects = [
        Effect(_("Papers of a departure: costs, documents, plans"), _papers(person_id).count()),
        Effect(
            _("What became of a departure"), 0, _outcomes(person_id).count(), _("outcome, day, scheme, destination")
        ),
    ]
    return [effect for effect in effects if effect.goes or effect.stays]
