import dataclasses

import pytest

from safar.insights.release.tables import ProtectedTable, UnprotectedError
from safar.methods.disclosure.protection import protect
from safar.methods.disclosure.system import one_way


def test_a_table_for_outside_carries_method_thresholds_and_audit():
    table = ProtectedTable("Persons", "persons", protect(one_way("t", {"a": 3, "b": 40, "c": 7})))
    assert table.thresholds == (5, 11)
    assert "linear programming" in table.method
    assert table.audit.passed
    assert table.value(("t", "a")) is None
    assert table.value(("t", "b")) == 40
    assert table.shown["t", "*"] == 50


def test_plain_numbers_are_refused():
    with pytest.raises(UnprotectedError, match=r"only methods\.disclosure"):
        ProtectedTable("Persons", "persons", {("t", "a"): 3})


def test_cells_whose_audit_failed_stay_inside():
    cells = protect(one_way("t", {"a": 30}))
    object.__setattr__(cells, "audit", dataclasses.replace(cells.audit, passed=False))
    with pytest.raises(UnprotectedError, match="stays inside"):
        ProtectedTable("Persons", "persons", cells)


def test_sealed_cells_cannot_be_copied_with_other_numbers():
    with pytest.raises(TypeError, match="made by"):
        dataclasses.replace(protect(one_way("t", {"a": 30})), shown={("t", "a"): 3})
