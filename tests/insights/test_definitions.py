"""Definitions are data: a wrong one stops the start and says what is wrong."""

import pytest
import yaml

from safar.insights.indicators.definition import Indicator, definitions_version, indicators, load
from safar.insights.indicators.units import Unit

RIGHT = {
    "number": 900,
    "code": "trial",
    "label": {"en": "Trial", "ru": "Проба"},
    "definition": {"en": "x", "ru": "x"},
    "unit": "contacts",
    "source_form": "contact",
    "frequency": "month",
    "table": "contacts",
    "measure": {"kind": "rows"},
    "disaggregations": ["sex"],
    "dedup_scope": {"en": "none", "ru": "нет"},
    "may_not_add_to": [{"number": 1, "reason": "x"}],
    "domain_ref": "x",
}


def test_all_indicators_the_report_promises_are_there():
    assert [one.number for one in indicators().values()] == [1, 2, 3, 4, 5, 6, 8, 9, 10, 13, 16, 25, 26, 30, 31, 44]


def test_every_indicator_says_what_it_may_not_be_added_to_and_why():
    for one in indicators().values():
        assert one.may_not_add_to
        assert all(other.reason for other in one.may_not_add_to)


def test_no_count_of_people_or_accounts_is_added_over_months_or_centres():
    for one in indicators().values():
        if one.unit in {Unit.PERSONS, Unit.ACCOUNTS} and one.code != "new_clients":
            assert not {"month", "centre"} & set(one.additive_over), one.code


def test_the_right_definition_is_right():
    assert Indicator.model_validate(RIGHT).code == "trial"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"unit": "people"}, "unit"),
        ({"disaggregations": ["sexe"]}, "no column sexe"),
        ({"table": "contactz"}, "no column"),
        ({"label": {"en": "Trial"}}, "lacks ru"),
        ({"measure": {"kind": "rows", "column": "sex"}}, "wrong column"),
        ({"measure": {"kind": "distinct"}}, "wrong column"),
        ({"measure": {"kind": "sum", "column": "sex", "per": ["mode"]}}, "only `latest`"),
        ({"where": [{"column": "sex"}]}, "exactly one comparison"),
        ({"where": [{"column": "sex", "known": True, "equals": "female"}]}, "exactly one comparison"),
        ({"colour": "red"}, "Extra inputs"),
    ],
)
def test_a_wrong_definition_is_refused_with_what_is_wrong(change, message):
    with pytest.raises(ValueError, match=message):
        Indicator.model_validate(RIGHT | change)


def test_a_number_or_code_stands_once(tmp_path):
    for name, change in (("a", {}), ("b", {"code": "other"})):
        (tmp_path / f"{name}.yaml").write_text(yaml.safe_dump(RIGHT | change))
    with pytest.raises(ValueError, match="is taken"):
        load(tmp_path)


def test_the_version_is_the_same_while_the_files_are():
    assert definitions_version() == definitions_version()
    assert len(definitions_version()) == 12
