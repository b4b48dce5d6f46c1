"""Registering beside the files that look the same, and the file of a child."""

import pytest
from django.urls import reverse

from safar.desk.people.side_by_side import marked, resemblances
from safar.kernel.clock import today
from safar.people.models import Guardianship, Household, NotSamePair, Person
from safar.people.queries import persons
from safar.people.rules import Birth, ContactPointDetails, GuardianDetails
from safar.trust.models import AuditEntry
from tests.factories import people

pytestmark = pytest.mark.django_db

TYPED = {
    "family_name": "Тўхтаев",
    "given_name": "Ўткир",
    "sex": "male",
    "birth_year": "1994",
    "phone": "90 123 45 67",
    "place": "UZ1703202",
    "keep_file": "on",
    "text_language": "uz",
    "method": "written",
    "form_key": "01890000-0000-7000-8000-000000000001",
}
REGISTER = "desk:people:register"


@pytest.fixture
def known(home_centre) -> Person:
    return people.person(
        "Tukhtaev",
        "Utkir",
        birth=Birth(1994, 5, 7),
        contact_points=[ContactPointDetails("phone", "901234567")],
        at=home_centre,
    )


class TestWhileTyping:
    def test_who_looks_the_same_stands_beside_the_form_with_why(self, client_of, known) -> None:
        page = client_of("counsellor").post(reverse("desk:people:alike"), TYPED).content.decode()
        assert known.client_number in page
        assert reverse("desk:people:file", args=[known.pk]) in page
        assert "Same family name in another spelling" in page
        assert "same phone number" in page
        assert "Very likely the same person" in page

    def test_it_leaves_a_trace_with_a_number_and_no_name(self, client_of, known) -> None:
        client_of("counsellor").post(reverse("desk:people:alike"), TYPED)
        assert AuditEntry.objects.get(action="people.person.look_alikes").fields == ["1 people"]

    @pytest.mark.parametrize(
        "typed", [{}, {"family_name": "Тўхтаев"}, {"family_name": "Zzz", "given_name": "Qqq"}, {"given_name": "Ўткир"}]
    )
    def test_nobody_is_shown_for_too_little_or_another_name(self, client_of, known, typed) -> None:
        page = client_of("counsellor").post(reverse("desk:people:alike"), typed).content.decode()
        assert known.client_number not in page
        assert not AuditEntry.objects.filter(action="people.person.look_alikes").exists()

    def test_half_a_form_with_mistakes_in_it_is_read_as_far_as_it_goes(self, client_of, known) -> None:
        half = {
            "family_name": "Tukhtaev",
            "given_name": "Utkir",
            "birth_day": "99",
            "email": "nobody",
            "place": "nowhere",
        }
        assert known.client_number in client_of("counsellor").post(reverse("desk:people:alike"), half).content.decode()

    def test_somebody_ruled_out_is_left_out_and_stays_so(self, client_of, known) -> None:
        other = people.person("Tukhtaev", "Utkir", at=known.centre)
        client = client_of("counsellor")
        first = client.post(reverse("desk:people:alike"), TYPED | {"rule_out": str(known.pk)}).content.decode()
        assert known.client_number not in first
        assert other.client_number in first
        assert f'name="not_same" value="{known.pk}"' in first
        second = {"not_same": str(known.pk), "rule_out": str(other.pk)}
        rest = client.post(reverse("desk:people:alike"), TYPED | second).content.decode()
        assert "Nobody else looks the same" in rest
        assert "Register as new" in rest

    def test_inside_a_contact_choosing_goes_on_with_the_form(self, client_of, known) -> None:
        data = {f"person-{name}": value for name, value in TYPED.items()} | {"prefix": "person", "answer": "button"}
        page = client_of("counsellor").post(reverse("desk:people:alike"), data).content.decode()
        assert f'name="same" value="{known.pk}"' in page

    def test_nobody_who_may_not_register_asks(self, client_of, known) -> None:
        assert client_of("ministry_viewer").post(reverse("desk:people:alike"), TYPED).status_code == 403
        assert client_of("counsellor").get(reverse("desk:people:alike")).status_code == 405


class TestAfterSubmit:
    def test_the_form_comes_back_with_both_side_by_side(self, client_of, known) -> None:
        response = client_of("counsellor").post(reverse(REGISTER), TYPED)
        page = response.content.decode()
        assert response.status_code == 422
        assert "The file is not open yet" in page
        assert "Typed now" in page
        assert 'value="Тўхтаев"' in page

    def test_not_the_same_person_is_remembered_when_the_file_opens(self, client_of, known) -> None:
        client = client_of("counsellor")
        ruled_out = client.post(reverse(REGISTER), TYPED | {"rule_out": str(known.pk)})
        assert ruled_out.status_code == 422
        assert "Register as new" in ruled_out.content.decode()
        assert Person.objects.count() == 1
        client.post(reverse(REGISTER), TYPED | {"not_same": [str(known.pk), "nonsense"], "register_anyway": "1"})
        (pair,) = NotSamePair.objects.all()
        fresh = Person.objects.exclude(pk=known.pk).get()
        assert {pair.first_id, pair.second_id} == {known.pk, fresh.pk}
        assert pair.by == client.staff

    def test_without_further_look_alikes_the_file_opens_at_once(self, client_of, known) -> None:
        response = client_of("counsellor").post(reverse(REGISTER), TYPED | {"not_same": str(known.pk)})
        assert response.status_code == 302
        assert NotSamePair.objects.count() == 1

    def test_ruling_out_keeps_what_is_still_wrong(self, client_of, known) -> None:
        wrong = TYPED | {"phone": "12", "rule_out": str(known.pk)}
        response = client_of("counsellor").post(reverse(REGISTER), wrong)
        assert response.status_code == 422
        assert f'name="not_same" value="{known.pk}"' in response.content.decode()


def is_asked(page: str) -> bool:
    """Whether the part about a guardian is in sight."""
    opening = page[page.index("data-minor=") :]
    return "hidden" not in opening[: opening.index(">")]


class TestChildren:
    CHILD = TYPED | {"birth_year": str(today().year - 9)}

    def test_a_grown_up_is_not_asked(self, client_of) -> None:
        client = client_of("counsellor")
        for response in (client.get(reverse(REGISTER)), client.post(reverse(REGISTER), TYPED | {"keep_file": ""})):
            assert not is_asked(response.content.decode())

    @pytest.mark.parametrize("typed", [{"birth_year": str(today().year - 9)}, {"birth_year": "", "age_band": "u18"}])
    def test_the_first_submit_asks_who_answers_for_a_child(self, client_of, typed) -> None:
        response = client_of("counsellor").post(reverse(REGISTER), TYPED | typed)
        page = response.content.decode()
        assert response.status_code == 422
        assert "say who answers for them" in page
        assert is_asked(page)
        assert not Person.objects.exists()

    def test_with_a_guardian_the_file_opens_and_names_the_relation(self, client_of, home_centre) -> None:
        mother = people.person(at=home_centre)
        client = client_of("counsellor")
        said = {"guardian_basis": "guardian", "guardian_relation": "mother", "guardian_number": mother.client_number}
        response = client.post(reverse(REGISTER), self.CHILD | said)
        assert response.status_code == 302
        page = client.get(response.url).content.decode()
        assert reverse("desk:people:file", args=[mother.pk]) in page
        child = Person.objects.exclude(pk=mother.pk).get()
        edit = client.get(reverse("desk:people:edit", args=[child.pk])).content.decode()
        assert f'value="{mother.client_number}"' in edit

    def test_a_decision_is_told_with_who_why_and_when(self, client_of) -> None:
        client = client_of("counsellor")
        said = {
            "guardian_basis": "protection", "decided_by": "Commission on minors", "decision_reason": "Parents abroad",
            "decided_on": "2026-03-02",
        }  # fmt: skip
        page = client.get(client.post(reverse(REGISTER), self.CHILD | said).url).content.decode()
        assert "Commission on minors, 2 March 2026: Parents abroad" in page

    def test_a_wrong_number_of_a_guardian_is_said_at_its_field(self, client_of) -> None:
        said = {"guardian_basis": "guardian", "guardian_relation": "mother", "guardian_number": "TAS-26-99999"}
        page = client_of("counsellor").post(reverse(REGISTER), self.CHILD | said).content.decode()
        assert "There is no client with this number" in page

    def test_a_file_without_a_guardian_says_so_until_one_is_named(self, client_of, home_centre) -> None:
        child = people.person(birth=Birth(age_band="u18"), guardian=GuardianDetails(is_not_known=True), at=home_centre)
        client = client_of("counsellor")
        address = reverse("desk:people:file", args=[child.pk])
        assert "Guardian missing" in client.get(address).content.decode()
        edit = reverse("desk:people:edit", args=[child.pk])
        assert is_asked(client.get(edit).content.decode())
        silent = client.post(edit, TYPED | {"birth_year": "", "age_band": "u18"})
        assert silent.status_code == 422
        assert "say who answers for them" in silent.content.decode()
        said = {"age_band": "u18", "guardian_basis": "guardian", "guardian_relation": "father"}
        client.post(edit, TYPED | {"birth_year": ""} | said)
        assert Guardianship.objects.get().relation == "father"
        assert "Guardian missing" not in client.get(address).content.decode()


def test_a_member_of_a_household_is_registered_and_added(client_of, home_centre) -> None:
    client = client_of("counsellor")
    household = Household.objects.create(label="Karimov family")
    page = client.get(reverse(REGISTER) + f"?household={household.pk}").content.decode()
    assert "Karimov family" in page
    response = client.post(reverse(REGISTER), TYPED | {"household": str(household.pk)})
    assert response.url == reverse("desk:people:household_add", args=[household.pk, Person.objects.get().pk])
    assert "household" not in client.get(reverse(REGISTER) + "?household=nonsense").content.decode().split("<form")[2]


@pytest.mark.parametrize(
    ("typed", "held", "left", "right"),
    [
        ("Karimov", "karimov", "Karimov", "karimov"),
        ("Karimov", "", "[Karimov]", ""),
        ("Karimova", "Karimov", "Karimov[a]", "Karimov"),
        ("Rasulov", "Rasilov", "Ras[u]lov", "Ras[i]lov"),
        ("Groß", "Gross", "Gro[ß]", "Gro[ss]"),  # longer in small letters: places would no longer agree
    ],
)
def test_letters_the_other_side_lacks_are_marked(typed, held, left, right) -> None:
    sides = [
        "".join(f"[{piece.text}]" if piece.differs else piece.text for piece in side) for side in marked(typed, held)
    ]
    assert sides == [left, right]


def states(details, person) -> dict[str, str]:
    (hit,) = [each for each in persons.similar(details) if each.person == person]
    (one,) = resemblances([hit], details)
    return {str(row.term): row.state for row in one.rows}


def test_each_part_says_whether_it_agrees(home_centre) -> None:
    person = people.person(
        "Tukhtaev", "Utkir", patronymic="Anvarovich", sex="male", birth=Birth(1994, 5, 7), region="UZ-AN",
        contact_points=[ContactPointDetails("phone", "901234567")], at=home_centre,
    )  # fmt: skip
    same = people.details(
        "Тўхтаев",
        "Ўткир",
        birth=Birth(1994),
        sex="male",
        contact_points=[ContactPointDetails("phone", "+998 90 123 45 67")],
    )
    assert states(same, person) == {
        "Family name": "same", "Given name": "same", "Patronymic": "unknown", "Born": "same", "Sex": "same",
        "Phone": "same", "Place of residence": "unknown",
    }  # fmt: skip
    other = people.details(
        "Tuhtaev", "Utkir", patronymic="Anvarovich", birth=Birth(1995), region="UZ-TK",
        contact_points=[ContactPointDetails("phone", "907654321")],
    )  # fmt: skip
    said = states(other, person)
    assert (said["Born"], said["Phone"], said["Place of residence"]) == ("other", "other", "other")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"region": "UZ-AN", "district": "UZ1703202"}, "unknown"),  # the file names no district
        ({"region": "UZ-AN"}, "same"),
        ({"region": "UZ-TK"}, "other"),
    ],
)
def test_a_district_only_one_side_names_is_no_difference(home_centre, typed, said) -> None:
    person = people.person("Tukhtaev", "Utkir", birth=Birth(1994, 5, 7), region="UZ-AN", at=home_centre)
    assert (
        states(people.details("Тўхтаев", "Ўткир", birth=Birth(1994, 5, 7), **typed), person)["Place of residence"]
        == said
    )
