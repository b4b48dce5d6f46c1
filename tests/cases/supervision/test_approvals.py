"""A second person agrees before an act that a rule names: every step, and every role at every step."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from safar.cases.actions import approvals, cases
from safar.cases.actions.approvals import ApprovalNeededError, require_approval
from safar.cases.enums.approvals import APPROVAL_MOVES, Act, ApprovalState
from safar.cases.models import Approval, CaseFile
from safar.cases.queries import approvals as reads
from safar.cases.queries import supervision_rules
from safar.cases.rules.approvals import ApprovalRule, Circumstances
from safar.kernel import once
from safar.kernel.actor import MACHINE
from safar.trust.models import AuditEntry, RoleAssignment
from safar.trust.permissions import ROLES
from tests.factories import cases as make
from tests.factories import supervision

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(home_centre):
    return make.case(home_centre, supervision.minor(home_centre))


@pytest.fixture
def worker(actor):
    return actor("counsellor")


@pytest.fixture
def coordinator(actor):
    return actor("coordinator")


@pytest.fixture
def asked(case, worker):
    return supervision.approval(case, worker)


def in_state(approval: Approval, state: str, coordinator) -> Approval:
    decided = state not in {"asked", "withdrawn"}
    Approval.objects.filter(pk=approval.pk).update(state=state, decided_by=coordinator.id if decided else None)
    return Approval.objects.get(pk=approval.pk)


class TestClosing:
    def test_the_file_of_a_minor_is_closed_by_two(self, case, asked, worker, coordinator):
        with pytest.raises(ApprovalNeededError, match="somebody under 18 is closed by two people"):
            cases.move(case_id=case.pk, to="closed", by=worker)
        approvals.decide(approval_id=asked.pk, approve=True, answer="Agreed", by=coordinator)
        assert cases.move(case_id=case.pk, to="closed", by=worker).state == "closed"
        used = Approval.objects.get(pk=asked.pk)
        assert (used.state, used.used_by_id, used.answer) == ("used", worker.id, "Agreed")
        trail = AuditEntry.objects.filter(subject_key=case.pk, action__startswith="cases.approval").order_by("id")
        assert [row.action.rsplit(".", 1)[1] for row in trail] == ["ask", "approve", "use"]

    def test_of_an_adult_only_giving_up_asks(self, home_centre, worker, coordinator):
        first = make.case(home_centre, make.person(home_centre))
        with pytest.raises(ApprovalNeededError, match="dropped out"):
            cases.move(case_id=first.pk, to="dropout", reason="Gone", by=worker)
        assert cases.move(case_id=first.pk, to="closed", by=worker).state == "closed"

    def test_an_approval_to_close_is_none_to_give_up(self, case, asked, worker, coordinator):
        approvals.decide(approval_id=asked.pk, approve=True, by=coordinator)
        with pytest.raises(ApprovalNeededError):
            cases.move(case_id=case.pk, to="dropout", reason="Gone", by=worker)
        assert CaseFile.objects.get(pk=case.pk).is_open
        assert Approval.objects.get(pk=asked.pk).state == "approved"

    def test_other_moves_and_the_installation_are_not_asked(self, case, worker):
        assert cases.move(case_id=case.pk, to="follow_up", by=worker).state == "follow_up"
        assert cases.move(case_id=case.pk, to="closed", by=MACHINE).state == "closed"

    def test_what_is_needed_is_told_beforehand(self, case, worker):
        assert [act for act, _rules in reads.needed_for(case)] == [Act.CLOSE_CASE, Act.DROP_OUT]
        cases.move(case_id=case.pk, to="closed", by=MACHINE)
        assert reads.needed_for(CaseFile.objects.get(pk=case.pk)) == []


class TestAsking:
    def test_waits_once_however_often_it_is_asked(self, case, asked, worker):
        assert (asked.state, asked.rules, asked.person_id) == ("asked", ["minor"], case.person_id)
        assert supervision.approval(case, worker) == asked
        assert str(asked) == "case.close asked"

    def test_a_second_press_asks_once(self, case, worker):
        key = once.fresh_key()
        assert supervision.approval(case, worker, form_key=key) == supervision.approval(case, worker, form_key=key)

    @pytest.mark.parametrize(
        ("fields", "field"),
        [({"reason": " "}, "reason"), ({"act": "case.open"}, "act"), ({"about": Circumstances()}, "act")],
    )
    def test_what_makes_no_sense_is_refused_by_field(self, case, worker, fields, field):
        with pytest.raises(ValidationError) as refused:
            supervision.approval(case, worker, **fields)
        assert list(refused.value.message_dict) == [field]

    def test_by_somebody_only(self, case):
        with pytest.raises(PermissionDenied):
            supervision.approval(case, MACHINE)

    def test_an_approval_covers_no_dearer_plan(self, case, worker, coordinator, monkeypatch):
        rule = ApprovalRule("cost", frozenset({Act.AGREE_PLAN}), frozenset({"coordinator"}), cost_over=100)
        monkeypatch.setattr(reads, "approval_rules", lambda: [rule])
        small = supervision.approval(case, worker, Act.AGREE_PLAN, about=Circumstances(cost=150))
        approvals.decide(approval_id=small.pk, approve=True, by=coordinator)
        agree = {"act": Act.AGREE_PLAN, "subject_key": case.pk, "by": worker}
        with pytest.raises(ApprovalNeededError):
            require_approval(**agree, about=Circumstances(cost=151))
        assert require_approval(**agree, about=Circumstances(cost=90)) is None
        assert supervision.approval(case, worker, Act.AGREE_PLAN, about=Circumstances(cost=120)) == small
        dearer = supervision.approval(case, worker, Act.AGREE_PLAN, about=Circumstances(cost=200))
        assert Approval.objects.get(pk=small.pk).state == "withdrawn"
        approvals.decide(approval_id=dearer.pk, approve=True, by=coordinator)
        assert require_approval(**agree, about=Circumstances(cost=200)) == dearer

    def test_a_referral_is_asked_about_like_a_case(self, home_centre, worker, monkeypatch):
        rule = ApprovalRule("abroad", frozenset({Act.SEND_REFERRAL}), frozenset({"coordinator"}), abroad=True)
        monkeypatch.setattr(reads, "approval_rules", lambda: [rule])
        referral = make.referral(home_centre, make.person(home_centre))
        asked = approvals.ask(
            act=Act.SEND_REFERRAL,
            subject_key=referral.pk,
            reason="To Berlin",
            about=Circumstances(abroad=True),
            by=worker,
        )
        assert asked.person_id == referral.person_id


class TestDeciding:
    def test_sending_back_needs_the_reason_and_ends_it(self, case, asked, worker, coordinator):
        with pytest.raises(ValidationError, match="what is missing"):
            approvals.decide(approval_id=asked.pk, approve=False, answer=" ", by=coordinator)
        sent = approvals.decide(approval_id=asked.pk, approve=False, answer="Call the school first", by=coordinator)
        assert (sent.state, sent.decided_by_id) == ("sent_back", coordinator.id)
        with pytest.raises(ApprovalNeededError):
            cases.move(case_id=case.pk, to="closed", by=worker)
        assert supervision.approval(case, worker) != asked

    def test_whoever_asked_cannot_approve(self, case, coordinator, actor):
        own = supervision.approval(case, coordinator)
        with pytest.raises(PermissionDenied):
            approvals.decide(approval_id=own.pk, approve=True, by=coordinator)
        assert approvals.decide(approval_id=own.pk, approve=True, by=actor("coordinator")).state == "approved"

    def test_the_database_itself_refuses_one_person_and_a_second_request(self, asked):
        with pytest.raises(IntegrityError):
            Approval.objects.filter(pk=asked.pk).update(decided_by=asked.asked_by_id)

    def test_a_role_the_rule_does_not_name_cannot_answer(self, asked, coordinator, monkeypatch):
        rule = ApprovalRule("minor", frozenset({Act.CLOSE_CASE}), frozenset({"data_protection_officer"}))
        monkeypatch.setattr(reads, "approval_rules", lambda: [rule])
        assert not reads.may_decide(asked, by=coordinator)
        RoleAssignment.objects.create(staff_id=coordinator.id, role="data_protection_officer")
        assert reads.may_decide(asked, by=coordinator)

    @pytest.mark.parametrize("state", list(ApprovalState))
    def test_only_the_steps_of_the_table_are_taken(self, asked, worker, coordinator, state):
        approval = in_state(asked, state, coordinator)
        steps = {
            ApprovalState.APPROVED: lambda: approvals.decide(approval_id=approval.pk, approve=True, by=coordinator),
            ApprovalState.SENT_BACK: lambda: approvals.decide(
                approval_id=approval.pk, approve=False, answer="Why?", by=coordinator
            ),
            ApprovalState.WITHDRAWN: lambda: approvals.withdraw(approval_id=approval.pk, by=worker),
        }
        for to, step in steps.items():
            in_state(asked, state, coordinator)
            if to in APPROVAL_MOVES[state]:
                assert step().state == to
            else:
                with pytest.raises(ValidationError, match="dealt with already"):
                    step()

    @pytest.mark.parametrize("role", sorted(ROLES))
    def test_each_step_is_refused_to_roles_without_it(self, case, asked, actor, role):
        somebody = actor(role)
        works, decides = "cases.case.manage" in ROLES[role].permissions, role == "coordinator"
        if not decides:
            with pytest.raises(PermissionDenied):
                approvals.decide(approval_id=asked.pk, approve=True, by=somebody)
            with pytest.raises(PermissionDenied):
                reads.waiting(by=somebody)
        # Nobody but who asked takes a request back.
        with pytest.raises(PermissionDenied):
            approvals.withdraw(approval_id=asked.pk, by=somebody)
        if works:
            assert supervision.approval(case, somebody, Act.DROP_OUT).asked_by_id == somebody.id
        else:
            with pytest.raises(PermissionDenied):
                supervision.approval(case, somebody, Act.DROP_OUT)

    def test_waiting_and_answered_are_listed_for_the_node(self, asked, worker, coordinator):
        assert reads.waiting(by=coordinator) == [asked]
        assert reads.count_waiting(by=coordinator) == 1
        assert reads.get(asked.pk, by=coordinator) == asked
        approvals.decide(approval_id=asked.pk, approve=True, by=coordinator)
        assert reads.answered(by=coordinator) == [asked]
        assert reads.answers_for(by=worker) == [asked]
        approvals.noted(approval_id=asked.pk, by=coordinator)
        assert reads.answers_for(by=worker) == [asked]
        approvals.noted(approval_id=asked.pk, by=worker)
        assert reads.answers_for(by=worker) == []
        assert AuditEntry.objects.filter(action="cases.approval.open").count() == 1


def test_the_file_is_read_once():
    assert supervision_rules.approval_file() is supervision_rules.approval_file()
