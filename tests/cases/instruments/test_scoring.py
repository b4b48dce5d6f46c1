"""Every shipped instrument is scored twice, by its definition and by hand; a definition that cannot hold is refused."""

import random

import pytest
import yaml
from pydantic import ValidationError

from safar.cases.questionnaires import converting
from safar.cases.questionnaires.library import build
from safar.cases.rules.scoring import Scoring, band_of, by_name, scores_of
from tests.oracles import instruments as oracle

EXAMPLES = 60


def definition(code: str) -> Scoring:
    return Scoring.model_validate(yaml.safe_load((build.FOLDER / f"{code}.scoring.yaml").read_text()))


def questions(code: str) -> dict[str, list[str]]:
    """Return the choices of every question that takes one, read from the source of the workbook."""
    source = yaml.safe_load((build.FOLDER / f"{code}.form.yaml").read_text())
    lists = {name: [entry[0] for entry in entries] for name, entries in source["lists"].items()}
    return {row[1]: lists[row[0].split()[1]] for row in source["survey"] if row[0].startswith("select")}


@pytest.mark.parametrize("code", build.codes())
def test_scores_are_those_of_a_second_implementation(code: str) -> None:
    scoring, drawn, random_answers = definition(code), questions(code), random.Random(code)
    for _example in range(EXAMPLES):
        answers = {name: random_answers.choice([*choices, ""]) for name, choices in drawn.items()}
        by_hand = getattr(oracle, code)(answers)
        assert scores_of(scoring, answers) == pytest.approx(by_hand, abs=1e-6, nan_ok=True), answers


@pytest.mark.parametrize("code", build.codes())
def test_workbook_is_in_step_with_its_source_and_asks_what_its_scoring_counts(code: str) -> None:
    content = (build.FOLDER / f"{code}.xlsx").read_bytes()
    assert content == build.built(code), "run python -m safar.cases.questionnaires.library.build"
    form = converting.converted(content, name=code)
    assert form.languages == build.LANGUAGES
    assert form.adjustments == []
    assert definition(code).names() <= {element["name"] for element in form.outline}
    values = {element["name"]: {option["value"] for option in element.get("options", [])} for element in form.outline}
    for score in definition(code).scores:
        for item in score.items:
            if item.map:
                known = set(definition(code).maps[item.map]) | set(definition(code).missing)
                assert values[item.name] <= known, f"{item.name} has a choice that is worth nothing and not missing"


@pytest.mark.parametrize(
    ("code", "answers", "scores"),
    [
        ("satisfaction", {"counselling": "5", "social": "4", "economic": "not_used", "overall": "4"}, {"services": 4.5, "overall": 4.0, "expectation": None}),
        ("forced_labour_indicators", {"g_debt/debt": "yes", "g_wages/wages": "yes", "g_threats/threats": "not_known"}, {"seen": 2.0}),
        ("knowledge_test", {"channel": "licensed", "passport": "keep", "contract": "on_arrival", "visa": "work", "help": "dont_know"}, {"right": 3.0}),
        ("knowledge_test", {"channel": "licensed"}, {"right": None}),
    ],
)  # fmt: skip
def test_golden_cases(code: str, answers: dict[str, str], scores: dict[str, float | None]) -> None:
    assert scores_of(definition(code), answers) == scores


def test_neither_refusing_nor_skipping_a_question_lowers_a_score() -> None:
    best = {
        "good_money": "very_satisfied",
        "less_food": "never",
        "can_borrow": "yes",
        "borrows": "never",
        "working": "yes",
    }
    told = definition("reintegration_survey")
    assert scores_of(told, best)["economic"] == 1.0
    assert scores_of(told, best | {"assets": "no_answer", "debt_less": ""})["economic"] == 1.0
    assert scores_of(told, {"working": "yes"})["economic"] is None, "one answer of eight is no score"


def test_sensitive_instruments_ask_a_supervisor_and_give_no_verdict() -> None:
    for code in ("forced_labour_indicators", "exploitation_screen"):
        told = definition(code)
        assert (told.sensitive, told.decision, told.bands) == (True, "supervisor", [])


def test_what_was_not_compared_with_its_source_says_so() -> None:
    told = definition("reintegration_survey")
    assert told.weights is not None
    assert (told.weights.status, told.weights.verified) == ("equal, unverified", False)
    assert not any(band.verified for band in told.bands)
    assert all("verify" in band.source for band in told.bands)


def test_band_is_the_first_one_a_score_is_below() -> None:
    told = definition("reintegration_survey")
    labels = [band.label["en"] for value in (0.2, 0.33, 0.5, 1.0) if (band := band_of(told, "composite", value))]
    assert len(set(labels)) == 4
    assert band_of(told, "composite", None) is None
    assert band_of(told, "economic", 0.5) is None


def test_weights_of_a_file_change_the_score_and_stay_unverified() -> None:
    told = definition("reintegration_survey").weighted({"working": 3, "assets": 1, "economic": 2}, source="Annex 4")
    answers = {"good_money": "satisfied", "less_food": "never", "can_borrow": "yes", "working": "yes", "assets": "no"}
    assert scores_of(told, answers)["economic"] == pytest.approx((0.75 + 1 + 1 + 3 + 0) / 7)
    assert told.weights is not None
    assert (told.weights.status, told.weights.source, told.weights.verified) == ("loaded", "Annex 4", False)
    composite = next(score for score in told.scores if score.code == "composite")
    assert composite.weights == {"economic": 2.0, "social": 1.0, "psychosocial": 1.0}


def test_answers_in_repeats_are_not_taken_for_single_ones() -> None:
    assert by_name({"a/b/c": "1", "child[1]/c": "2", "child#": "1"}) == {"c": "1"}


def test_number_counts_by_itself_and_several_choices_by_the_best() -> None:
    told = Scoring.model_validate(
        {
            "instrument": "x",
            "method": "m",
            "maps": {"m": {"a": 1, "b": 3}},
            "scores": [
                {
                    "code": "s",
                    "label": {"en": "S"},
                    "kind": "sum",
                    "highest": 9,
                    "items": [{"name": "n"}, {"name": "c", "map": "m"}],
                }
            ],
        }
    )
    assert scores_of(told, {"n": "4", "c": "a b"}) == {"s": 7.0}
    assert scores_of(told, {"n": "many", "c": "z"}) == {"s": None}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"scores": [{"code": "s", "label": {"en": "S"}, "kind": "mean", "highest": 1}]}, "one of the two"),
        ({"scores": [{"code": "s", "label": {"en": "S"}, "kind": "mean", "highest": 1, "of": ["t"]}]}, "does not stand before"),
        ({"scores": [{"code": "s", "label": {"en": "S"}, "kind": "mean", "highest": 1, "items": [{"name": "a", "map": "m"}]}]}, "not there"),
        ({"bands": [{"score": "s", "below": 1, "label": {"en": "B"}, "source": "x"}]}, "no score"),
    ],
)  # fmt: skip
def test_definition_that_names_what_is_not_there_is_refused(change: dict, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        Scoring.model_validate({"instrument": "x", "method": "m"} | change)
