import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from safar.awareness.models import Session
from safar.desk.board import board_for
from safar.kernel.clock import today
from safar.kernel.ids import new_id
from safar.trust.queries.actors import actor_for
from tests.factories import awareness

pytestmark = pytest.mark.django_db
READERS = ["outreach_officer", "counsellor", "coordinator"]


def url(name: str, *args: object) -> str:
    return reverse(f"desk:awareness:{name}", args=args)


def typed(**fields) -> dict[str, object]:
    day = today() + dt.timedelta(days=2)
    return {
        "title": "Working in Korea",
        "session_type": "college",
        "day": day.isoformat(),
        "starts": "10:00",
        "ends": "12:00",
        "language": "uz",
        "place": "UZ-AN",
        "modules": ["contract_rights"],
        "form_key": str(new_id()),
    } | fields


class TestList:
    def test_a_month_shows_its_sessions_by_day(self, client_of, home_centre) -> None:
        first = timezone.make_aware(dt.datetime.fromisoformat("2026-03-05T10:00"))
        made = awareness.held(home_centre, starts_at=first, title="Contracts in Andijan", venue="College 2")
        awareness.counted(made, count=17)
        page = client_of("counsellor").get(url("list"), {"month": "2026-03"}).content.decode()
        assert "Contracts in Andijan" in page
        assert "College 2" in page
        assert "17 attendances" in page
        assert 'href="#day-5"' in page
        assert "?month=2026-02" in page
        assert "?month=2026-04" in page

    @pytest.mark.parametrize("month", ["", "nonsense", "2026-13"])
    def test_what_is_not_a_month_shows_this_one(self, client_of, home_centre, month) -> None:
        awareness.session(home_centre, title="Right now")
        assert "Right now" in client_of("counsellor").get(url("list"), {"month": month}).content.decode()

    def test_an_empty_month_says_so_and_offers_a_plan(self, client_of, home_centre) -> None:
        answer = client_of("outreach_officer").get(url("list"), {"month": "2020-01"}).content.decode()
        assert "No session in this month" in answer
        assert url("plan") in answer
        assert url("plan") not in client_of("counsellor").get(url("list"), {"month": "2020-01"}).content.decode()


class TestPlan:
    def test_the_form_offers_who_is_typing_as_holder(self, client_of) -> None:
        client = client_of("outreach_officer")
        page = client.get(url("plan"))
        assert page.context["form"].initial["facilitators"] == [str(client.staff.pk)]

    def test_what_is_typed_becomes_a_session(self, client_of, home_centre) -> None:
        client = client_of("outreach_officer")
        answer = client.post(url("plan"), typed(facilitators=[str(client.staff.pk)], place="UZ1703202"))
        made = Session.objects.get()
        assert answer.url == url("show", made.pk)
        assert (made.region, made.district, made.centre) == ("UZ-AN", "UZ1703202", home_centre)
        assert timezone.localtime(made.starts_at).hour == 10

    def test_a_double_press_plans_one(self, client_of) -> None:
        client, data = client_of("outreach_officer"), typed()
        assert client.post(url("plan"), data).url == client.post(url("plan"), data).url
        assert Session.objects.count() == 1

    @pytest.mark.parametrize("wrong", [{"title": ""}, {"ends": "09:00"}])
    def test_what_is_wrong_comes_back_with_all_that_was_typed(self, client_of, wrong) -> None:
        data = typed(venue="The old hall", **wrong)
        answer = client_of("outreach_officer").post(url("plan"), data)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "The old hall" in page
        assert data["form_key"] in page
        assert 'aria-invalid="true"' in page

    def test_a_problem_without_a_field_is_shown_on_top(self, client_of, home_centre) -> None:
        made = awareness.session(home_centre, state="locked")
        answer = client_of("outreach_officer").post(url("edit", made.pk), typed())
        assert answer.status_code == 422
        assert "sent back first" in answer.content.decode()


class TestEdit:
    def test_the_form_holds_what_is_recorded(self, client_of, home_centre, staff_member) -> None:
        made = awareness.session(home_centre, held_by=staff_member("counsellor"), district="UZ1703202", venue="Hall")
        made.modules.create(code="women")
        form = client_of("outreach_officer").get(url("edit", made.pk)).context["form"]
        assert form.initial["place"] == "UZ1703202"
        assert form.initial["modules"] == ["women"]
        assert len(form.initial["facilitators"]) == 1

    def test_a_change_is_saved(self, client_of, home_centre) -> None:
        made = awareness.session(home_centre)
        answer = client_of("outreach_officer").post(url("edit", made.pk), typed(title="Changed", place=""))
        assert answer.url == url("show", made.pk)
        made.refresh_from_db()
        assert (made.title, made.region) == ("Changed", "")

    def test_an_error_keeps_what_was_typed(self, client_of, home_centre) -> None:
        made = awareness.session(home_centre)
        answer = client_of("outreach_officer").post(url("edit", made.pk), typed(title="Changed", day=""))
        assert answer.status_code == 422
        assert 'value="Changed"' in answer.content.decode()


class TestShow:
    def test_figures_are_named_plus_counted_and_called_attendances(self, client_of, home_centre) -> None:
        made = awareness.held(
            home_centre, capacity=30, public=True, expected=20, notes="Bring posters", host_name="Ms. K."
        )
        made.modules.create(code="women")
        made.materials.create(item="leaflet", language="uz", count=41)
        awareness.named(made, awareness.attendee(home_centre), awareness.attendee(home_centre))
        awareness.counted(made, count=12)
        page = client_of("outreach_officer").get(url("show", made.pk)).content.decode()
        for text in ("Attendances, not persons", "41", "Bring posters", "Ms. K.", "30 places", "Signed up"):
            assert text in page
        assert "Karimova" not in page

    def test_what_was_corrected_and_why_is_shown(self, client_of, home_centre, staff_member) -> None:
        made = awareness.session(home_centre, state="approved")
        made.corrections.create(
            before={"attendances": 10}, after={"attendances": 8}, reason="Guests", staff=staff_member("coordinator")
        )
        page = client_of("coordinator").get(url("show", made.pk)).content.decode()
        assert "Guests" in page
        assert "Corrections after approval" in page

    def test_a_cancelled_session_shows_a_short_life(self, client_of, home_centre) -> None:
        made = awareness.session(home_centre, state="cancelled")
        page = client_of("counsellor").get(url("show", made.pk))
        assert [state for _label, state in page.context["life"]] == ["done", "current"]

    def test_a_session_that_does_not_exist_is_not_found(self, client_of, home_centre) -> None:
        assert client_of("counsellor").get(url("show", new_id())).status_code == 404

    def test_the_sign_sheet_is_empty_paper(self, client_of, home_centre) -> None:
        made = awareness.session(home_centre)
        page = client_of("counsellor").get(url("sheet", made.pk)).content.decode()
        assert "Your signature shows that you came" in page
        assert page.count("<tr>") > 24


class TestSteps:
    def test_from_held_to_locked_by_two_people(self, client_of, home_centre) -> None:
        officer, coordinator = client_of("outreach_officer"), client_of("coordinator")
        made = awareness.session(home_centre)
        assert officer.post(url("step", made.pk, "hold")).url == url("show", made.pk)
        awareness.counted(made)
        officer.post(url("step", made.pk, "submit"))
        waiting = officer.get(url("show", made.pk)).content.decode()
        assert "Somebody who did not hold this session has to approve it" in waiting
        assert url("step", made.pk, "approve") in coordinator.get(url("show", made.pk)).content.decode()
        coordinator.post(url("step", made.pk, "approve"))
        coordinator.post(url("step", made.pk, "lock"))
        made.refresh_from_db()
        assert made.state == "locked"
        assert "Took place" in coordinator.get(url("show", made.pk)).content.decode()

    def test_a_refused_step_says_why_and_keeps_the_reason(self, client_of, home_centre) -> None:
        made = awareness.held(home_centre)
        awareness.counted(made)
        answer = client_of("outreach_officer").post(url("step", made.pk, "cancel"), {"reason": "Exam day"})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "with attendance cannot be cancelled" in page
        assert "Exam day" in page

    def test_a_reason_that_is_too_long_is_refused(self, client_of, home_centre) -> None:
        made = awareness.session(home_centre, state="locked")
        answer = client_of("coordinator").post(url("step", made.pk, "unlock"), {"reason": "x" * 201})
        assert answer.status_code == 422

    def test_who_held_it_is_refused_approval(self, client_of, home_centre) -> None:
        client = client_of("coordinator")
        made = awareness.session(home_centre, state="submitted", held_by=client.staff)
        assert client.post(url("step", made.pk, "approve")).status_code == 403
        assert "has to approve it" in client.get(url("show", made.pk)).content.decode()

    def test_a_step_that_is_none_is_not_found(self, client_of, home_centre) -> None:
        assert client_of("coordinator").post(url("step", awareness.session(home_centre).pk, "fly")).status_code == 404

    def test_a_step_is_never_taken_by_a_link(self, client_of, home_centre) -> None:
        assert client_of("coordinator").get(url("step", awareness.session(home_centre).pk, "hold")).status_code == 405


class TestAccess:
    PAGES = ("show", "sheet", "counts", "learning", "signed_up", "roster")

    @pytest.mark.parametrize("tab", PAGES)
    @pytest.mark.parametrize("role", READERS)
    def test_who_works_with_sessions_reads_them(self, client_of, home_centre, role, tab) -> None:
        assert client_of(role).get(url(tab, awareness.upcoming(home_centre).pk)).status_code == 200

    @pytest.mark.parametrize("tab", ["edit", "materials"])
    def test_a_counsellor_reads_but_does_not_plan(self, client_of, home_centre, tab) -> None:
        client, made = client_of("counsellor"), awareness.session(home_centre)
        assert client.get(url(tab, made.pk)).status_code == 403
        assert client.get(url("plan")).status_code == 403
        assert url("edit", made.pk) not in client.get(url("show", made.pk)).content.decode()

    @pytest.mark.parametrize("tab", [*PAGES, "edit", "materials"])
    def test_a_ministry_viewer_is_refused(self, client_of, home_centre, tab) -> None:
        client, made = client_of("ministry_viewer"), awareness.session(home_centre)
        assert client.get(url(tab, made.pk)).status_code == 403
        assert client.get(url("list")).status_code == 403
        assert client.post(url("step", made.pk, "hold")).status_code == 403

    def test_nobody_reads_without_signing_in(self, client, home_centre) -> None:
        assert client.get(url("list")).status_code == 302


class TestElsewhere:
    def test_the_board_shows_the_week_and_what_waits(self, client_of, home_centre) -> None:
        client = client_of("coordinator")
        awareness.upcoming(home_centre, title="On Thursday")
        awareness.session(home_centre, title="Yesterday", starts_at=timezone.now() - dt.timedelta(days=1))
        awareness.session(home_centre, title="For approval", state="submitted")
        page = client.get(reverse("desk:board")).content.decode()
        for text in ("On Thursday", "Did these take place?", "Yesterday", "Waiting for approval", "For approval"):
            assert text in page

    def test_the_board_without_sessions_says_so(self, client_of) -> None:
        assert "No session is planned" in client_of("counsellor").get(reverse("desk:board")).content.decode()

    def test_a_ministry_viewer_has_no_card(self, staff_member) -> None:
        cards = board_for(actor_for(staff_member("ministry_viewer")))
        assert not [card for card in cards if card.template.startswith("desk/awareness/")]

    def test_the_timeline_tells_where_a_person_was(self, home_centre, actor) -> None:
        from safar.desk.awareness import timeline

        person, made = awareness.attendee(home_centre), awareness.held(home_centre, title="Contracts")
        awareness.named(made, person)
        [entry] = timeline.entries(person.pk, actor("counsellor"))
        assert "Contracts" in entry.title
        assert entry.url == url("show", made.pk)
        assert timeline.entries(person.pk, actor("data_protection_officer")) == []
