"""The pages of work after return, from the door to the closed file."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from safar.cases.actions import cases, closures
from safar.cases.models import CaseFile, ImmediateNeed, PlanGoal, PlanStep, ReintegrationPlan
from safar.cases.rules.reintegration import MOST_GOALS, MOST_STEPS
from safar.desk.board import board_for
from safar.desk.cases.reintegration.paper import plan_paper
from safar.desk.timeline import timeline_of
from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.kernel.once import fresh_key
from safar.people.models import Person
from safar.trust.queries.actors import actor_for
from tests.desk.cases.test_new_contact import page
from tests.factories import cases as make
from tests.factories import reintegration as returnees

pytestmark = pytest.mark.django_db
LATER = (today() + dt.timedelta(days=20)).isoformat()


@pytest.fixture
def client(client_of, home_centre):
    return client_of("counsellor")


@pytest.fixture
def by(client):
    return actor_for(client.staff)


@pytest.fixture
def person(home_centre):
    return make.person(home_centre, language="uz")


@pytest.fixture
def case(home_centre, person, by):
    return returnees.received(home_centre, person, by=by)


def get(client, name, *args, **query):
    return client.get(reverse(f"desk:cases:{name}", args=args), query)


def post(client, name, *args, **fields):
    return client.post(reverse(f"desk:cases:{name}", args=args), fields)


def pages_of(pdf: bytes) -> int:
    found = re.search(rb"/Type/Pages/Count (\d+)", pdf)
    assert found
    return int(found[1])


class TestReceiving:
    def test_from_a_persons_file_by_any_door(self, client, person):
        assert reverse("desk:cases:receive", args=[person.pk]) in page(
            client.get(reverse("desk:people:file", args=[person.pk]))
        )
        assert "From the airport" in page(get(client, "receive", person.pk))
        told = {"door": "mahalla", "received_on": today().isoformat(), "need_cash": "not_met:no_means"}
        answer = post(client, "receive", person.pk, **told, need_shelter="referred", form_key=fresh_key())
        case = CaseFile.objects.get()
        assert answer.url == reverse("desk:cases:reintegration_case", args=[case.pk])
        shown = page(client.get(answer.url))
        for words in ("Through the mahalla", "A place to stay", "No places or funds", "No plan yet"):
            assert words in shown
        assert get(client, "receive", person.pk).url == answer.url

    def test_what_is_wrong_comes_back_as_it_was_typed(self, client, person):
        assert post(client, "receive", person.pk).status_code == 422
        told = {"door": "self", "received_on": today().isoformat(), "returned_on": LATER}
        answer = post(client, "receive", person.pk, **told)
        assert answer.status_code == 422
        assert "cannot come after" in page(answer)

    def test_a_file_opened_before_is_offered_what_it_knows(self, client, home_centre, person):
        case = make.case(home_centre, person, kind="reintegration", country_of_return="TR")
        assert '<option value="TR" selected>' in page(get(client, "receive", person.pk))
        assert "Note the reception" in page(get(client, "reintegration_case", case.pk))

    def test_a_child_is_told_of_before(self, client, person):
        Person.objects.update(birth_year=today().year - 12)
        assert "a child without a named guardian" in page(get(client, "receive", person.pk))


class TestTheFile:
    def test_shows_the_way_and_what_is_given_apart(self, client, case):
        cases.add_service(case_id=case.pk, service="employment", by=MACHINE)
        make.referral(case.centre, case.person)
        case.person.referrals.update(case_file=case)
        returnees.agreed(case)
        returnees.held(case)
        shown = page(get(client, "reintegration_case", case.pk))
        for words in ("Lawyers of Andijan", "Earn a living", "0 of 1 steps done", "Found work", "no sum"):
            assert words in shown
        assert 'class="step-current" aria-current="step"' in shown

    def test_is_there_only_for_work_after_return(self, client, home_centre, person):
        assert get(client, "reintegration_case", make.case(home_centre, person).pk).status_code == 404

    def test_takes_needs_and_tries(self, client, case):
        there = reverse("desk:cases:reintegration_case", args=[case.pk])
        wrong = {"need-need": "cash", "need-answer": "sometime"}
        assert post(client, "add_need", case.pk, **wrong).status_code == 422
        assert post(client, "add_need", case.pk, **wrong | {"need-answer": "referred"}).url == there
        need = ImmediateNeed.objects.get(need="cash")
        assert post(client, "settle_need", need.pk).status_code == 422
        assert post(client, "settle_need", need.pk, **{f"{need.pk}-answer": "not_met:declined"}).url == there
        assert "did not want it" in page(client.get(there))
        tried = {"attempt-mode": "phone", "attempt-result": "no_answer", "attempt-on": today().isoformat()}
        assert post(client, "attempt", case.pk, **tried | {"attempt-on": LATER}).status_code == 422
        assert post(client, "attempt", case.pk, **tried).url == there
        assert "No answer" in page(client.get(there))

    def test_of_somebody_erased_shows_what_is_left(self, client, case):
        CaseFile.objects.update(person=None)
        assert "has been erased" in page(get(client, "reintegration_case", case.pk))
        assert get(client, "reintegration").status_code == 200

    def test_stands_in_the_timeline_of_the_person(self, case, by, actor):
        returnees.agreed(case)
        returnees.held(case)
        told = {entry.title: entry.url for entry in timeline_of(case.person_id, by)}
        assert told["Received after return"]
        assert told["Review after 3 months"]
        quiet = {entry.title: entry.url for entry in timeline_of(case.person_id, actor("outreach_officer"))}
        assert quiet["Received after return"] == ""


class TestClosing:
    def test_shows_first_what_is_open(self, client, case):
        returnees.agreed(case)
        make.referral(case.centre, case.person)
        case.person.referrals.update(case_file=case)
        shown = page(get(client, "close_reintegration", case.pk))
        for words in ("Learn to weld", "Review after 12 months", "Lawyers of Andijan", "A second person agrees first"):
            assert words in shown
        told = {"to": "closed", "reason": "settled", "on": today().isoformat(), "words": "Has work"}
        assert post(client, "close_reintegration", case.pk, **told | {"reason": "dropout:moved"}).status_code == 422
        answer = post(client, "close_reintegration", case.pk, **told)
        assert answer.url == reverse("desk:cases:reintegration_case", args=[case.pk])
        assert "1 steps, 0 needs, 1 referrals" in page(client.get(answer.url))
        assert get(client, "close_reintegration", case.pk).url == answer.url

    def test_giving_somebody_up_asks_a_second_person(self, client, case):
        told = {"to": "dropout", "reason": "dropout:moved", "on": today().isoformat()}
        answer = post(client, "close_reintegration", case.pk, **told)
        assert answer.status_code == 422
        assert "second person" in page(answer)
        assert post(client, "close_reintegration", case.pk, **told | {"reason": "settled"}).status_code == 422
        assert post(client, "close_reintegration", case.pk).status_code == 422


class TestThePlan:
    def test_is_written_agreed_moved_on_and_ended(self, client, case):
        there = reverse("desk:cases:plan", args=[case.pk])
        assert "No plan yet" in page(client.get(there))
        assert post(client, "plan_draft", case.pk).url == there
        plan = ReintegrationPlan.objects.get()
        goal = {"goal-dimension": "economic", "goal-text": "Open a bakery", "goal-feasibility": "with_help"}
        assert post(client, "plan_goal", plan.pk, **goal | {"goal-text": ""}).status_code == 422
        assert post(client, "plan_goal", plan.pk, **goal, form_key=fresh_key()).url == there
        step = {"step-goal": str(PlanGoal.objects.get().pk), "step-text": "Learn to bake", "step-doer": "partner"}
        step |= {"step-due_on": LATER, "step-cost": "700000", "step-currency": "UZS"}
        refused = post(client, "plan_step_add", plan.pk, **step)
        assert "Name the partner" in page(refused)
        assert post(client, "plan_step_add", plan.pk, **step, **{"step-doer_name": "Monocentre"}).url == there
        agreed = {"agree-language": "uz", "agree-way": "written", "agree-spoken_by": "self"}
        assert post(client, "plan_agree", plan.pk, **agreed, **{"agree-on": LATER}).status_code == 422
        assert post(client, "plan_agree", plan.pk, **agreed, **{"agree-on": today().isoformat()}).url == there
        shown = page(client.get(there))
        for words in ("Open a bakery", "A partner: Monocentre", "700,000 UZS", "In writing", "How it stands"):
            assert words in shown
        one = PlanStep.objects.get()
        assert "Learn to bake" in page(get(client, "plan_step", one.pk))
        assert post(client, "plan_step", one.pk, to="done", on=today().isoformat()).status_code == 422
        assert post(client, "plan_step", one.pk, to="done", evidence="Diploma", on=today().isoformat()).url == there
        assert "This step is over" in page(get(client, "plan_step", one.pk))
        end = {"finish-to": "completed", "finish-on": today().isoformat()}
        assert post(client, "plan_finish", plan.pk, **end | {"finish-to": "ended"}).status_code == 422
        assert post(client, "plan_finish", plan.pk, **end).url == there
        assert "Completed" in page(client.get(there))

    def test_goals_and_steps_are_taken_out_of_a_draft_and_not_of_an_agreement(self, client, case):
        plan = returnees.draft(case)
        step, goal = PlanStep.objects.get(), PlanGoal.objects.get()
        post(client, "plan_step_remove", step.pk)
        post(client, "plan_goal_remove", goal.pk)
        assert not plan.goals.exists()
        plan.delete()
        kept = returnees.only_step(returnees.agreed(case))
        answer = post(client, "plan_step_remove", kept.pk)
        assert "not changed" in page(client.get(answer.url))
        post(client, "plan_goal_remove", kept.goal_id)
        assert PlanGoal.objects.exists()

    def test_a_new_version_is_written_while_the_old_one_holds(self, client, case):
        returnees.agreed(case)
        post(client, "plan_draft", case.pk)
        shown = page(get(client, "plan", case.pk))
        assert "stays in force" in shown
        assert "Version 1: Agreed" in shown
        assert "A draft" not in page(get(client, "reintegration_case", case.pk))

    def test_a_closed_file_takes_no_plan(self, client, case):
        closures.close(case_id=case.pk, to="closed", reason="settled", by=MACHINE)
        answer = post(client, "plan_draft", case.pk)
        assert "open case file" in page(client.get(answer.url))

    def test_an_expensive_one_asks_a_second_person_where_the_rule_is_in_force(self, client, case, monkeypatch):
        from safar.cases.queries import approvals
        from safar.cases.rules.approvals import ApprovalRule

        rule = ApprovalRule("plan_cost", frozenset({"plan.agree"}), frozenset({"coordinator"}), cost_over=100)
        monkeypatch.setattr(approvals, "approval_rules", lambda: (rule,))
        plan = returnees.draft(case)
        assert "asks for a second person" in page(get(client, "plan", case.pk))
        agreed = {"agree-language": "uz", "agree-way": "written", "agree-spoken_by": "self"}
        answer = post(client, "plan_agree", plan.pk, **agreed, **{"agree-on": today().isoformat()})
        assert answer.status_code == 422
        assert post(client, "plan_approval", plan.pk).status_code == 422
        post(client, "plan_approval", plan.pk, **{"approval-reason": "Tools are dear"})
        assert "Waiting for an answer" in page(get(client, "plan", case.pk))

    def test_the_fullest_one_prints_on_one_page_in_the_script_of_the_person(self, client, case):
        plan = returnees.agreed(case, language="uz-cyrl")
        more = ("economic", "social", "social", "psychosocial", "psychosocial")
        goals = [PlanGoal.objects.create(plan=plan, dimension=each, feasibility="hard") for each in more]
        goals.append(plan.goals.order_by("id").first())
        PlanGoal.objects.update(text="Ўз нонвойхонасини очиш ва оиласини боқиш " * 4)
        first = returnees.only_step(plan)
        for number in range(MOST_STEPS - 1):
            PlanStep.objects.create(
                goal=goals[number % MOST_GOALS], doer="centre", due_on=first.due_on, state_on=first.state_on
            )
        PlanStep.objects.update(
            text="Тадбиркор сифатида рўйхатдан ўтиш учун ҳужжат топшириш " * 2, doer_name="Бандлик маркази"
        )
        answer = get(client, "plan_paper", plan.pk)
        assert answer["Content-Type"] == "application/pdf"
        assert pages_of(answer.content) == 1
        assert len(answer.content) < 200 * 1024

    def test_it_speaks_to_the_person(self, case):
        returnees.agreed(case)
        for doer, name, said in (
            ("client", "", "You"),
            ("family", "Aziza", "Your family: Aziza"),
            ("partner", "X", "X"),
        ):
            PlanStep.objects.update(doer=doer, doer_name=name)
            (economic,) = plan_paper(ReintegrationPlan.objects.get(), "en")["groups"]
            assert economic["goals"][0]["rows"][0][1] == said


class TestReviews:
    @pytest.fixture
    def review(self, case):
        returnees.agreed(case)
        return case.reviews.get(months=3)

    def told(self, review, **fields):
        told = {"contact": "in_contact", "held_on": today().isoformat(), "work_before": "unemployed"}
        told |= {"work_after": "employed", "income_before": "none", "income_after": "b2", "changes": ["job"]}
        return told | {"rating_overall": "5", "rating_counselling": "4"} | fields

    def test_are_listed_by_day_and_stand_on_the_board(self, client, review, by, case):
        late = (today() - review.due_on).days
        assert f"{late} days late" in page(get(client, "reviews"))
        assert "after 3 months" in page(get(client, "reviews"))
        assert any("Reviews after return" in str(card.title) for card in board_for(by))
        assert review.due_on.strftime("%Y") in page(client.get(reverse("desk:board")))
        closures.close(case_id=case.pk, to="closed", reason="settled", by=MACHINE)
        assert "No review is due" in page(get(client, "reviews"))
        assert not any("Reviews after return" in str(card.title) for card in board_for(by))

    def test_one_is_held(self, client, review, case):
        given = cases.add_service(case_id=case.pk, service="employment", by=MACHINE)
        assert "Were they received" in page(get(client, "review", review.pk)).replace("were they", "Were they")
        assert post(client, "review", review.pk, **self.told(review, held_on=LATER)).status_code == 422
        assert post(client, "review", review.pk).status_code == 422
        answer = post(client, "review", review.pk, **self.told(review), **{f"service_{given.pk}": "yes"})
        shown = page(client.get(answer.url))
        for words in ("Out of work → Employed", "1,000,000–2,000,000 UZS (more)", "All in all 5", "1 of 1"):
            assert words in shown
        assert get(client, "review", review.pk).url == answer.url
        assert '<option value="unemployed" selected>' in page(get(client, "review", case.reviews.get(months=6).pk))

    def test_losing_somebody_needs_a_second_person_and_enough_tries(self, client, review):
        told = {"contact": "lost", "held_on": today().isoformat(), "reason": "unreachable"}
        answer = post(client, "review", review.pk, **told)
        assert answer.status_code == 422
        assert "three days" in page(answer)
        assert "second person" in page(answer)


class TestLists:
    def test_the_list_and_its_empty_state(self, client, person):
        assert "Nobody is being accompanied" in page(get(client, "reintegration"))

    @pytest.mark.parametrize("name", ["reintegration", "reviews"])
    def test_more_rows_take_no_more_queries(self, client, home_centre, name):
        def somebody(number):
            person = make.person(home_centre, given_name=f"Anvar{chr(97 + number)}")
            returnees.agreed(returnees.received(home_centre, person))

        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        counts = []
        for number in range(12):
            somebody(number)
            if number in {2, 11}:
                with CaptureQueriesContext(connection) as seen:
                    assert get(client, name).status_code == 200
                counts.append(len(seen))
        assert counts[0] == counts[1]


@pytest.mark.parametrize("role", ["outreach_officer", "ministry_viewer"])
def test_others_are_refused(client_of, case, role):
    plan = returnees.agreed(case)
    other = client_of(role)
    pages = [("reintegration",), ("reviews",), ("cohorts",), ("reintegration_case", case.pk), ("plan", case.pk)]
    pages += [("receive", case.person_id), ("plan_paper", plan.pk), ("review", case.reviews.first().pk)]
    pages += [("close_reintegration", case.pk), ("plan_step", returnees.only_step(plan).pk)]
    assert {get(other, *each).status_code for each in pages} == {403}


def test_the_own_copy_says_all_of_it_in_words(case):
    from safar.cases import privacy
    from safar.desk.trust.own_copy_words import GROUPS

    given = cases.add_service(case_id=case.pk, service="employment", by=MACHINE)
    returnees.agreed(case)
    returnees.tried(case)
    returnees.held(case, confirmed={given.pk: True})
    closures.close(case_id=case.pk, to="dropout", reason="unreachable", by=MACHINE)
    content = privacy.export(case.person_id)
    said = []
    for group in GROUPS:
        if group.part == "cases" and group.key in content:
            for record in content[group.key]:
                assert set(record) <= {field.name for field in group.fields} | {"voided"}, group.key
                said += [field.words(record[field.name]) for field in group.fields if record.get(field.name)]
    told = " | ".join(said)
    for words in (
        "Travel onward · Met by the centre",
        "Economic · Earn a living",
        "1,000,000–2,000,000",
        "Could not be reached",
    ):
        assert words in told
    assert "Employment · received" in told
