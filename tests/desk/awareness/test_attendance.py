import pytest
from django.urls import reverse

from safar.awareness.models import CountedAttendance, NamedAttendance
from safar.awareness.rules import CountedCell
from safar.desk.awareness.grid import Grid
from safar.people.actions import persons as people_actions
from safar.people.rules import ConsentDetails, PersonDetails
from safar.trust.models import AuditEntry
from tests.factories import awareness

pytestmark = pytest.mark.django_db


def url(name: str, *args: object) -> str:
    return reverse(f"desk:awareness:{name}", args=args)


def registered(centre, by, family_name: str):
    consent = ConsentDetails(purpose="keep_file", granted=True, text_version="1", language="uz")
    return people_actions.register(
        details=PersonDetails(family_name=family_name, given_name="Nodira", sex="female"),
        consents_given=[consent],
        centre=centre,
        by=by,
    )


class TestCounts:
    def test_the_count_is_saved_and_shown_as_named_plus_counted(self, client_of, home_centre) -> None:
        client, made = client_of("outreach_officer"), awareness.held(home_centre)
        awareness.named(made, awareness.attendee(home_centre))
        answer = client.post(url("counts", made.pk), {"n_female_18_29": "12", "d_female_18_29": "2", "n_male_u18": "3"})
        assert answer.url == url("counts", made.pk)
        assert sorted(CountedAttendance.objects.values_list("sex", "age_band", "with_disability", "count")) == [
            ("female", "18_29", False, 10),
            ("female", "18_29", True, 2),
            ("male", "u18", False, 3),
        ]
        page = client.get(url("counts", made.pk))
        assert page.context["page"].tally.as_data() == {"named": 1, "counted": 15, "attendances": 16}
        assert 'value="12"' in page.content.decode()

    @pytest.mark.parametrize(
        "data",
        [
            {"n_male_u18": "a lot", "n_female_u18": "7"},
            {"n_male_u18": "-3", "n_female_u18": "7"},
            {"n_male_u18": "2", "d_male_u18": "3", "n_female_u18": "7"},
            {"n_male_u18": "99999", "n_female_u18": "7"},
        ],
    )
    def test_a_wrong_number_comes_back_with_all_others(self, client_of, home_centre, data) -> None:
        answer = client_of("outreach_officer").post(url("counts", awareness.held(home_centre).pk), data)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert f'value="{data["n_male_u18"]}"' in page
        assert 'value="7"' in page
        assert not CountedAttendance.objects.exists()

    def test_plus_works_without_scripts_and_saves_nothing(self, client_of, home_centre) -> None:
        client, made = client_of("counsellor"), awareness.held(home_centre)
        page = client.post(url("counts", made.pk), {"n_male_u18": "4", "bump": "+n_male_u18"})
        assert page.status_code == 200
        assert page.context["grid"].texts["n_male_u18"] == "5"
        assert "Not saved yet" in page.content.decode()
        assert not CountedAttendance.objects.exists()

    def test_a_session_before_its_time_takes_no_count(self, client_of, home_centre) -> None:
        client, made = client_of("outreach_officer"), awareness.upcoming(home_centre)
        assert "once somebody says that the session took place" in client.get(url("counts", made.pk)).content.decode()
        assert client.post(url("counts", made.pk), {"n_male_u18": "4"}).status_code == 422

    def test_a_closed_session_shows_its_count_as_a_table(self, client_of, home_centre) -> None:
        made = awareness.session(home_centre, state="locked")
        awareness.counted(made, count=33)
        page = client_of("coordinator").get(url("counts", made.pk)).content.decode()
        assert "33" in page
        assert "cannot be changed by you now" in page
        assert "data-tally" not in page

    def test_after_approval_the_reason_is_asked_and_kept(self, client_of, home_centre) -> None:
        client, made = client_of("coordinator"), awareness.session(home_centre, state="approved")
        awareness.counted(made, count=10)
        refused = client.post(url("counts", made.pk), {"n_male_18_29": "8"})
        assert refused.status_code == 422
        assert "Say why its attendance is corrected" in refused.content.decode()
        client.post(url("counts", made.pk), {"n_male_18_29": "8", "reason": "Two guests"})
        assert made.corrections.get().reason == "Two guests"

    def test_a_ministry_viewer_counts_nobody(self, client_of, home_centre) -> None:
        made = awareness.held(home_centre)
        assert client_of("ministry_viewer").post(url("counts", made.pk), {"n_male_u18": "4"}).status_code == 403


class TestGrid:
    @pytest.mark.parametrize(
        ("text", "press", "expected"),
        [
            ("", "+n_male_u18", "1"),
            ("0", "-n_male_u18", "0"),
            ("5", "-n_male_u18", "4"),
            ("5", "*n_male_u18", "5"),
            ("5", "+no_such_box", "5"),
            ("many", "+n_male_u18", "many"),
        ],
    )
    def test_a_press_moves_by_one_and_never_below_nothing(self, db, text, press, expected) -> None:
        assert Grid.typed({"n_male_u18": text}).bumped(press).texts["n_male_u18"] == expected

    def test_saved_cells_come_back_as_everybody_and_of_these(self, db) -> None:
        cells = [CountedCell("male", "u18", 37), CountedCell("male", "u18", 3, with_disability=True)]
        grid = Grid.of(cells)
        assert (grid.texts["n_male_u18"], grid.texts["d_male_u18"]) == ("40", "3")
        assert grid.cells() == cells
        assert grid.total == 40
        assert grid.has_disability

    def test_a_wrong_box_counts_nothing_until_it_is_mended(self, db) -> None:
        assert Grid.typed({"n_male_u18": "x", "n_female_u18": "2"}).total == 2


class TestRoster:
    def test_opening_the_list_names_people_and_leaves_a_trace(self, client_of, home_centre) -> None:
        made, person = awareness.held(home_centre), awareness.attendee(home_centre)
        awareness.named(made, person)
        page = client_of("counsellor").get(url("roster", made.pk)).content.decode()
        assert person.full_name in page
        assert AuditEntry.objects.filter(verb="read").exists()

    def test_a_person_is_found_by_name_and_added(self, client_of, actor, home_centre) -> None:
        client, made = client_of("outreach_officer"), awareness.held(home_centre)
        person = registered(home_centre, actor("counsellor"), "Yusupova")
        page = client.post(url("find", made.pk), {"text": "Юсупова"}).content.decode()
        assert person.client_number in page
        answer = client.post(url("set_present", made.pk), {"person_id": str(person.pk), "present": "1"})
        assert answer.url == url("roster", made.pk)
        assert NamedAttendance.objects.get().person == person

    @pytest.mark.parametrize("text", ["Nobodyhasthisname", "  "])
    def test_who_is_not_found_is_counted_instead(self, client_of, home_centre, text) -> None:
        page = client_of("outreach_officer").post(url("find", awareness.held(home_centre).pk), {"text": text})
        assert page.status_code == 200
        assert ("Nobody is found" in page.content.decode()) == bool(text.strip())

    def test_a_person_is_taken_off(self, client_of, home_centre) -> None:
        made, person = awareness.held(home_centre), awareness.attendee(home_centre)
        awareness.named(made, person)
        answer = client_of("counsellor").post(
            url("set_present", made.pk), {"person_id": str(person.pk), "present": "0"}, follow=True
        )
        assert "1 person was taken off" in answer.content.decode()
        assert not NamedAttendance.objects.exists()

    @pytest.mark.parametrize("person_id", ["", "not-a-key"])
    def test_nobody_is_added_by_a_broken_key(self, client_of, home_centre, person_id) -> None:
        answer = client_of("counsellor").post(
            url("set_present", awareness.held(home_centre).pk), {"person_id": person_id, "present": "1"}, follow=True
        )
        assert "names nobody we know" in answer.content.decode()

    def test_a_closed_list_says_so(self, client_of, home_centre) -> None:
        made = awareness.session(home_centre, state="locked")
        answer = client_of("coordinator").post(
            url("set_present", made.pk),
            {"person_id": str(awareness.attendee(home_centre).pk), "present": "1"},
            follow=True,
        )
        assert "cannot be changed" in answer.content.decode()

    def test_a_whole_sheet_at_once_tells_each_line(self, client_of, home_centre) -> None:
        client, made = client_of("outreach_officer"), awareness.held(home_centre)
        first, second = awareness.attendee(home_centre), awareness.attendee(home_centre)
        awareness.named(made, second)
        lines = f"{first.client_number}\n\n{second.client_number}\nTAS-26-99999\n"
        answer = client.post(url("roster", made.pk), {"numbers": lines})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert answer.context["unknown"] == ["TAS-26-99999"]
        for text in ("1 person is on the list now", "1 line changed nothing", "1 line names nobody we know"):
            assert text in page
        assert made.named.count() == 2

    def test_a_sheet_without_a_mistake_is_done(self, client_of, home_centre) -> None:
        made, person = awareness.held(home_centre), awareness.attendee(home_centre)
        answer = client_of("outreach_officer").post(url("roster", made.pk), {"numbers": person.client_number})
        assert answer.url == url("roster", made.pk)

    @pytest.mark.parametrize("numbers", ["", "TAS-26-1\n" * 1001])
    def test_an_empty_or_endless_sheet_comes_back(self, client_of, home_centre, numbers) -> None:
        made = awareness.held(home_centre)
        answer = client_of("outreach_officer").post(url("roster", made.pk), {"numbers": numbers})
        assert answer.status_code == 422

    def test_after_approval_each_change_asks_why(self, client_of, home_centre) -> None:
        client, made = client_of("coordinator"), awareness.session(home_centre, state="approved")
        person = awareness.attendee(home_centre)
        awareness.named(made, person)
        other = awareness.attendee(home_centre)
        assert 'name="reason"' in client.get(url("roster", made.pk)).content.decode()
        found = client.post(url("find", made.pk), {"text": other.client_number})
        assert f"why-{other.pk}" in found.content.decode()
        client.post(url("set_present", made.pk), {"person_id": str(other.pk), "present": "1", "reason": "Late sheet"})
        assert made.corrections.get().reason == "Late sheet"

    def test_a_ministry_viewer_sees_and_finds_nobody(self, client_of, home_centre) -> None:
        client, made = client_of("ministry_viewer"), awareness.held(home_centre)
        assert client.get(url("roster", made.pk)).status_code == 403
        assert client.post(url("find", made.pk), {"text": "Karimova"}).status_code == 403
        assert client.post(url("set_present", made.pk), {}).status_code == 403


class TestSignedUp:
    def test_who_signed_up_is_listed(self, client_of, home_centre) -> None:
        made = awareness.upcoming(home_centre)
        made.sign_ups.create(language="uz", reference="ABC234", name="Aziza", phone="")
        page = client_of("outreach_officer").get(url("signed_up", made.pk)).content.decode()
        assert "ABC234" in page
        assert "Signing up is not attending" in page
