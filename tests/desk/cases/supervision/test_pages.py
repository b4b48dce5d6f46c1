"""The pages on which colleagues look at work together: who opens them, what they show, what they do."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from safar.cases.actions import approvals, care, hand_overs
from safar.cases.models import Approval, CaseConference, CaseFile, HandOver, HeavyWeek, SecondOpinion
from safar.desk.board import board_for
from safar.desk.cases.supervision import facts
from safar.desk.timeline import timeline_of
from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.trust.models import AuditEntry
from safar.trust.queries.actors import actor_for
from tests.desk.cases.test_new_contact import page
from tests.factories import cases as make
from tests.factories import supervision

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(client_of, home_centre):
    return client_of("counsellor")


@pytest.fixture
def by(worker):
    return actor_for(worker.staff)


@pytest.fixture
def coordinator(client_of, home_centre):
    return client_of("coordinator")


@pytest.fixture
def child(home_centre):
    return supervision.minor(home_centre)


@pytest.fixture
def case(home_centre, child, by):
    return make.case(home_centre, child, by)


def address(name, *args):
    return reverse(f"desk:cases:{name}", args=args)


class TestAccess:
    @pytest.mark.parametrize("name", ["supervision", "supervision_follow_ups", "supervision_heavy", "approvals"])
    def test_supervision_opens_to_coordinators_only(self, client_of, name):
        assert client_of("coordinator").get(address(name)).status_code == 200
        for role in ("counsellor", "outreach_officer", "ministry_viewer", "data_protection_officer"):
            assert client_of(role).get(address(name)).status_code == 403

    @pytest.mark.parametrize("name", ["approval_ask", "conference", "opinion_case", "hand_over_case"])
    def test_what_is_done_in_a_case_file_opens_to_who_works_with_it(self, client_of, case, name):
        allowed = {"coordinator"} | ({"counsellor"} if name != "hand_over_case" else set())
        for role in ("coordinator", "counsellor", "outreach_officer", "ministry_viewer"):
            status = client_of(role).get(address(name, case.pk)).status_code
            assert status == (200 if role in allowed else 403)

    def test_ones_week_and_a_question_about_a_contact_open_to_who_counsels(self, client_of, home_centre):
        contact = make.contact(home_centre)
        for role, status in (("counsellor", 200), ("outreach_officer", 200), ("ministry_viewer", 403)):
            client = client_of(role)
            assert client.get(address("care")).status_code == status
            assert client.get(address("told")).status_code == status
            assert client.get(address("opinion_contact", contact.pk)).status_code == status

    def test_what_is_not_there_is_not_found(self, coordinator, child):
        for name in (
            "approval_ask",
            "conference",
            "opinion_case",
            "hand_over_case",
            "opinion_contact",
            "approval",
            "opinion",
        ):
            assert coordinator.get(address(name, child.pk)).status_code == 404


class TestCaseload:
    def test_counts_what_each_worker_carries(self, coordinator, worker, by, home_centre, case):
        supervision.flagged(home_centre, case.person, by, "suicidal_risk", "destitute")
        late = supervision.overdue(home_centre, None, by)
        make.referral(home_centre, case.person, by=by, due_on=today())
        care.say(wish="talk", by=by)
        shown = page(coordinator.get(address("supervision")))
        assert worker.staff.full_name in shown
        assert "A talk with the coordinator" in shown
        assert "Risk of suicide +5" in shown
        assert shown.count(" +2</span>") >= 1
        assert f"worker={worker.staff.pk}" in shown
        assert page(coordinator.get(address("supervision_follow_ups"))).count(str(late.pk)) > 0

    def test_is_drawn_when_there_is_something_to_compare(self, coordinator, home_centre, by, case, client_of):
        assert "<svg" not in page(coordinator.get(address("supervision"))).split("<main")[1].split("How colleagues")[
            0
        ].replace('<svg class="icon"', "")
        other = actor_for(client_of("counsellor", language="en").staff)
        make.case(home_centre, make.person(home_centre), other)
        assert "Open case files by worker" in page(coordinator.get(address("supervision")))

    def test_names_that_are_equal_stay_apart_on_the_chart(self, staff_member):
        members = [staff_member("counsellor") for _ in range(2)]
        for member in members:
            member.full_name = "Anna"
        assert facts._distinct(members) == ["Anna", "Anna 2"]

    def test_what_nobody_does_has_a_line(self, coordinator, home_centre):
        supervision.overdue(home_centre)
        assert "Nobody in particular" in page(coordinator.get(address("supervision")))

    def test_the_number_of_queries_does_not_grow(self, coordinator, home_centre, staff_member):
        def fill(many):
            for _ in range(many):
                somebody = actor_for(staff_member("counsellor"))
                person = make.person(home_centre)
                make.case(home_centre, person, somebody)
                supervision.flagged(home_centre, person, somebody, "GBV")
                supervision.overdue(home_centre, person, somebody)

        names = ("supervision", "supervision_follow_ups", "supervision_heavy")
        fill(3)
        few = [queries(coordinator, address(name)) for name in names]
        fill(9)
        assert [queries(coordinator, address(name)) for name in names] == few


def queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


class TestHandingOver:
    def test_chosen_follow_ups_go_to_a_colleague_who_is_told(self, coordinator, worker, by, home_centre, client_of):
        contact = supervision.overdue(home_centre, make.person(home_centre), by)
        colleague = client_of("counsellor")
        url = address("supervision_follow_ups")
        refused = coordinator.post(url, {"to": str(colleague.staff.pk), "reason": "Ill"})
        assert refused.status_code == 422
        assert "Choose at least one" in page(refused)
        given = {"contacts": [str(contact.pk), "nonsense"], "to": str(colleague.staff.pk), "reason": "Anna is ill"}
        assert coordinator.post(url, given).status_code == 302
        assert "Anna is ill" in page(colleague.get(reverse("desk:board")))
        assert page(coordinator.get(url, {"worker": str(colleague.staff.pk)})).count(str(contact.pk)) > 0
        assert str(contact.pk) not in page(coordinator.get(url, {"worker": str(worker.staff.pk)}))
        told = HandOver.objects.get()
        assert worker.post(address("hand_over_noted", told.pk)).status_code == 404
        assert colleague.post(address("hand_over_noted", told.pk)).status_code == 302
        assert "Anna is ill" not in page(colleague.get(reverse("desk:board")))

    def test_a_case_file_goes_to_a_colleague(self, coordinator, case, client_of):
        colleague = client_of("counsellor")
        url = address("hand_over_case", case.pk)
        assert coordinator.post(url, {"to": str(colleague.staff.pk), "reason": ""}).status_code == 422
        assert coordinator.post(url, {"to": str(colleague.staff.pk), "reason": "Speaks Tajik"}).status_code == 302
        assert CaseFile.objects.get(pk=case.pk).worker == colleague.staff
        assert "Speaks Tajik" in page(colleague.get(address("told")))

    def test_a_closed_one_is_refused_on_its_page(self, coordinator, case, client_of):
        CaseFile.objects.update(state="closed", closed_on=today())
        colleague = client_of("counsellor").staff
        answer = coordinator.post(address("hand_over_case", case.pk), {"to": str(colleague.pk), "reason": "x"})
        assert "This case is closed" in page(answer)

    def test_nothing_overdue_says_so(self, coordinator):
        assert "Nothing is overdue" in page(coordinator.get(address("supervision_follow_ups")))


class TestApprovals:
    def ask(self, worker, case):
        return worker.post(address("approval_ask", case.pk), {"act": "case.close", "reason": "Back at school"})

    def test_from_the_refused_close_to_the_closed_file(self, worker, coordinator, case):
        close = {"to": "closed", "reason": "", "on": today().isoformat()}
        refused = page(worker.post(address("move_case", case.pk), close))
        assert "asks for the approval of a second person" in refused
        assert address("approval_ask", case.pk) in refused
        assert worker.post(address("approval_ask", case.pk), {"act": "case.close"}).status_code == 422
        assert worker.post(address("approval_ask", case.pk), {"act": "case.close", "reason": " . "}).status_code == 302
        asked = Approval.objects.get()
        assert "1 request waits for approval" in page(coordinator.get(reverse("desk:board")))
        assert "Close a case file" in page(coordinator.get(address("approvals")))
        url = address("approval", asked.pk)
        assert "Your answer" in page(coordinator.get(url))
        assert coordinator.post(url, {"send_back": "1", "answer": ""}).status_code == 422
        assert coordinator.post(url, {"approve": "1"}).status_code == 302
        assert "Approved: Close a case file" in page(worker.get(reverse("desk:board")))
        assert worker.post(address("approval_noted", asked.pk)).status_code == 302
        assert worker.post(address("move_case", case.pk), close).status_code == 302
        assert "Used" in page(worker.get(address("case", case.pk)))
        assert "Used" in page(coordinator.get(address("approvals")))
        assert worker.get(address("case", case.pk)).status_code == 200

    def test_what_was_sent_back_tells_why(self, worker, coordinator, case):
        self.ask(worker, case)
        coordinator.post(address("approval", Approval.objects.get().pk), {"answer": "Call the school"})
        assert "Call the school" in page(worker.get(address("told")))
        assert "Call the school" in page(worker.get(address("case", case.pk)))

    def test_ones_own_request_is_for_somebody_else(self, coordinator, case):
        self.ask(coordinator, case)
        url = address("approval", Approval.objects.get().pk)
        assert "You asked for this yourself" in page(coordinator.get(url))
        assert coordinator.post(url, {"approve": "1"}).status_code == 403

    def test_a_request_is_taken_back_once(self, worker, case):
        self.ask(worker, case)
        url = address("approval_withdraw", Approval.objects.get().pk)
        assert "Take the request back" in page(worker.get(address("case", case.pk)))
        assert worker.post(url).status_code == 302
        assert "dealt with already" in page(worker.post(url, follow=True))
        assert Approval.objects.get().state == "withdrawn"

    def test_where_nothing_asks_the_page_says_so(self, worker, home_centre, case):
        adult = make.case(home_centre, make.person(home_centre))
        assert "given up as dropped out" in page(worker.get(address("approval_ask", adult.pk)))
        CaseFile.objects.update(state="closed", closed_on=today())
        assert "Nothing asks for approval here" in page(worker.get(address("approval_ask", case.pk)))
        answer = worker.post(address("approval_ask", case.pk), {"act": "case.close", "reason": "x"})
        assert answer.status_code == 422

    def test_the_queries_of_the_list_do_not_grow(self, coordinator, by, home_centre):
        def fill(many):
            for _ in range(many):
                supervision.approval(make.case(home_centre, supervision.minor(home_centre)), by)

        fill(3)
        few = queries(coordinator, address("approvals"))
        fill(9)
        assert queries(coordinator, address("approvals")) == few

    def test_each_knows_the_page_it_is_about(self, case, by):
        assert facts.page_of(supervision.approval(case, by)) == address("case", case.pk)
        assert facts.page_of(Approval(act="referral.send", subject_key=case.pk)) == address("referral", case.pk)


class TestConference:
    def test_is_written_down_and_stands_in_the_file_and_the_timeline(self, worker, by, case, client_of):
        colleague = client_of("counsellor")
        typed = {
            "held_on": today().isoformat(),
            "participants": [str(worker.staff.pk), str(colleague.staff.pk)],
            "question": "Who goes with her?",
            "decided": "Her aunt.",
            "next_step": "Call the aunt",
            "next_step_on": today().isoformat(),
            "next_step_by": str(colleague.staff.pk),
        }
        url = address("conference", case.pk)
        assert worker.post(url, typed | {"decided": ""}).status_code == 422
        alone = worker.post(url, typed | {"participants": [str(worker.staff.pk)]})
        assert "at least two colleagues" in page(alone)
        assert worker.post(url, typed).status_code == 302
        assert "Her aunt." in page(worker.get(address("case", case.pk)))
        assert "Call the aunt" in [entry.text for entry in timeline_of(case.person_id, by)]
        assert "Call the aunt" in page(colleague.get(reverse("desk:board")))
        held = CaseConference.objects.get()
        assert colleague.post(address("conference_step_done", held.pk)).status_code == 302
        assert "Done" in page(worker.get(address("case", case.pk)))
        assert client_of("counsellor").post(address("conference_step_done", held.pk)).status_code == 403

    def test_offers_the_sealed_note_beside_it(self, worker, case):
        assert "Seal a note on trafficking, violence or health" in page(worker.get(address("conference", case.pk)))


class TestOpinion:
    def test_is_asked_about_a_case_answered_and_noted(self, worker, case, client_of):
        colleague = client_of("counsellor")
        url = address("opinion_case", case.pk)
        assert worker.post(url, {"of": "", "question": "x"}).status_code == 422
        assert worker.post(url, {"of": str(colleague.staff.pk), "question": "What next?"}).status_code == 302
        asked = SecondOpinion.objects.get()
        assert "asks for your opinion" in page(colleague.get(reverse("desk:board")))
        there = address("opinion", asked.pk)
        assert "What next?" in page(colleague.get(there))
        assert "Take the question back" in page(worker.get(there))
        assert worker.post(there, {"answer": "mine"}).status_code == 403
        assert colleague.post(there, {"answer": ""}).status_code == 422
        assert colleague.post(there, {"answer": "Ask the uncle"}).status_code == 302
        assert colleague.post(there, {"answer": "Twice"}).status_code == 422
        assert "has answered you" in page(worker.get(reverse("desk:board")))
        assert "Ask the uncle" in page(worker.get(there))
        assert "Answered" in page(worker.get(address("case", case.pk)))
        assert worker.post(address("opinion_noted", asked.pk)).status_code == 302
        assert "has answered you" not in page(worker.get(reverse("desk:board")))
        assert "dealt with already" in page(worker.post(address("opinion_withdraw", asked.pk), follow=True))

    def test_about_a_contact_it_stands_on_its_page(self, worker, home_centre, client_of):
        contact, colleague = make.contact(home_centre), client_of("outreach_officer")
        assert address("opinion_contact", contact.pk) in page(worker.get(address("contact", contact.pk)))
        typed = {"of": str(colleague.staff.pk), "question": "Is it real?"}
        assert worker.post(address("opinion_contact", contact.pk), typed).status_code == 302
        assert "Second opinions" in page(worker.get(address("contact", contact.pk)))
        asked = SecondOpinion.objects.get()
        assert "Is it real?" in page(colleague.get(address("opinion", asked.pk)))
        assert worker.post(address("opinion_withdraw", asked.pk)).status_code == 302
        assert SecondOpinion.objects.get().state == "withdrawn"

    def test_a_colleague_who_lost_the_right_is_refused_with_words(self, worker, case, client_of):
        colleague = client_of("counsellor")
        form = {"of": str(colleague.staff.pk), "question": "What?"}
        CaseFile.objects.update(worker=None)
        colleague.staff.role_assignments.update(role="outreach_officer")
        assert worker.post(address("opinion_case", case.pk), form).status_code == 422


class TestMyWeek:
    def test_is_said_shown_and_taken_back(self, worker):
        url = address("care")
        assert "it is no measure of your work" in page(worker.get(url))
        assert worker.post(url, {"wish": "a raise"}).status_code == 422
        assert worker.post(url, {"wish": "lighter"}).status_code == 302
        assert "Fewer new cases for a while" in page(worker.get(url))
        assert worker.post(address("care_take_back")).status_code == 302
        assert not HeavyWeek.objects.exists()
        assert not AuditEntry.objects.filter(action__contains="care").exists()

    def test_the_board_asks_gently_until_it_is_said(self, worker, by, home_centre):
        for _ in range(4):
            supervision.flagged(home_centre, None, by, "suicidal_risk")
        assert "How are you?" in page(worker.get(reverse("desk:board")))
        assert "4 hard conversations" in page(worker.get(address("care")))
        care.say(by=by)
        assert "How are you?" not in page(worker.get(reverse("desk:board")))


class TestBoard:
    def test_who_has_nothing_from_colleagues_sees_no_card(self, by):
        assert "From your colleagues" not in [card.title for card in board_for(by)]

    def test_more_than_a_handful_is_behind_a_link(self, worker, by, coordinator, home_centre):
        other = actor_for(coordinator.staff)
        late = [supervision.overdue(home_centre) for _ in range(8)]
        hand_overs.hand_over_follow_ups(contact_ids=[each.pk for each in late], to_id=by.id, reason="Many", by=other)
        assert "and 2 more" in page(worker.get(reverse("desk:board")))
        assert page(worker.get(address("told"))).count("Many") == 8

    def test_the_queries_do_not_grow(self, worker, by, coordinator, home_centre):
        def fill(many):
            for _ in range(many):
                supervision.overdue(home_centre, make.person(home_centre), MACHINE)
                make.referral(home_centre, make.person(home_centre))
            late = [supervision.overdue(home_centre) for _ in range(many)]
            hand_overs.hand_over_follow_ups(
                contact_ids=[each.pk for each in late], to_id=by.id, reason="x", by=actor_for(coordinator.staff)
            )

        fill(3)
        few = queries(worker, reverse("desk:board"))
        fill(9)
        assert queries(worker, reverse("desk:board")) == few


class TestOldLists:
    """Lists that were there before: their queries do not grow with their rows either."""

    @pytest.mark.parametrize("name", ["list", "follow_ups", "cases", "referrals"])
    def test_the_number_of_queries_does_not_grow(self, coordinator, home_centre, name):
        def fill(many):
            for _ in range(many):
                person = make.person(home_centre)
                supervision.overdue(home_centre, person, MACHINE)
                make.case(home_centre, person)
                make.referral(home_centre, person)

        url = address(name) + "?names=1"
        fill(3)
        few = queries(coordinator, url)
        fill(9)
        assert queries(coordinator, url) == few

    def test_long_lists_come_in_pages(self, coordinator, home_centre, monkeypatch):
        from safar.desk.cases import facts as case_facts
        from safar.desk.cases import views_cases

        monkeypatch.setattr(views_cases, "PAGE", 2)
        monkeypatch.setattr(case_facts, "SHOWN", 2)
        monkeypatch.setattr(case_facts, "PAGE", 2)
        for _ in range(3):
            make.case(home_centre, make.person(home_centre))
            supervision.overdue(home_centre)
        assert "Page 1 of 2" in page(coordinator.get(address("cases")))
        assert "?group=overdue" in page(coordinator.get(address("follow_ups")))
        second = page(coordinator.get(address("follow_ups"), {"group": "overdue", "page": "2"}))
        assert "Page 2 of 2" in second
        assert second.count("followed-up/") == 1


def test_an_answered_request_leaves_the_board_with_its_file(worker, by, coordinator, case):
    """An approval that was given is told once, and its words go with the person."""
    asked = supervision.approval(case, by)
    approvals.decide(approval_id=asked.pk, approve=True, answer="Yes", by=actor_for(coordinator.staff))
    assert "Yes" in page(worker.get(address("told")))
