"""Conferences, second opinions, hand-overs and heavy weeks: what colleagues do for each other."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from safar.cases.actions import care, cases, conferences, hand_overs, opinions
from safar.cases.models import CaseConference, CaseFile, HandOver, HeavyWeek, SecondOpinion
from safar.cases.queries import care as care_reads
from safar.cases.queries import conferences as conference_reads
from safar.cases.queries import hand_overs as hand_over_reads
from safar.cases.queries import opinions as opinion_reads
from safar.kernel import once
from safar.kernel.actor import MACHINE
from safar.kernel.clock import now, today
from safar.trust.models import AuditEntry, Staff
from safar.trust.permissions import ROLES
from safar.trust.queries.actors import actor_for
from tests.factories import cases as make
from tests.factories import supervision, trust

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(home_centre):
    return make.person(home_centre)


@pytest.fixture
def case(home_centre, person):
    return make.case(home_centre, person)


@pytest.fixture
def anna(staff_member):
    return staff_member("counsellor")


@pytest.fixture
def bek(staff_member):
    return staff_member("counsellor")


@pytest.fixture
def by(anna):
    return actor_for(anna)


@pytest.fixture
def coordinator(actor):
    return actor("coordinator")


class TestConference:
    def test_names_who_sat_together_and_who_does_what_next(self, case, anna, bek, by):
        step = {"next_step": "Call the aunt", "next_step_on": today(), "next_step_by": bek.pk}
        held = supervision.conference(case, anna, bek, by=by, **step)
        assert set(held.participants.all()) == {anna, bek}
        assert conference_reads.of_case(case.pk) == [held]
        assert conference_reads.of_person(case.person_id, by=by) == [held]
        assert conference_reads.steps_of(actor_for(bek)) == [held]
        assert AuditEntry.objects.filter(action="cases.conference.add", person_key=case.person_id).exists()
        assert str(held).startswith("conference 20")

    def test_its_step_is_done_by_whom_it_was_given_or_who_wrote_it(self, case, anna, bek, by, actor):
        step = {"next_step": "Call the aunt", "next_step_on": today(), "next_step_by": bek.pk}
        held = supervision.conference(case, anna, bek, by=by, **step)
        with pytest.raises(PermissionDenied):
            conferences.step_done(conference_id=held.pk, by=actor("counsellor"))
        done = conferences.step_done(conference_id=held.pk, by=actor_for(bek))
        assert done.next_step_done_at
        assert conferences.step_done(conference_id=held.pk, by=by).next_step_done_at == done.next_step_done_at
        assert conference_reads.steps_of(actor_for(bek)) == []
        assert AuditEntry.objects.filter(action="cases.conference.step_done").count() == 1

    def test_without_a_step_day_and_name_stay_empty(self, case, anna, bek, by):
        held = supervision.conference(case, anna, bek, by=by)
        assert (held.next_step_on, held.next_step_by) == (None, None)

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"participants": []}, "participants"),
            ({"question": ""}, "question"),
            ({"held_on": dt.date(2000, 1, 1)}, "held_on"),
            ({"next_step": "Call"}, "next_step_by"),
        ],
    )
    def test_what_is_missing_is_told_by_field(self, case, anna, bek, fields, field):
        by = actor_for(anna)
        with pytest.raises(ValidationError) as refused:
            supervision.conference(case, anna, bek, by=by, **fields)
        assert field in refused.value.message_dict

    def test_nobody_without_files_sits_there(self, case, anna, by, staff_member):
        with pytest.raises(ValidationError, match="work with case files"):
            supervision.conference(case, anna, staff_member("ministry_viewer"), by=by)

    def test_only_about_an_open_file_and_written_once(self, case, anna, bek, by):
        key = once.fresh_key()
        details = {"case_id": case.pk, "form_key": key, "by": by}
        said = supervision.ConferenceDetails(today(), [anna.pk, bek.pk], "Why?", "So.")
        assert conferences.add(details=said, **details) == conferences.add(details=said, **details)
        cases.move(case_id=case.pk, to="closed", by=MACHINE)
        with pytest.raises(ValidationError, match="closed"):
            supervision.conference(case, anna, bek, by=by)

    @pytest.mark.parametrize("role", sorted(set(ROLES) - {"counsellor", "coordinator"}))
    def test_roles_without_case_files_write_none(self, case, anna, bek, actor, role):
        with pytest.raises(PermissionDenied):
            supervision.conference(case, anna, bek, by=actor(role))
        with pytest.raises(PermissionDenied):
            conferences.step_done(conference_id=case.pk, by=actor(role))


class TestOpinion:
    def test_is_asked_answered_and_seen(self, case, anna, bek, by):
        asked = supervision.opinion(case, bek, by)
        assert opinion_reads.asked_of(actor_for(bek)) == [asked]
        assert opinion_reads.about(case_id=case.pk) == [asked]
        opinions.answer(opinion_id=asked.pk, text=" Try the uncle. ", by=actor_for(bek))
        assert opinion_reads.asked_of(actor_for(bek)) == []
        (answered,) = opinion_reads.answers_for(by)
        assert (answered.answer, answered.state) == ("Try the uncle.", "answered")
        opinions.noted(opinion_id=asked.pk, by=by)
        assert opinion_reads.answers_for(by) == []
        assert opinion_reads.get(asked.pk, by=by) == asked
        trail = AuditEntry.objects.filter(action__startswith="cases.opinion", person_key=case.person_id)
        assert {row.action for row in trail} == {"cases.opinion.ask", "cases.opinion.answer", "cases.opinion.open"}
        assert str(asked).startswith("opinion ")

    def test_may_be_about_a_contact(self, home_centre, by, bek):
        contact = make.contact(home_centre)
        asked = opinions.ask(contact_id=contact.pk, of_id=bek.pk, question="Is this licence real?", by=by)
        assert opinion_reads.about(contact_id=contact.pk) == [asked]

    def test_each_step_is_somebodys(self, case, bek, by, coordinator, actor):
        asked, other = supervision.opinion(case, bek, by), actor("counsellor")
        for step in (
            lambda: opinions.answer(opinion_id=asked.pk, text="No", by=by),
            lambda: opinions.withdraw(opinion_id=asked.pk, by=actor_for(bek)),
            lambda: opinion_reads.get(asked.pk, by=other),
        ):
            with pytest.raises(PermissionDenied):
                step()
        assert opinion_reads.get(asked.pk, by=coordinator) == asked
        opinions.withdraw(opinion_id=asked.pk, by=by)
        for step in (
            lambda: opinions.answer(opinion_id=asked.pk, text="Late", by=actor_for(bek)),
            lambda: opinions.withdraw(opinion_id=asked.pk, by=by),
        ):
            with pytest.raises(ValidationError, match="dealt with already"):
                step()

    def test_an_empty_answer_is_none(self, case, bek, by):
        asked = supervision.opinion(case, bek, by)
        with pytest.raises(ValidationError, match="answer first"):
            opinions.answer(opinion_id=asked.pk, text=" ", by=actor_for(bek))

    def test_only_of_a_colleague_who_may_open_it(self, case, anna, by, staff_member):
        for colleague in (anna, staff_member("outreach_officer"), staff_member("ministry_viewer")):
            with pytest.raises(ValidationError) as refused:
                supervision.opinion(case, colleague, by)
            assert list(refused.value.message_dict) == ["of"]
        with pytest.raises(ValidationError) as refused:
            opinions.ask(case_id=case.pk, of_id=None, question="", by=by)
        assert set(refused.value.message_dict) == {"of", "question"}

    def test_about_one_thing_by_somebody_and_once(self, case, bek, by):
        with pytest.raises(PermissionDenied):
            opinions.ask(of_id=bek.pk, question="What?", by=by)
        with pytest.raises(PermissionDenied):
            supervision.opinion(case, bek, MACHINE)
        key = once.fresh_key()
        assert supervision.opinion(case, bek, by, form_key=key) == supervision.opinion(case, bek, by, form_key=key)
        with pytest.raises(IntegrityError):
            SecondOpinion.objects.update(asked_of=by.id)

    @pytest.mark.parametrize("role", sorted(set(ROLES) - {"counsellor", "coordinator"}))
    def test_roles_without_case_files_ask_and_answer_none(self, case, bek, actor, by, role):
        asked = supervision.opinion(case, bek, by)
        somebody = actor(role)
        for step in (
            lambda: supervision.opinion(case, bek, somebody),
            lambda: opinions.answer(opinion_id=asked.pk, text="x", by=somebody),
            lambda: opinions.withdraw(opinion_id=asked.pk, by=somebody),
            lambda: opinion_reads.get(asked.pk, by=somebody),
        ):
            with pytest.raises(PermissionDenied):
                step()


class TestHandingOver:
    def test_a_follow_up_goes_to_somebody_else_who_is_told(self, home_centre, person, bek, by, coordinator):
        contact = supervision.overdue(home_centre, person, by)
        (given,) = hand_overs.hand_over_follow_ups(
            contact_ids=[contact.pk], to_id=bek.pk, reason="Anna is ill", by=coordinator
        )
        assert (given.from_staff_id, given.to_staff_id, given.handed_by_id) == (by.id, bek.pk, coordinator.id)
        assert hand_over_reads.told_to(actor_for(bek)) == [given]
        (owned,) = hand_over_reads.with_owner(type(contact).objects.filter(pk=contact.pk))
        assert (owned.owner, owned.counsellor_id) == (bek.pk, by.id)
        trail = AuditEntry.objects.get(action="cases.follow_up.hand_over")
        assert (trail.person_key, trail.reason) == (person.pk, "Anna is ill")
        again = hand_overs.hand_over_follow_ups(contact_ids=[contact.pk], to_id=bek.pk, reason="Twice", by=coordinator)
        assert again == []
        hand_overs.noted(hand_over_id=given.pk, by=by)
        assert hand_over_reads.told_to(actor_for(bek)) == [given]
        hand_overs.noted(hand_over_id=given.pk, by=actor_for(bek))
        assert hand_over_reads.told_to(actor_for(bek)) == []
        assert str(given).startswith("hand-over ")

    def test_a_case_file_goes_with_its_worker(self, case, anna, bek, coordinator):
        CaseFile.objects.update(worker=anna)
        given = hand_overs.hand_over_case(case_id=case.pk, to_id=bek.pk, reason="Speaks Karakalpak", by=coordinator)
        assert CaseFile.objects.get(pk=case.pk).worker == bek
        assert (given.from_staff, given.case_file) == (anna, case)
        with pytest.raises(ValidationError, match="has it already"):
            hand_overs.hand_over_case(case_id=case.pk, to_id=bek.pk, reason="Again", by=coordinator)

    def test_what_cannot_be_is_refused_by_field(self, home_centre, case, bek, coordinator, staff_member):
        closed = supervision.overdue(home_centre)
        type(closed).objects.filter(pk=closed.pk).update(follow_up_done_at=now())
        give = {"to_id": bek.pk, "reason": "Ill", "by": coordinator}
        viewer = staff_member("ministry_viewer")
        for fields, field in (
            ({"contact_ids": []}, "contacts"),
            ({"contact_ids": [closed.pk]}, "contacts"),
            ({"contact_ids": [supervision.overdue(home_centre).pk], "to_id": viewer.pk}, "to"),
            ({"contact_ids": [supervision.overdue(home_centre).pk], "reason": " "}, "reason"),
        ):
            with pytest.raises(ValidationError) as refused:
                hand_overs.hand_over_follow_ups(**(give | fields))
            assert list(refused.value.message_dict) == [field]
        cases.move(case_id=case.pk, to="closed", by=MACHINE)
        with pytest.raises(ValidationError, match="closed"):
            hand_overs.hand_over_case(case_id=case.pk, **give)
        assert not HandOver.objects.exists()

    @pytest.mark.parametrize("role", sorted(set(ROLES) - {"coordinator"}))
    def test_only_supervisors_hand_over(self, case, bek, actor, role):
        give = {"to_id": bek.pk, "reason": "Ill", "by": actor(role)}
        with pytest.raises(PermissionDenied):
            hand_overs.hand_over_case(case_id=case.pk, **give)
        with pytest.raises(PermissionDenied):
            hand_overs.hand_over_follow_ups(contact_ids=[], **give)


class TestHeavyWeek:
    def test_is_seen_by_the_worker_and_the_supervisor_and_leaves_no_trail(self, anna, by, coordinator):
        before = AuditEntry.objects.count()
        said = care.say(wish="talk", by=by)
        assert care_reads.own_week(by=by).said == said
        assert care_reads.weeks_of_centre(by=coordinator)[anna.pk].said == said
        assert AuditEntry.objects.count() == before
        assert care.say(wish="swap", by=by) == said
        care.take_back(by=by)
        assert not HeavyWeek.objects.exists()
        assert str(said).startswith("heavy week")

    def test_another_centre_does_not_see_it(self, by):
        care.say(by=by)
        elsewhere = actor_for(trust.staff("coordinator", at=trust.centre("OSH")))
        assert care_reads.weeks_of_centre(by=elsewhere) == {}
        assert len(care_reads.weeks_of_centre(by=MACHINE)) == 1

    def test_ends_by_itself(self, by):
        care.say(by=by)
        HeavyWeek.objects.update(said_on=today() - dt.timedelta(days=40), until=today() - dt.timedelta(days=1))
        week = care_reads.own_week(by=by)
        assert not week.is_told

    def test_the_hint_counts_conversations_not_signs(self, home_centre, anna, by, coordinator):
        for _ in range(3):
            supervision.flagged(home_centre, None, by, "suicidal_risk", "GBV")
        supervision.flagged(home_centre, None, by, "suicidal_risk", occurred_at=now() - dt.timedelta(days=20))
        supervision.flagged(home_centre, None, by, "no_documents")
        assert care_reads.own_week(by=by).hard == 0
        supervision.flagged(home_centre, None, by, "psychosocial_distress")
        week = care_reads.own_week(by=by)
        assert (week.hard, week.is_told) == (4, True)
        assert care_reads.weeks_of_centre(by=coordinator)[anna.pk].hard == 4
        assert care_reads.own_week(by=coordinator).hard == 0

    def test_what_is_not_offered_is_refused(self, by):
        with pytest.raises(ValidationError):
            care.say(wish="a raise", by=by)
        with pytest.raises(PermissionDenied):
            care.say(by=MACHINE)
        assert care_reads.own_week(by=MACHINE).hard == 0

    @pytest.mark.parametrize("role", sorted(set(ROLES) - {"coordinator"}))
    def test_others_see_nothing(self, actor, role):
        with pytest.raises(PermissionDenied):
            care_reads.weeks_of_centre(by=actor(role))
        if role not in {"counsellor", "outreach_officer"}:
            with pytest.raises(PermissionDenied):
                care.say(by=actor(role))
            with pytest.raises(PermissionDenied):
                care.take_back(by=actor(role))

    def test_stands_in_no_figure(self):
        from pathlib import Path

        import safar.insights

        sources = [path.read_text(encoding="utf-8") for path in Path(safar.insights.__file__).parent.rglob("*.py")]
        assert sources
        assert not any("HeavyWeek" in text or "heavyweek" in text for text in sources)


def test_the_models_are_there_for_staff_who_left(case, anna, bek, by):
    """Colleagues who leave stay named where they sat: their accounts are closed, not deleted."""
    supervision.conference(case, anna, bek, by=by)
    Staff.objects.filter(pk=bek.pk).update(is_active=False)
    assert CaseConference.objects.get().participants.count() == 2
