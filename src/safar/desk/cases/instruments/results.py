"""Scores as a picture and in words, and answers in the words of the form. A score is about a day, never about who somebody is."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from safar.cases.actions.instruments import titles
from safar.cases.models import Assessment
from safar.cases.queries import instruments
from safar.cases.questionnaires.states import FormState, Node
from safar.cases.rules.scoring import Band, Score, Scoring, band_of, by_name
from safar.kernel.chart import Chart, Series
from safar.kernel.multilingual import Multilingual
from safar.ui.numbers import written_date


@dataclass(frozen=True, slots=True)
class Figure:
    """One score in words: how much of how much, and what its stretch says with how far that may be trusted."""

    label: str
    value: float | None
    highest: float
    words: str
    source: str
    is_verified: bool
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sign that was seen, and what it rests on."""

    label: str
    rests_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """One question with the answer in words."""

    label: str
    answer: str


def rounded(value: float | None) -> float | None:
    """Return a score as it is shown everywhere: two places, a half upwards, so that picture and words say the same."""
    return None if value is None else float(Decimal(str(value)).quantize(Decimal("0.01"), ROUND_HALF_UP))


def text(written: dict[str, str]) -> str:
    return str(Multilingual(titles(written)))


def figures(assessment: Assessment, scoring: Scoring | None) -> list[Figure]:
    """Return the scores in the order of their definition."""
    return [_figure(score, assessment, scoring) for score in scoring.scores] if scoring else []


def _figure(score: Score, assessment: Assessment, scoring: Scoring) -> Figure:
    value = rounded(assessment.scores.get(score.code))
    band: Band | None = band_of(scoring, score.code, value)
    return Figure(
        label=text(score.label),
        value=value,
        highest=score.highest,
        words=text(band.label) if band else "",
        source=band.source if band else "",
        is_verified=bool(band and band.verified),
        is_whole=score.kind in {"count", "sum"},
    )


def picture(assessment: Assessment, scoring: Scoring | None) -> Chart | None:
    """Return the scores as bars on their own scale; one figure alone is no picture."""
    found = [each for each in figures(assessment, scoring) if each.value is not None]
    if len(found) < 2:  # noqa: PLR2004
        return None
    return Chart(
        kind="bar",
        title=_("Scores of the day"),
        categories=tuple(each.label for each in found),
        series=(Series(_("Score"), tuple(each.value for each in found)),),
        unit=_("score"),
        note=_("Full would be %(highest)s.") % {"highest": _number(max(each.highest for each in found))},
    )


def over_time(found: list[Assessment], scoring: Scoring | None) -> Chart | None:
    """Return how the scores of one instrument went, when it was filled more than once."""
    if not scoring or not scoring.scores or len(found) < 2:  # noqa: PLR2004
        return None
    return Chart(
        kind="line",
        title=_("Scores over time"),
        categories=tuple(written_date(each.completed_on) for each in found),
        series=tuple(
            Series(text(score.label), tuple(rounded(each.scores.get(score.code)) for each in found))
            for score in scoring.scores
        ),
        unit=_("score"),
        note=_("Each figure was worked out by the rules of its own day. Compare the person with themselves only."),
    )


def evidence(assessment: Assessment, scoring: Scoring | None, state: FormState) -> list[Evidence]:
    """Return which signs were seen and what each rests on, in the words of the form."""
    if not scoring or not scoring.evidence:
        return []
    answers, nodes = by_name(assessment.answers), {node.name: node for node in state.every()}
    parents = {child.name: node for node in state.every() for child in node.children}
    return [
        Evidence(
            (parents[sign].label if sign in parents else "") or nodes[sign].label,
            tuple(_chosen(nodes[rests_on])) if rests_on in nodes else (),
        )
        for sign, rests_on in scoring.evidence.items()
        if answers.get(sign) == "yes" and sign in nodes
    ]


def answered(state: FormState) -> list[Answered]:
    """Return every question that was asked, with the answer in words."""
    return [
        Answered(node.label or node.name, ", ".join(_chosen(node)) if node.options else node.value)
        for node in state.every()
        if node.is_question and node.value
    ]


def _chosen(node: Node) -> list[str]:
    return [option.label or option.value for option in node.options if option.value in node.chosen]


def _number(value: float) -> str:
    return f"{value:g}"


def state_for(assessment: Assessment) -> FormState:
    """Return the form of an assessment as it was answered, in the reader's language as far as it has it."""
    language = instruments.language_of(assessment.version, get_language() or "")
    return instruments.state_of(assessment.version, language=language, answers=assessment.answers)
