import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from safar.cases.actions import cases
from safar.cases.models import CaseFile
from safar.cases.queries import cases as reads
from safar.cases.rules.cases import CaseDetails
from safar.kernel import once
from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.trust.models import AuditEntry
from tests.factories import cases as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(home_centre):
    return make.person(home_centre)


@pytest.fixture
def case(home_centre, person):
    return make.case(home_centre, person)


def test_opening_starts_the_timeline_with_the_plan(home_centre, person, actor):
    by = actor("counsellor")
    case = make.case(home_centre, person, by, plan="Learn Korean first", destination="KR")
    assert [event.kind for event in case.events.order_by("id")] == ["opened", "plan"]
    assert case.worker_id == by.id
    assert str(case).startswith("pre_departure")
    assert str(case.events.first())


def test_a_person_has_one_open_case_of_a_kind(home_centre, person, case):
    with pytest.raises(ValidationError, match="already has an open case"):
        make.case(home_centre, person)
    assert make.case(home_centre, person, kind="reintegration").is_open
    cases.move(case_id=case.pk, to="closed", by=MACHINE)
    assert make.case(home_centre, person).is_open


def test_the_database_itself_refuses_a_second_open_case(home_centre, person, case):
    with pytest.raises(IntegrityError):
        CaseFile.objects.create(person=person, kind=case.kind, centre=home_centre, opened_on=today())


def test_a_second_press_opens_no_second_case(home_centre, person):
    key = once.fresh_key()
    details = CaseDetails("pre_departure", today())
    opened = [
        cases.open(person_id=person.pk, details=details, centre=home_centre, form_key=key, by=MACHINE) for _ in range(2)
    ]
    assert opened[0] == opened[1]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": "holiday"}, "kind"),
        ({"destination": "?"}, "destination"),
        ({"return_type": "?"}, "return_type"),
        ({"reason_return": "?"}, "reason_return"),
        ({"country_of_return": "??"}, "country_of_return"),
        ({"opened_on": dt.date(2999, 1, 1)}, "opened_on"),
        ({"opened_on": dt.date(2024, 1, 1), "returned_on": dt.date(2024, 1, 2)}, "returned_on"),
    ],
)
def test_what_cannot_be_is_refused_by_field(home_centre, person, fields, field):
    with pytest.raises(ValidationError) as refused:
        make.case(home_centre, person, **fields)
    assert list(refused.value.message_dict) == [field]


class TestMoving:
    def test_closing_writes_the_day(self, case):
        moved = cases.move(case_id=case.pk, to="follow_up", by=MACHINE)
        assert (moved.state, moved.closed_on) == ("follow_up", None)
        moved = cases.move(case_id=case.pk, to="closed", reason="Left with a visa", by=MACHINE)
        assert (moved.closed_on, moved.reason, moved.is_open) == (today(), "Left with a visa", False)

    def test_a_closed_case_stays_closed(self, case):
        cases.move(case_id=case.pk, to="closed", by=MACHINE)
        with pytest.raises(ValidationError, match="cannot go this way"):
            cases.move(case_id=case.pk, to="active", by=MACHINE)

    def test_dropping_out_needs_the_reason(self, case):
        with pytest.raises(ValidationError, match="dropped out"):
            cases.move(case_id=case.pk, to="dropout", by=MACHINE)

    @pytest.mark.parametrize("days", [-11, 1])
    def test_it_happens_between_opening_and_today(self, case, days):
        with pytest.raises(ValidationError, match="between"):
            cases.move(case_id=case.pk, to="closed", on=today() + dt.timedelta(days=days), by=MACHINE)

    def test_only_who_may(self, case, actor):
        with pytest.raises(PermissionDenied):
            cases.move(case_id=case.pk, to="closed", by=actor("outreach_officer"))


class TestServices:
    def test_are_told_apart_by_who_gave_them(self, case):
        event = cases.add_service(case_id=case.pk, service="legal_aid", delivery="by_referral", by=MACHINE)
        assert (event.kind, event.delivery) == ("service", "by_referral")
        assert cases.add_service(case_id=case.pk, service="contract", text=" read it ", by=MACHINE).text == "read it"

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"service": "?"}, "service"),
            ({"service": "legal_aid", "delivery": "?"}, "delivery"),
            ({"service": "legal_aid", "on": dt.date(2999, 1, 1)}, "on"),
        ],
    )
    def test_what_is_not_offered_is_refused(self, case, fields, field):
        with pytest.raises(ValidationError) as refused:
            cases.add_service(case_id=case.pk, by=MACHINE, **fields)
        assert list(refused.value.message_dict) == [field]

    def test_a_closed_case_takes_nothing_more(self, case):
        cases.move(case_id=case.pk, to="closed", by=MACHINE)
        with pytest.raises(ValidationError, match="closed"):
            cases.add_service(case_id=case.pk, service="legal_aid", by=MACHINE)


class TestNotes:
    def test_are_notes_or_plans(self, case):
        assert cases.add_note(case_id=case.pk, text=" Called ", by=MACHINE).text == "Called"
        assert cases.add_note(case_id=case.pk, text="Course in May", kind="plan", by=MACHINE).kind == "plan"

    @pytest.mark.parametrize(("fields", "field"), [({"text": " "}, "text"), ({"text": "a", "kind": "state"}, "kind")])
    def test_say_something(self, case, fields, field):
        with pytest.raises(ValidationError) as refused:
            cases.add_note(case_id=case.pk, by=MACHINE, **fields)
        assert list(refused.value.message_dict) == [field]


class TestReading:
    def test_opening_a_file_leaves_a_trace(self, case, person, actor):
        assert reads.get(case.pk, by=actor("counsellor")) == case
        assert reads.of_person(person.pk, by=actor("counsellor")) == [case]
        assert AuditEntry.objects.filter(verb="read", person_key=person.pk).count() == 2

    def test_the_open_ones_of_the_own_centre(self, case, home_centre, actor):
        from tests.factories import trust

        elsewhere = trust.centre("OSH")
        other = make.case(elsewhere, make.person(elsewhere))
        cases.move(case_id=make.case(home_centre, make.person(home_centre)).pk, to="closed", by=MACHINE)
        assert list(reads.open_cases(by=actor("counsellor"))) == [case]
        assert set(reads.open_cases(by=MACHINE)) == {case, other}
