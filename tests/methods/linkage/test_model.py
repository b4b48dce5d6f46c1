import pytest

from safar.methods.linkage.learning import as_yaml, calibrate, learn, main
from safar.methods.linkage.model import (
    BLOCKING,
    COMPARISONS,
    COMPATIBLE,
    MISSING,
    calibration,
    contradicts,
    learnt,
    settings,
)
from safar.methods.linkage.synthetic import USUAL
from safar.methods.names.keys import VERSION


def test_the_reviewed_file_has_a_weight_for_every_level_and_for_no_other():
    expected = {name: {level.name for level in levels} - {MISSING} for name, levels in COMPARISONS.items()}
    assert {name: set(levels) for name, levels in learnt().items()} == expected


def test_the_weights_were_learnt_with_the_keys_in_use():
    from importlib import resources

    text = resources.files("safar.methods.linkage").joinpath("parameters.yaml").read_text(encoding="utf-8")
    assert f"keys: '{VERSION}'" in text


def test_agreement_speaks_for_one_person_and_difference_against():
    for levels in learnt().values():
        (first, *_, last) = levels.values()
        assert first[0] > first[1]
        assert last[0] < last[1]


def test_the_curve_keeps_the_order_of_weights():
    slope, _, usual = calibration()
    assert slope > 0
    assert 0 < usual < 1


def test_blocking_is_by_equality_only_so_that_any_engine_can_hash_it():
    for rule in BLOCKING:
        assert all(" = " in part and "OR" not in part for part in rule.split(" AND "))


@pytest.mark.parametrize("dialect", ["duckdb", "spark"])
def test_one_settings_object_serves_both_engines(dialect):
    made = settings(learnt(), prior=0.001).create_settings_dict(dialect)
    assert [each["output_column_name"] for each in made["comparisons"]] == list(COMPARISONS)


def test_a_guard_names_levels_that_exist():
    for name, levels in COMPATIBLE.items():
        assert levels <= {level.name for level in COMPARISONS[name]}
        assert contradicts(name).startswith("CASE WHEN")


def test_learning_on_small_registries_gives_every_level_and_a_rising_curve(monkeypatch, capsys):
    offices = ((101, USUAL),)
    chances = learn(offices, size=500, pairs=40_000)
    curve = calibrate(offices, size=500)
    assert {name: set(levels) for name, levels in chances.items()} == {
        name: set(levels) for name, levels in learnt().items()
    }
    assert chances["given"]["same"]["m"] > 0.8
    assert chances["given"]["different"]["u"] > 0.95
    assert curve["slope"] > 0
    assert curve["true_pairs_a_record"] == pytest.approx(0.25, abs=0.08)
    monkeypatch.setattr("safar.methods.linkage.learning.learn", lambda: chances)
    monkeypatch.setattr("safar.methods.linkage.learning.calibrate", lambda: curve)
    main([])
    assert capsys.readouterr().out == as_yaml(chances, {"slope": 1, "shift": 0, "true_pairs_a_record": 0.25})
    main(["calibration"])
    assert f"slope: {curve['slope']:.4f}" in capsys.readouterr().out
