import pytest
from django.urls import reverse

from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.people.actions import households
from safar.people.models import Household, Person
from safar.people.rules import Dependants, HouseholdDetails
from tests.factories import people

pytestmark = pytest.mark.django_db

UNKNOWN = "01890000-0000-7000-8000-00000000ffff"
TYPED = {
    "label": "Karimov family",
    "place": "UZ1703202",
    "men": "",
    "women": "1",
    "boys": "",
    "girls": "2",
    "role": "head",
}


def url(name: str, *args: object) -> str:
    return reverse(f"desk:people:{name}", args=args)


@pytest.fixture
def head(home_centre) -> Person:
    return people.person("Karimov", "Anvar", region="UZ-AN", at=home_centre)


@pytest.fixture
def household(head) -> Household:
    return households.start(person_id=head.pk, details=HouseholdDetails("Karimovs"), role="head", by=MACHINE)


def test_a_household_begins_on_the_file_of_its_first_member(client_of, head) -> None:
    client = client_of("counsellor")
    assert url("household_start", head.pk) in client.get(url("file", head.pk)).content.decode()
    assert 'value="Karimov"' in client.get(url("household_start", head.pk)).content.decode()
    response = client.post(url("household_start", head.pk), TYPED)
    household = Household.objects.get()
    assert response.url == url("household", household.pk)
    assert household.dependants == Dependants(women=1, girls=2)
    page = client.get(url("file", head.pk)).content.decode()
    assert "4 people" in page
    assert url("household_start", head.pk) not in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"label": ""}, "This field is required"), ({"boys": "31"}, "30"), ({"role": "x"}, "x")],
)
def test_what_is_wrong_comes_back_with_what_was_typed(client_of, head, wrong, said) -> None:
    response = client_of("counsellor").post(url("household_start", head.pk), TYPED | wrong)
    assert response.status_code == 422
    assert said in (page := response.content.decode())
    assert 'value="2"' in page
    assert not Household.objects.exists()


def test_somebody_is_found_and_added_with_their_place_in_it(client_of, household, home_centre) -> None:
    wife = people.person("Karimova", "Gulnora", at=home_centre)
    client = client_of("counsellor")
    page = client.post(url("household_find", household.pk), {"q": "Karimova Gulnora"}).content.decode()
    assert url("household_add", household.pk, wife.pk) in page
    assert "Gulnora" in client.get(url("household_add", household.pk, wife.pk)).content.decode()
    assert client.post(url("household_add", household.pk, wife.pk), {}).status_code == 422
    late = {"role": "spouse", "since": "2999-01-01"}
    assert client.post(url("household_add", household.pk, wife.pk), late).status_code == 422
    response = client.post(url("household_add", household.pk, wife.pk), {"role": "spouse", "since": "2020-05-01"})
    page = client.get(response.url).content.decode()
    assert "Husband or wife" in page
    assert "1 May 2020" in page


def test_a_search_without_an_answer_says_what_to_do(client_of, household) -> None:
    client = client_of("counsellor")
    assert "Nobody found" in client.post(url("household_find", household.pk), {"q": "Zzzz Qqqq"}).content.decode()
    assert "Nobody found" not in client.post(url("household_find", household.pk), {"q": " "}).content.decode()


def test_a_wide_search_lists_nobody(client_of, household, home_centre) -> None:
    for _ in range(21):
        people.person("Saidova", "Lola", at=home_centre)
    page = client_of("counsellor").post(url("household_find", household.pk), {"q": "Saidova"}).content.decode()
    assert "Too many to list" in page
    assert "Lola" not in page


def test_who_left_stands_apart(client_of, household, head) -> None:
    client = client_of("counsellor")
    client.post(url("household_leave", household.members.get().pk))
    page = client.get(url("household", household.pk)).content.decode()
    assert "Who lived here before" in page
    assert "Nobody with a file lives here any more" in page
    assert household.members.get().until == today()


def test_name_and_counts_are_changed_in_place(client_of, household) -> None:
    client = client_of("counsellor")
    assert "Karimovs" in client.get(url("household_edit", household.pk)).content.decode()
    assert client.post(url("household_edit", household.pk), TYPED | {"men": "-1"}).status_code == 422
    assert client.post(url("household_edit", household.pk), TYPED).url == url("household", household.pk)
    household.refresh_from_db()
    assert (household.label, household.girls) == ("Karimov family", 2)


def test_what_the_action_refuses_is_said_at_its_field(client_of, household, monkeypatch) -> None:
    monkeypatch.setattr("safar.people.rules.MOST_DEPENDANTS", 1)
    response = client_of("counsellor").post(url("household_edit", household.pk), TYPED)
    assert response.status_code == 422
    assert "more people than a household holds" in response.content.decode()
    response = client_of("counsellor").post(url("household_start", household.members.get().person_id), TYPED)
    assert response.status_code == 422


@pytest.mark.parametrize(
    ("role", "allowed"),
    [("counsellor", "see change"), ("data_protection_officer", "see"), ("ministry_viewer", "")],
)
def test_who_may_see_and_change_a_household(client_of, household, head, role, allowed) -> None:
    may_see, may_change = "see" in allowed, "change" in allowed
    client = client_of(role)
    shown = client.get(url("household", household.pk))
    assert (shown.status_code == 200) is may_see
    for address in (
        url("household_edit", household.pk),
        url("household_add", household.pk, head.pk),
        url("household_start", head.pk),
    ):
        assert (client.get(address).status_code == 200) is may_change
    for address in (url("household_find", household.pk), url("household_leave", household.members.get().pk)):
        assert (client.post(address).status_code in {200, 302}) is may_change
    if may_see:
        assert (url("household_edit", household.pk) in shown.content.decode()) is may_change


def test_what_is_not_there_is_not_found(client_of, household, head) -> None:
    client = client_of("counsellor")
    for address in (
        url("household", UNKNOWN), url("household_edit", UNKNOWN), url("household_start", UNKNOWN),
        url("household_add", UNKNOWN, head.pk), url("household_add", household.pk, UNKNOWN),
    ):  # fmt: skip
        assert client.get(address).status_code == 404
    for address in (url("household_find", UNKNOWN), url("household_leave", UNKNOWN)):
        assert client.post(address).status_code == 404
