import datetime as dt
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from safar.awareness.actions import sessions
from safar.awareness.enums import SessionState, Step
from safar.awareness.models import Facilitator, Session, SessionStep
from safar.awareness.queries import steps
from safar.kernel.actor import MACHINE
from safar.kernel.clock import now
from safar.kernel.ids import new_id
from safar.trust.models import AuditEntry
from safar.trust.queries.actors import actor_for
from tests.factories import awareness

pytestmark = pytest.mark.django_db


def test_a_planned_session_holds_what_was_said(home_centre, actor) -> None:
    by = actor("outreach_officer")
    made = sessions.plan(
        details=awareness.details(
            title="  Working   in Korea ", modules=["offer_check", "contract_rights"], facilitators=[by.id], capacity=40
        ),
        centre=home_centre,
        by=by,
    )
    assert made.title == "Working in Korea"
    assert made.state == SessionState.PLANNED
    assert list(made.modules.values_list("code", flat=True)) == ["contract_rights", "offer_check"]
    assert [row.staff_id for row in made.facilitators.all()] == [by.id]
    assert AuditEntry.objects.get(action="awareness.session.plan").subject_key == made.pk


def test_the_same_form_twice_plans_one_session(home_centre, actor) -> None:
    by, key = actor("outreach_officer"), str(new_id())
    first = sessions.plan(details=awareness.details(), centre=home_centre, form_key=key, by=by)
    second = sessions.plan(details=awareness.details(title="Other"), centre=home_centre, form_key=key, by=by)
    assert first == second
    assert Session.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("title", {"title": "  "}),
        ("session_type", {"session_type": "picnic"}),
        ("language", {"language": ""}),
        ("ends_at", {"ends_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)}),
        ("capacity", {"capacity": 0}),
        ("modules", {"modules": ["astrology"]}),
        ("region", {"region": "UZ-XX"}),
        ("district", {"region": "UZ-AN", "district": "UZ-TK"}),
        ("host", {"host_id": uuid4()}),
        ("facilitators", {"facilitators": [uuid4()]}),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(home_centre, actor, field, wrong) -> None:
    with pytest.raises(ValidationError) as refused:
        sessions.plan(details=awareness.details(**wrong), centre=home_centre, by=actor("outreach_officer"))
    assert list(refused.value.message_dict) == [field]
    assert not Session.objects.exists()


@pytest.mark.parametrize("role", ["counsellor", "ministry_viewer", "administrator"])
def test_only_outreach_and_coordination_plan(home_centre, actor, role) -> None:
    with pytest.raises(PermissionDenied):
        sessions.plan(details=awareness.details(), centre=home_centre, by=actor(role))


class TestChange:
    def test_the_trail_names_the_fields_that_differ(self, home_centre, actor) -> None:
        by = actor("outreach_officer")
        details = awareness.details(modules=["documents"], facilitators=[by.id])
        made = sessions.plan(details=details, centre=home_centre, by=by)
        later = {"starts_at": details.starts_at, "ends_at": details.ends_at}
        sessions.change(session_id=made.pk, details=awareness.details(title="New", modules=["women"], **later), by=by)
        assert AuditEntry.objects.get(action="awareness.session.change").fields == ["facilitators", "modules", "title"]
        assert list(made.modules.values_list("code", flat=True)) == ["women"]
        assert not Facilitator.objects.exists()

    def test_saving_without_a_change_names_no_field(self, home_centre, actor) -> None:
        by = actor("outreach_officer")
        details = awareness.details(modules=["documents"], facilitators=[by.id])
        made = sessions.plan(details=details, centre=home_centre, by=by)
        sessions.change(session_id=made.pk, details=details, by=by)
        assert AuditEntry.objects.get(action="awareness.session.change").fields == []

    def test_there_cannot_be_fewer_places_than_people_who_signed_up(self, home_centre, actor) -> None:
        made = awareness.upcoming(home_centre, capacity=3)
        for number in range(2):
            made.sign_ups.create(language="uz", reference=f"R{number}")
        with pytest.raises(ValidationError, match="2 people"):
            sessions.change(session_id=made.pk, details=awareness.details(capacity=1), by=actor("outreach_officer"))

    @pytest.mark.parametrize("state", ["submitted", "approved", "locked", "cancelled"])
    def test_from_submission_on_it_stays_as_it_is(self, home_centre, actor, state) -> None:
        made = awareness.session(home_centre, state=state)
        with pytest.raises(ValidationError, match="sent back"):
            sessions.change(session_id=made.pk, details=awareness.details(), by=actor("outreach_officer"))


class TestLife:
    def test_a_session_lives_from_plan_to_lock_and_every_step_is_kept(self, home_centre, actor) -> None:
        officer, coordinator = actor("outreach_officer"), actor("coordinator")
        made = awareness.session(home_centre)
        sessions.hold(session_id=made.pk, by=officer)
        awareness.counted(made)
        sessions.submit(session_id=made.pk, by=officer)
        sessions.send_back(session_id=made.pk, reason="The college says 12 came.", by=coordinator)
        sessions.submit(session_id=made.pk, by=officer)
        sessions.approve(session_id=made.pk, by=coordinator)
        sessions.lock(session_id=made.pk, by=coordinator)
        sessions.unlock(session_id=made.pk, reason="Two sheets were one.", by=coordinator)
        after = sessions.lock(session_id=made.pk, by=coordinator)
        assert after.state == SessionState.LOCKED
        steps = list(SessionStep.objects.filter(session=made).values_list("step", "reason"))
        assert [step for step, _reason in steps] == [
            "hold", "submit", "send_back", "submit", "approve", "lock", "unlock", "lock",
        ]  # fmt: skip
        assert [reason for step, reason in steps if reason] == ["The college says 12 came.", "Two sheets were one."]
        assert AuditEntry.objects.filter(subject_key=made.pk, action__startswith="awareness.session.").count() == 8

    def test_a_session_of_tomorrow_has_not_been_held(self, home_centre, actor) -> None:
        made = awareness.upcoming(home_centre, days=2)
        with pytest.raises(ValidationError, match="later day"):
            sessions.hold(session_id=made.pk, by=actor("outreach_officer"))

    def test_a_session_without_attendance_is_not_submitted(self, home_centre, actor) -> None:
        with pytest.raises(ValidationError, match="Nobody is recorded"):
            sessions.submit(session_id=awareness.held(home_centre).pk, by=actor("outreach_officer"))

    def test_named_attendance_alone_is_attendance(self, home_centre, actor) -> None:
        made = awareness.held(home_centre)
        awareness.named(made, awareness.attendee(home_centre))
        assert sessions.submit(session_id=made.pk, by=actor("outreach_officer")).state == SessionState.SUBMITTED

    def test_a_session_nobody_came_to_is_cancelled_with_the_reason(self, home_centre, actor) -> None:
        made = awareness.held(home_centre)
        cancelled = sessions.cancel(session_id=made.pk, reason="Nobody came: exam day.", by=actor("outreach_officer"))
        assert cancelled.state == SessionState.CANCELLED

    def test_a_session_with_attendance_cannot_be_cancelled(self, home_centre, actor) -> None:
        made = awareness.held(home_centre)
        awareness.counted(made)
        with pytest.raises(ValidationError, match="with attendance"):
            sessions.cancel(session_id=made.pk, reason="A mistake", by=actor("outreach_officer"))

    @pytest.mark.parametrize(
        ("step", "state"), [(Step.SEND_BACK, "submitted"), (Step.UNLOCK, "locked"), (Step.CANCEL, "planned")]
    )
    def test_taking_back_needs_a_reason(self, home_centre, actor, step, state) -> None:
        made = awareness.session(home_centre, state=state)
        with pytest.raises(ValidationError) as refused:
            getattr(sessions, step)(session_id=made.pk, reason="  ", by=actor("coordinator"))
        assert "reason" in refused.value.message_dict
        made.refresh_from_db()
        assert made.state == state

    def test_a_step_from_the_wrong_state_says_where_the_session_stands(self, home_centre, actor) -> None:
        made = awareness.session(home_centre, state="locked")
        with pytest.raises(ValidationError, match="Locked"):
            sessions.lock(session_id=made.pk, by=actor("coordinator"))


class TestFourEyes:
    def test_who_facilitated_cannot_approve(self, home_centre, staff_member) -> None:
        coordinator = staff_member("coordinator")
        made = awareness.session(home_centre, held_by=coordinator, state="submitted")
        with pytest.raises(PermissionDenied):
            sessions.approve(session_id=made.pk, by=actor_for(coordinator))

    def test_who_entered_the_figures_cannot_approve_them(self, home_centre, staff_member) -> None:
        coordinator = staff_member("coordinator")
        made = awareness.held(home_centre)
        awareness.counted(made)
        sessions.submit(session_id=made.pk, by=actor_for(coordinator))
        with pytest.raises(PermissionDenied):
            sessions.approve(session_id=made.pk, by=actor_for(coordinator))

    @pytest.mark.parametrize("step", ["approve", "lock"])
    def test_an_outreach_officer_approves_nothing(self, home_centre, actor, step) -> None:
        made = awareness.session(home_centre, state="submitted")
        with pytest.raises(PermissionDenied):
            getattr(sessions, step)(session_id=made.pk, by=actor("outreach_officer"))

    def test_the_page_offers_approval_only_to_somebody_else(self, home_centre, staff_member) -> None:
        holder, other = staff_member("coordinator"), staff_member("coordinator")
        made = awareness.session(home_centre, held_by=holder, state="submitted")
        assert steps.open_to(made, actor_for(holder)) == [Step.SEND_BACK]
        assert steps.open_to(made, actor_for(other)) == [Step.APPROVE, Step.SEND_BACK]

    def test_the_installation_may_build_its_demo(self, home_centre) -> None:
        made = awareness.session(home_centre, state="submitted")
        assert sessions.approve(session_id=made.pk, by=MACHINE).state == SessionState.APPROVED


class TestTheDatabaseRefuses:
    def test_an_end_before_the_start(self, home_centre) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            awareness.session(home_centre, ends_at=now() - dt.timedelta(days=1))

    def test_a_state_that_is_none(self, home_centre) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            awareness.session(home_centre, state="dreamt")
