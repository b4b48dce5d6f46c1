import pytest
from django.urls import reverse

from safar.people.models import Person
from safar.people.rules import Birth
from safar.trust.models import AuditEntry
from tests.factories import people

pytestmark = pytest.mark.django_db

TYPED = {
    "family_name": "Тўхтаев",
    "given_name": "Ўткир",
    "sex": "male",
    "birth_day": "",
    "birth_month": "",
    "birth_year": "1994",
    "phone": "90 123 45 67",
    "phone_safety": "safe",
    "place": "UZ1703202",
    "citizenship": "UZ",
    "language": "uz-cyrl",
    "category": "potential_migrant",
    "keep_file": "on",
    "text_language": "uz",
    "method": "written",
    "form_key": "01890000-0000-7000-8000-000000000001",
}


def test_nobody_is_listed_before_a_search(client_of, home_centre) -> None:
    people.person(at=home_centre)
    page = client_of("counsellor").get(reverse("desk:people:search")).content.decode()
    assert "Karimova" not in page


def test_a_search_shows_who_and_why(client_of, home_centre) -> None:
    people.person("Тўхтаев", "Ўткир", at=home_centre)
    page = client_of("counsellor").post(reverse("desk:people:search"), {"q": "Tukhtaev"}).content.decode()
    assert "Тўхтаев Ўткир" in page
    assert "family name" in page


def test_a_search_without_result_says_what_to_do(client_of) -> None:
    page = client_of("counsellor").post(reverse("desk:people:search"), {"q": "Nobody"}).content.decode()
    assert "Try another spelling" in page


def test_registering_opens_the_file(client_of) -> None:
    client = client_of("counsellor")
    assert client.get(reverse("desk:people:register")).status_code == 200
    response = client.post(reverse("desk:people:register"), TYPED)
    person = Person.objects.get()
    assert response.url == reverse("desk:people:file", args=[person.pk])
    assert (person.region, person.district, person.birth_year) == ("UZ-AN", "UZ1703202", 1994)
    page = client.get(response.url).content.decode()
    assert "Тўхтаев Ўткир" in page
    assert "+998901234567" in page


def test_a_double_submit_opens_one_file(client_of) -> None:
    client = client_of("counsellor")
    first = client.post(reverse("desk:people:register"), TYPED)
    second = client.post(reverse("desk:people:register"), {**TYPED, "register_anyway": "1"})
    assert first.url == second.url
    assert Person.objects.count() == 1


def test_nothing_typed_is_lost_when_something_is_wrong(client_of) -> None:
    for wrong, said in (({"phone": "12"}, "not a phone number"), ({"keep_file": ""}, "needs the person")):
        response = client_of("counsellor").post(reverse("desk:people:register"), TYPED | wrong)
        page = response.content.decode()
        assert response.status_code == 422
        for typed in ("Тўхтаев", "Ўткир", "1994"):
            assert typed in page
        assert said in page


def test_somebody_alike_is_shown_before_a_second_file(client_of, home_centre) -> None:
    known = people.person("Tukhtaev", "Utkir", birth=Birth(1994), at=home_centre)
    client = client_of("counsellor")
    response = client.post(reverse("desk:people:register"), TYPED)
    assert response.status_code == 422
    assert known.client_number in response.content.decode()
    assert Person.objects.count() == 1
    client.post(reverse("desk:people:register"), {**TYPED, "register_anyway": "1"})
    assert Person.objects.count() == 2


def test_details_are_changed_in_place(client_of, home_centre) -> None:
    person = people.person(at=home_centre)
    client = client_of("counsellor")
    address = reverse("desk:people:edit", args=[person.pk])
    assert "Karimova" in client.get(address).content.decode()
    assert client.post(address, {**TYPED, "birth_year": "2090"}).status_code == 422
    assert client.post(address, TYPED).url == reverse("desk:people:file", args=[person.pk])
    person.refresh_from_db()
    assert person.family_name == "Тўхтаев"


def test_consent_is_recorded_and_withdrawn_on_the_file(client_of, home_centre) -> None:
    person = people.person(at=home_centre)
    client = client_of("counsellor")
    decision = {"purpose": "be_contacted", "answer": "yes", "text_language": "uz", "method": "written"}
    for wrong in ({**decision, "purpose": "everything"}, {**decision, "purpose": "share"}):
        client.post(reverse("desk:people:decide", args=[person.pk]), wrong)
    assert person.consents.count() == 1
    client.post(reverse("desk:people:decide", args=[person.pk]), decision)
    grant = person.consents.get(purpose="be_contacted")
    client.post(reverse("desk:people:withdraw", args=[grant.pk]))
    grant.refresh_from_db()
    assert grant.withdrawn_at
    assert "Withdrawn" in client.get(reverse("desk:people:file", args=[person.pk])).content.decode()


@pytest.mark.parametrize(
    ("role", "allowed"),
    [("counsellor", True), ("data_protection_officer", True), ("administrator", False), ("ministry_viewer", False)],
)
def test_who_may_open_a_file(client_of, home_centre, role, allowed) -> None:
    person = people.person(at=home_centre)
    response = client_of(role).get(reverse("desk:people:file", args=[person.pk]))
    assert (response.status_code == 200) is allowed
    assert AuditEntry.objects.filter(action="people.person.open", person_key=person.pk).exists() is allowed


@pytest.mark.parametrize("name", ["desk:people:search", "desk:people:register"])
def test_a_ministry_viewer_reaches_no_page_with_people(client_of, name) -> None:
    assert client_of("ministry_viewer").get(reverse(name)).status_code == 403


def test_an_unknown_file_is_not_found(client_of) -> None:
    unknown = "01890000-0000-7000-8000-00000000ffff"
    client = client_of("counsellor")
    assert client.get(reverse("desk:people:file", args=[unknown])).status_code == 404
    assert client.get(reverse("desk:people:edit", args=[unknown])).status_code == 404


def test_the_board_greets_every_role(client_of) -> None:
    for role in ("counsellor", "coordinator", "ministry_viewer"):
        assert client_of(role).get(reverse("desk:board")).status_code == 200


@pytest.mark.parametrize(
    ("birth", "shown"),
    [(Birth(1994, 5, 7), "7 May 1994"), (Birth(1994, 5), "May 1994"), (Birth(1994), "1994"), (Birth(), None)],
)
def test_a_birth_date_is_written_as_far_as_it_is_known(client_of, home_centre, birth, shown) -> None:
    person = people.person(birth=birth, at=home_centre)
    page = client_of("counsellor").get(reverse("desk:people:file", args=[person.pk])).content.decode()
    assert ("Born" in page) is (shown is not None)
    assert shown is None or shown in page
