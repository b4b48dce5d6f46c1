import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from safar.awareness.actions import learning, sessions
from safar.awareness.queries import sessions as queries
from safar.awareness.rules import TestItem
from safar.kernel.clock import today
from safar.trust.models import AuditEntry
from tests.factories import awareness

pytestmark = pytest.mark.django_db


def at_noon(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


class TestPublicCalendar:
    def test_shows_what_is_public_and_planned_with_the_places_left(
        self, home_centre, django_assert_num_queries
    ) -> None:
        shown = awareness.upcoming(home_centre, capacity=2)
        full = awareness.upcoming(home_centre, days=4, capacity=1)
        endless = awareness.upcoming(home_centre, days=5)
        for made, number in ((shown, 1), (full, 2), (endless, 3)):
            made.sign_ups.create(language="uz", reference=f"R{number}")
        awareness.upcoming(home_centre, public=False)
        awareness.upcoming(home_centre, state="cancelled")
        awareness.upcoming(home_centre, days=60)
        with django_assert_num_queries(1):
            found = queries.public_calendar(today(), today() + dt.timedelta(days=30))
        assert [(one.id, one.places_left, one.is_open) for one in found] == [
            (shown.pk, 1, True),
            (full.pk, 0, False),
            (endless.pk, None, True),
        ]
        assert found[0].centre_code == "TAS"

    def test_what_has_begun_is_no_longer_open(self, home_centre) -> None:
        made = awareness.session(home_centre, public=True)
        found = queries.public_session(made.pk)
        assert found
        assert not found.is_open

    def test_what_is_not_public_is_not_found(self, home_centre) -> None:
        assert queries.public_session(awareness.upcoming(home_centre, public=False).pk) is None


class TestLists:
    def test_the_week_ahead_starts_today_at_the_centre(self, home_centre, actor) -> None:
        first = awareness.session(home_centre, starts_at=at_noon(today()))
        last = awareness.session(home_centre, starts_at=at_noon(today() + dt.timedelta(days=6)))
        awareness.session(home_centre, starts_at=at_noon(today() + dt.timedelta(days=7)))
        awareness.session(home_centre, starts_at=at_noon(today() - dt.timedelta(days=1)))
        awareness.session(home_centre, starts_at=at_noon(today()), state="cancelled")
        assert queries.upcoming(actor("counsellor")) == [first, last]

    def test_a_planned_session_of_yesterday_waits_for_somebody_to_say_what_happened(self, home_centre, actor) -> None:
        late = awareness.session(home_centre, starts_at=at_noon(today() - dt.timedelta(days=1)))
        awareness.session(home_centre, starts_at=at_noon(today()))
        assert queries.overdue(actor("coordinator")) == [late]

    def test_submitted_sessions_wait_for_approval(self, home_centre, actor) -> None:
        waiting = awareness.session(home_centre, state="submitted")
        awareness.held(home_centre)
        assert queries.waiting_for_approval(actor("coordinator")) == [waiting]

    def test_a_month_counts_each_side_once(self, home_centre, actor, django_assert_num_queries) -> None:
        by = actor("counsellor")
        made = awareness.session(home_centre, starts_at=at_noon(dt.date(2026, 2, 28)), state="held")
        awareness.named(made, *(awareness.attendee(home_centre) for _number in range(3)))
        awareness.counted(made, count=10)
        awareness.counted(made, sex="female", count=5)
        awareness.session(home_centre, starts_at=at_noon(dt.date(2026, 3, 1)))
        with django_assert_num_queries(1):
            [found] = queries.month(2026, 2, by=by)
        assert (found.named_count, found.counted_sum) == (3, 15)


class TestPage:
    def test_a_page_holds_everything_but_names(self, home_centre, staff_member, actor) -> None:
        officer = actor("outreach_officer")
        holder = staff_member("counsellor")
        made = awareness.session(home_centre, held_by=holder)
        sessions.hold(session_id=made.pk, by=officer)
        learning.save_test(session_id=made.pk, phase="pre", answered=9, items=[TestItem(9, 3)], by=officer)
        awareness.counted(made)
        made.sign_ups.create(language="uz", reference="R1")
        found = queries.page(made.pk, actor("counsellor"))
        assert found.facilitators == [holder.full_name]
        assert found.tally.attendances == 10
        assert found.signed_up == 1
        assert queries.tests_by_phase(found.tests)["pre"].answered == 9
        assert [step.step for step in found.history] == ["hold"]

    def test_its_queries_do_not_grow_with_the_people(self, home_centre, actor, django_assert_max_num_queries) -> None:
        by, made = actor("counsellor"), awareness.held(home_centre)
        awareness.named(made, *(awareness.attendee(home_centre) for _number in range(30)))
        with django_assert_max_num_queries(14):
            queries.page(made.pk, by)

    def test_opening_the_named_list_leaves_a_trace(self, home_centre, actor) -> None:
        made, person = awareness.held(home_centre), awareness.attendee(home_centre)
        awareness.named(made, person)
        [entry] = queries.roster(made.pk, actor("counsellor"))
        assert entry.person_id == person.pk
        assert person.full_name in entry.label
        assert AuditEntry.objects.filter(verb="read").count() == 1

    def test_sign_ups_are_listed_for_staff(self, home_centre, actor) -> None:
        made = awareness.upcoming(home_centre)
        taken = made.sign_ups.create(language="uz", reference="R1", name="Aziza")
        assert queries.sign_ups(made.pk, actor("counsellor")) == [taken]

    def test_a_persons_sessions_are_found_newest_first(self, home_centre, actor) -> None:
        person = awareness.attendee(home_centre)
        older = awareness.held(home_centre, starts_at=at_noon(dt.date(2026, 1, 5)))
        newer = awareness.held(home_centre, starts_at=at_noon(dt.date(2026, 2, 5)))
        awareness.named(older, person)
        awareness.named(newer, person)
        assert queries.attended_by(person.pk, actor("counsellor")) == [newer, older]


@pytest.mark.parametrize(
    "read",
    [
        queries.upcoming,
        queries.waiting_for_approval,
        queries.overdue,
        lambda by: queries.month(2026, 2, by=by),
        lambda by: queries.page(None, by),
        lambda by: queries.roster(None, by),
        lambda by: queries.sign_ups(None, by),
        lambda by: queries.attended_by(None, by),
    ],
)
def test_a_ministry_viewer_is_refused(actor, read) -> None:
    with pytest.raises(PermissionDenied):
        read(actor("ministry_viewer"))
