import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from safar.awareness.actions import attendance
from safar.awareness.actions.attendance import RowOutcome
from safar.awareness.models import AttendanceCorrection, NamedAttendance
from safar.awareness.queries.tallies import cells_of, tally_of
from safar.awareness.rules import CountedCell, RosterRow
from safar.trust.models import AuditEntry
from tests.factories import awareness

pytestmark = pytest.mark.django_db


def outcomes(results) -> list[str]:
    return [result.outcome for result in results]


class TestRoster:
    def test_every_line_gets_its_own_result(self, home_centre, actor) -> None:
        made = awareness.held(home_centre)
        first, second, third = (awareness.attendee(home_centre) for _number in range(3))
        awareness.named(made, third)
        rows = [
            RosterRow(client_number=f" {first.client_number.lower()} "),
            RosterRow(person_id=second.pk),
            RosterRow(client_number="TAS-26-99999"),
            RosterRow(client_number=first.client_number),
            RosterRow(client_number=third.client_number),
            RosterRow(),
        ]
        results = attendance.save_roster(session_id=made.pk, rows=rows, by=actor("outreach_officer"))
        assert outcomes(results) == ["added", "added", "unknown", "repeated", "already", "unknown"]
        assert tally_of(made.pk).named_total == 3

    def test_saving_the_same_list_twice_adds_nothing(self, home_centre, actor) -> None:
        by, made = actor("outreach_officer"), awareness.held(home_centre)
        rows = [RosterRow(client_number=awareness.attendee(home_centre).client_number) for _number in range(3)]
        attendance.save_roster(session_id=made.pk, rows=rows, by=by)
        again = attendance.save_roster(session_id=made.pk, rows=rows, by=by)
        assert outcomes(again) == ["already"] * 3
        assert AuditEntry.objects.filter(action="awareness.attendance.save_roster").count() == 1

    def test_a_person_is_taken_off_again(self, home_centre, actor) -> None:
        made, person = awareness.held(home_centre), awareness.attendee(home_centre)
        awareness.named(made, person)
        results = attendance.save_roster(
            session_id=made.pk, rows=[RosterRow(person_id=person.pk, present=False)], by=actor("outreach_officer")
        )
        assert outcomes(results) == [RowOutcome.REMOVED]
        assert not NamedAttendance.objects.exists()

    def test_three_hundred_people_cost_no_more_queries_than_three(
        self, home_centre, actor, django_assert_max_num_queries
    ) -> None:
        by, made = actor("outreach_officer"), awareness.held(home_centre)
        people = [awareness.attendee(home_centre) for _number in range(300)]
        rows = [RosterRow(client_number=person.client_number) for person in people]
        with django_assert_max_num_queries(13):
            results = attendance.save_roster(session_id=made.pk, rows=rows, by=by)
        assert outcomes(results) == ["added"] * 300

    def test_a_list_without_end_is_refused(self, home_centre, actor) -> None:
        made = awareness.held(home_centre)
        with pytest.raises(ValidationError, match="1000"):
            attendance.save_roster(session_id=made.pk, rows=[RosterRow()] * 1001, by=actor("outreach_officer"))

    def test_the_database_refuses_a_person_twice(self, home_centre) -> None:
        made, person = awareness.held(home_centre), awareness.attendee(home_centre)
        with pytest.raises(IntegrityError), transaction.atomic():
            awareness.named(made, person, person)

    def test_the_trail_of_one_person_shows_the_one_who_was_added(self, home_centre, actor) -> None:
        made, person = awareness.held(home_centre), awareness.attendee(home_centre)
        attendance.save_roster(session_id=made.pk, rows=[RosterRow(person_id=person.pk)], by=actor("counsellor"))
        assert AuditEntry.objects.get(action="awareness.attendance.save_roster").person_key == person.pk


class TestCounts:
    def test_named_and_counted_are_added_once(self, home_centre, actor) -> None:
        made = awareness.held(home_centre)
        awareness.named(made, awareness.attendee(home_centre), awareness.attendee(home_centre, sex="male"))
        total = attendance.save_counts(
            session_id=made.pk,
            cells=[CountedCell("female", "18_29", 12), CountedCell("male", "u18", 0)],
            by=actor("counsellor"),
        )
        assert total.as_data() == {"named": 2, "counted": 12, "attendances": 14}
        assert total.of(sex="female", age_band="18_29") == 13
        assert cells_of(made.pk) == [CountedCell("female", "18_29", 12)]

    def test_the_age_of_a_named_person_is_that_of_the_day(self, home_centre) -> None:
        made = awareness.held(home_centre)
        awareness.named(made, awareness.attendee(home_centre, birth_year=made.starts_at.year - 17))
        assert tally_of(made.pk).named == {("female", "u18"): 1}

    def test_counts_replace_what_stood_there(self, home_centre, actor) -> None:
        by, made = actor("outreach_officer"), awareness.held(home_centre)
        awareness.counted(made, count=10)
        awareness.counted(made, sex="female", count=4)
        cells = [CountedCell("male", "18_29", 7)]
        assert attendance.save_counts(session_id=made.pk, cells=cells, by=by).attendances == 7
        assert attendance.save_counts(session_id=made.pk, cells=cells, by=by).attendances == 7
        assert AuditEntry.objects.filter(action="awareness.attendance.save_counts").count() == 1

    @pytest.mark.parametrize(
        ("cells", "message"),
        [
            ([CountedCell("male", "u18", -1)], "less than nothing"),
            ([CountedCell("male", "u18", 99999)], "at most"),
            ([CountedCell("male", "u18", 1)] * 2, "twice"),
            ([CountedCell("male", "teenagers", 1)], "Unknown"),
            ([CountedCell("boy", "u18", 1)], "Unknown"),
        ],
    )
    def test_a_wrong_count_is_refused(self, home_centre, actor, cells, message) -> None:
        made = awareness.held(home_centre)
        with pytest.raises(ValidationError, match=message):
            attendance.save_counts(session_id=made.pk, cells=cells, by=actor("outreach_officer"))

    @pytest.mark.parametrize("fields", [{"count": 0}, {"count": 3}])
    def test_the_database_refuses_an_empty_or_doubled_cell(self, home_centre, fields) -> None:
        made = awareness.held(home_centre)
        awareness.counted(made)
        with pytest.raises(IntegrityError), transaction.atomic():
            awareness.counted(made, **fields)


class TestClosed:
    @pytest.mark.parametrize("state", ["planned", "submitted", "locked", "cancelled"])
    def test_no_change_in_a_closed_state(self, home_centre, actor, state) -> None:
        made = awareness.session(home_centre, state=state)
        by = actor("coordinator")
        cells, rows = [CountedCell("male", "u18", 1)], [RosterRow(person_id=awareness.attendee(home_centre).pk)]
        with pytest.raises(ValidationError, match="cannot be changed"):
            attendance.save_counts(session_id=made.pk, cells=cells, reason="Because", by=by)
        with pytest.raises(ValidationError, match="cannot be changed"):
            attendance.save_roster(session_id=made.pk, rows=rows, reason="Because", by=by)
        assert tally_of(made.pk).attendances == 0

    def test_after_approval_a_correction_keeps_before_after_and_reason(self, home_centre, actor) -> None:
        made = awareness.session(home_centre, state="approved")
        awareness.counted(made, count=10)
        by = actor("coordinator")
        attendance.save_counts(
            session_id=made.pk, cells=[CountedCell("male", "18_29", 8)], reason=" Counted two guests ", by=by
        )
        attendance.save_roster(
            session_id=made.pk,
            rows=[RosterRow(person_id=awareness.attendee(home_centre).pk)],
            reason="A sheet was found",
            by=by,
        )
        first, second = AttendanceCorrection.objects.filter(session=made)
        assert (first.before["attendances"], first.after["attendances"]) == (10, 8)
        assert (first.reason, first.staff_id) == ("Counted two guests", by.id)
        assert second.after == {"named": 1, "counted": 8, "attendances": 9}

    def test_after_approval_a_reason_is_needed(self, home_centre, actor) -> None:
        made = awareness.session(home_centre, state="approved")
        with pytest.raises(ValidationError, match="approved"):
            attendance.save_counts(session_id=made.pk, cells=[], by=actor("coordinator"))

    def test_after_approval_only_an_approver_corrects(self, home_centre, actor) -> None:
        made = awareness.session(home_centre, state="approved")
        with pytest.raises(PermissionDenied):
            attendance.save_counts(session_id=made.pk, cells=[], reason="Because", by=actor("outreach_officer"))

    def test_a_correction_that_changes_nothing_leaves_none(self, home_centre, actor) -> None:
        made = awareness.session(home_centre, state="approved")
        attendance.save_counts(session_id=made.pk, cells=[], reason="Because", by=actor("coordinator"))
        assert not AttendanceCorrection.objects.exists()


@pytest.mark.parametrize("role", ["ministry_viewer", "network_analyst", "administrator"])
def test_who_does_not_work_with_sessions_records_nothing(home_centre, actor, role) -> None:
    made, by = awareness.held(home_centre), actor(role)
    with pytest.raises(PermissionDenied):
        attendance.save_counts(session_id=made.pk, cells=[], by=by)
    with pytest.raises(PermissionDenied):
        attendance.save_roster(session_id=made.pk, rows=[], by=by)
