"""How answers become scores: a reviewed definition beside the instrument, and pure functions that follow it.

A definition never labels a person. Bands describe a score in words, with their source; what nobody has checked against its
source says so. An answer that was not asked, refused or left out is missing, and missing is never zero.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Text = dict[str, Annotated[str, StringConstraints(min_length=1)]]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_./-]*$")]
Answer = str | int | float | Sequence[str] | None


Subject = Literal["person", "case", "contact"]


def _every_subject() -> list[Subject]:
    return ["person", "case", "contact"]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Item(Strict):
    """One question that counts: which answer is worth what; without a map the number itself counts."""

    name: Code
    map: str = ""
    weight: float = Field(default=1.0, gt=0)


class Score(Strict):
    """One figure: over items, or over other scores named before it. `least` is the share that must have been answered."""

    code: Code
    label: Text
    kind: Literal["mean", "sum", "count", "share"]
    items: list[Item] = Field(default_factory=list)
    of: list[Code] = Field(default_factory=list)
    weights: dict[Code, float] = Field(default_factory=dict)
    least: float = Field(default=0.5, ge=0, le=1)
    lowest: float = 0.0
    highest: float

    @model_validator(mode="after")
    def _has_one_kind_of_part(self) -> "Score":
        if bool(self.items) == bool(self.of):
            raise ValueError(f"the score {self.code} is made of items or of other scores, one of the two")
        return self


class Band(Strict):
    """A stretch of a score in words: what is seen and what may be done, never what somebody is."""

    score: Code
    below: float
    label: Text
    source: str
    verified: bool = False


class Weights(Strict):
    """Where the weights come from; `verified` only when a person compared them with the source."""

    status: str
    source: str = ""
    verified: bool = False


class Scoring(Strict):
    """Everything said about the answers of an instrument beside its questions."""

    instrument: Code
    method: str
    source: str = ""
    verified: bool = False
    sensitive: bool = False
    decision: Literal["none", "supervisor"] = "none"
    subjects: list[Subject] = Field(default_factory=_every_subject)
    title: Text = Field(default_factory=dict)
    note: Text = Field(default_factory=dict)
    missing: list[str] = Field(default_factory=list)
    maps: dict[str, dict[str, float]] = Field(default_factory=dict)
    weights: Weights | None = None
    scores: list[Score] = Field(default_factory=list)
    bands: list[Band] = Field(default_factory=list)
    evidence: dict[Code, Code] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _names_what_is_there(self) -> "Scoring":
        before: set[str] = set()
        for score in self.scores:
            if unknown := [item.map for item in score.items if item.map and item.map not in self.maps]:
                raise ValueError(f"the score {score.code} uses the map {unknown[0]}, which is not there")
            if later := [code for code in score.of if code not in before]:
                raise ValueError(f"the score {score.code} is made of {later[0]}, which does not stand before it")
            before.add(score.code)
        if unknown := [band.score for band in self.bands if band.score not in before]:
            raise ValueError(f"a band belongs to {unknown[0]}, which is no score")
        return self

    def names(self) -> set[str]:
        """Return the questions this scoring needs."""
        return (
            {item.name for score in self.scores for item in score.items}
            | set(self.evidence)
            | set(self.evidence.values())
        )

    def weighted(self, weights: Mapping[str, float], *, source: str) -> "Scoring":
        """Return the scoring with weights of a file; those a question does not have in it stay as they are."""
        told = self.model_dump()
        for score in told["scores"]:
            for item in score["items"]:
                item["weight"] = weights.get(item["name"], item["weight"])
            score["weights"] = {code: weights.get(code, score["weights"].get(code, 1.0)) for code in score["of"]}
        told["weights"] = {"status": "loaded", "source": source, "verified": False}
        return Scoring.model_validate(told)


def scores_of(scoring: Scoring, answers: Mapping[str, Any]) -> dict[str, float | None]:
    """Return every score of these answers by its code, None where too little was answered."""
    values = by_name(answers)
    found: dict[str, float | None] = {}
    for score in scoring.scores:
        if score.of:
            parts = [(found[code], score.weights.get(code, 1.0)) for code in score.of]
        else:
            parts = [(_value(scoring, item, values.get(item.name)), item.weight) for item in score.items]
        found[score.code] = _figure(score, parts)
    return found


def _figure(score: Score, parts: Sequence[tuple[float | None, float]]) -> float | None:
    given = [(value, weight) for value, weight in parts if value is not None]
    if not given or len(given) < score.least * len(parts):
        return None
    total = sum(value * weight for value, weight in given)
    if score.kind == "count":
        return float(sum(1 for value, _weight in given if value > 0))
    if score.kind == "sum":
        return round(total, 6)
    return round(total / sum(weight for _value_, weight in given), 6)


def _value(scoring: Scoring, item: Item, answer: Answer) -> float | None:
    if answer is None or answer == "" or answer in scoring.missing:
        return None
    chosen = (
        answer.split() if isinstance(answer, str) else [answer] if isinstance(answer, int | float) else list(answer)
    )
    if item.map:
        values = [scoring.maps[item.map][str(each)] for each in chosen if str(each) in scoring.maps[item.map]]
        return max(values) if values else None
    try:
        return float(chosen[0])
    except (ValueError, IndexError):
        return None


def by_name(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers by the name of their question, without the groups above it; those inside repeats are left out."""
    return {
        path.rsplit("/", 1)[-1]: value for path, value in answers.items() if "[" not in path and not path.endswith("#")
    }


def band_of(scoring: Scoring, code: str, value: float | None) -> Band | None:
    """Return the stretch a score lies in: the first whose upper end it is below."""
    if value is None:
        return None
    return next((band for band in scoring.bands if band.score == code and value < band.below), None)
