"""The rules of supervision and their reviewed files, without a database."""

import datetime as dt
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError as FileError

from safar.cases.enums import approvals, supervision
from safar.cases.enums.approvals import Act
from safar.cases.queries import supervision_rules as files
from safar.cases.rules.approvals import ApprovalRule, Circumstances, asking, may_answer
from safar.cases.rules.heavy import CaseLoad, HeavyRules, ScoreStep, Step, total, weigh
from safar.cases.rules.supervision import ConferenceDetails, heavy_until

DAY = dt.date(2026, 3, 2)
ANNA, BEK = UUID(int=1), UUID(int=2)


def rule(**fields):
    defaults = {"code": "one", "acts": frozenset({"case.close"}), "approved_by": frozenset({"coordinator"})}
    return ApprovalRule(**(defaults | fields))


@pytest.mark.parametrize(
    ("fields", "about", "asks"),
    [
        ({}, {}, True),
        ({"acts": frozenset({"plan.agree"})}, {}, False),
        ({"minor": True}, {"age_band": "u18"}, True),
        ({"minor": True}, {"age_band": "18_29"}, False),
        ({"abroad": True}, {"abroad": True}, True),
        ({"abroad": True}, {}, False),
        ({"cost_over": 100}, {"cost": 101}, True),
        ({"cost_over": 100}, {"cost": 100}, False),
        ({"cost_over": 100}, {}, False),
        ({"minor": True, "abroad": True}, {"age_band": "u18"}, False),
    ],
)
def test_a_rule_asks_when_all_it_names_is_so(fields, about, asks):
    assert bool(asking([rule(**fields)], "case.close", Circumstances(**about))) is asks


def test_who_answers_satisfies_every_rule():
    rules = [rule(), rule(approved_by=frozenset({"coordinator", "data_protection_officer"}))]
    assert may_answer(rules, ["coordinator"])
    assert not may_answer(rules, ["data_protection_officer"])
    assert may_answer([], [])


class TestStates:
    def test_every_state_stands_or_has_ended_and_the_ended_lead_nowhere(self):
        for states, moves, first in (
            (approvals.ApprovalState, approvals.APPROVAL_MOVES, approvals.ApprovalState.ASKED),
            (supervision.OpinionState, supervision.OPINION_MOVES, supervision.OpinionState.ASKED),
        ):
            assert set(moves) == set(states)
            reached = {first} | set().union(*moves.values())
            assert reached == set(states)
        assert set(approvals.ApprovalState) == approvals.STANDING_APPROVALS | approvals.ENDED_APPROVALS
        assert not any(approvals.APPROVAL_MOVES[state] for state in approvals.ENDED_APPROVALS)


class TestHeavy:
    RULES = HeavyRules(
        heavy_from=5,
        flags={"destitute": 2, "suicidal_risk": 5},
        days_open=[Step(180, 1), Step(365, 2)],
        contacts=[Step(5, 1), Step(10, 3)],
        assessments=[ScoreStep("screen", "total", 2, 4)],
    )

    @given(
        flags=st.frozensets(st.sampled_from(["destitute", "suicidal_risk", "no_documents"])),
        days=st.integers(0, 900),
        contacts=st.integers(0, 30),
        score=st.none() | st.integers(0, 5),
    )
    @settings(max_examples=40)
    def test_the_sum_is_what_a_second_count_comes_to(self, flags, days, contacts, score):
        reasons = weigh(CaseLoad(flags, days, contacts, {"screen": {"total": score}}), self.RULES)
        expected = 2 * ("destitute" in flags) + 5 * ("suicidal_risk" in flags)
        expected += 2 if days >= 365 else 1 if days >= 180 else 0
        expected += 3 if contacts >= 10 else 1 if contacts >= 5 else 0
        expected += 4 if score is not None and score >= 2 else 0
        assert total(reasons) == expected
        assert [reason.weight for reason in reasons] == sorted((reason.weight for reason in reasons), reverse=True)

    def test_an_instrument_nobody_filled_in_weighs_nothing(self):
        assert weigh(CaseLoad(), self.RULES) == []


class TestConference:
    def details(self, **fields):
        said = {"held_on": DAY, "participants": [ANNA, BEK], "question": "Where to?", "decided": "Wait."}
        return ConferenceDetails(**(said | fields))

    @pytest.mark.parametrize(
        ("fields", "problems"),
        [
            ({}, {}),
            ({"held_on": DAY - dt.timedelta(days=2)}, {"held_on": "outside"}),
            ({"held_on": DAY + dt.timedelta(days=9)}, {"held_on": "outside"}),
            ({"participants": [ANNA, ANNA]}, {"participants": "alone"}),
            ({"question": " "}, {"question": "missing"}),
            ({"decided": ""}, {"decided": "missing"}),
            ({"next_step": "Call"}, {"next_step_on": "missing", "next_step_by": "missing"}),
            ({"next_step": "Call", "next_step_on": DAY - dt.timedelta(days=1), "next_step_by": ANNA},
             {"next_step_on": "before"}),
            ({"next_step_by": ANNA}, {"next_step": "nobodys"}),
            ({"next_step": "Call", "next_step_on": DAY, "next_step_by": ANNA}, {}),
        ],
    )  # fmt: skip
    def test_problems_are_told_by_field(self, fields, problems):
        assert self.details(**fields).problems(DAY, DAY + dt.timedelta(days=1)) == problems


def test_a_heavy_week_is_shown_for_thirty_days():
    assert heavy_until(DAY) == dt.date(2026, 4, 1)


class TestFiles:
    def test_shipped_rules_hold_in_every_country(self):
        for currency in ("UZS", "KGS", "TJS"):
            written = [one.in_country(currency) for one in files.approval_file().rules]
            assert all(one.acts <= set(Act) for one in written)
        assert {one.code for one in files.approval_rules()} >= {"minor", "drop_out"}
        assert files.why("minor").startswith("The case file of somebody under 18")
        assert files.why("gone") == "gone"

    def test_an_act_in_force_is_held_back_somewhere(self):
        """A rule in force for an act no action asks about would promise what nobody keeps."""
        from pathlib import Path

        import safar.cases.actions

        folder = Path(safar.cases.actions.__file__).parent
        calls = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py") if path.name != "approvals.py")
        in_force = {act for one in files.approval_rules() for act in one.acts}
        assert in_force
        assert [act for act in in_force if f"Act.{Act(act).name}" not in calls] == []

    def test_shipped_weights_name_known_signs(self):
        assert files.heavy_file().rules.heavy_from > 1
        assert set(files.heavy_file().care.flags) <= set(files.heavy_file().flags)

    @pytest.mark.parametrize(
        "change",
        [
            {"approved_by": ["nobody"]},
            {"approved_by": ["counsellor"]},
            {"acts": ["fly.away"]},
            {"when": {"mood": True}},
            {"acts": []},
        ],
    )
    def test_a_wrong_rule_is_refused_on_load(self, change):
        written = {"code": "ok_code", "acts": ["case.close"], "when": {}, "approved_by": ["coordinator"]}
        written |= {"in_force": True, "why": {"en": "Because."}}
        assert files.WrittenRule.model_validate(written).code == "ok_code"
        with pytest.raises(FileError):
            files.WrittenRule.model_validate(written | change)

    def test_a_code_twice_and_an_unknown_sign_are_refused_on_load(self):
        shipped = files.approval_file()
        with pytest.raises(FileError, match="two rules"):
            files.ApprovalFile(version="1", source="s", verify=True, rules=[*shipped.rules, shipped.rules[0]])
        heavy = files.heavy_file().model_dump()
        with pytest.raises(FileError, match="No warning sign"):
            files.HeavyFile.model_validate(heavy | {"flags": {"bad_mood": 2}})
