import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.kernel.once import fresh_key
from safar.kernel.privacy import parts
from safar.people.actions import households, merges
from safar.people.models import Household, HouseholdMember
from safar.people.queries import households as queries
from safar.people.rules import Dependants, HouseholdDetails
from safar.trust.enums import AuditVerb
from safar.trust.models import AuditEntry
from tests.factories import people

pytestmark = pytest.mark.django_db

DETAILS = HouseholdDetails("  Karimov   family ", "UZ1703202", Dependants(men=1, girls=2))


@pytest.fixture
def head(home_centre):
    return people.person("Karimov", "Anvar", at=home_centre)


@pytest.fixture
def household(head) -> Household:
    return households.start(person_id=head.pk, details=DETAILS, role="head", by=MACHINE)


def test_a_household_begins_with_somebody_and_counts_the_others(head, household, actor) -> None:
    view = queries.get(household.pk, by=actor("counsellor"))
    assert (household.label, household.place) == ("Karimov family", "UZ1703202")
    assert [(member.person, member.role) for member in view.members] == [(head, "head")]
    assert (view.size, view.dependants, view.left) == (4, Dependants(men=1, girls=2), [])


def test_a_double_submit_begins_one(head) -> None:
    key = fresh_key()
    first, second = (
        households.start(person_id=head.pk, details=DETAILS, role="head", form_key=key, by=MACHINE) for _ in range(2)
    )
    assert first == second
    assert Household.objects.count() == HouseholdMember.objects.count() == 1


def test_family_members_have_files_of_their_own(head, household, home_centre, actor) -> None:
    wife = people.person("Karimova", "Gulnora", at=home_centre)
    for _ in range(2):
        households.add(
            household_id=household.pk, person_id=wife.pk, role="spouse", since=dt.date(2020, 5, 1), by=MACHINE
        )
    (view,) = queries.of_person(wife.pk, by=actor("counsellor"))
    assert [(member.person, member.role) for member in view.members] == [(head, "head"), (wife, "spouse")]
    assert AuditEntry.objects.filter(action="people.household.add").count() == 1


def test_who_left_is_remembered_and_may_come_back(head, household) -> None:
    (member,) = household.members.all()
    for _ in range(2):
        households.leave(member_id=member.pk, by=MACHINE)
    households.add(household_id=household.pk, person_id=head.pk, role="parent", by=MACHINE)
    view = queries.get(household.pk, by=MACHINE)
    assert [(member.role, member.until) for member in view.left] == [("head", today())]
    assert [member.role for member in view.members] == ["parent"]
    assert AuditEntry.objects.filter(action="people.household.leave").count() == 1


@pytest.mark.parametrize("day", [dt.date(2999, 1, 1), dt.date(2019, 1, 1)])
def test_nobody_leaves_before_they_came_or_in_the_future(household, home_centre, day) -> None:
    son = people.person("Karimov", "Sardor", at=home_centre)
    member = households.add(
        household_id=household.pk, person_id=son.pk, role="child", since=dt.date(2020, 1, 1), by=MACHINE
    )
    with pytest.raises(ValidationError):
        households.leave(member_id=member.pk, until=day, by=MACHINE)


def test_what_changes_is_named_in_the_trail_and_nothing_else(household) -> None:
    households.change(household_id=household.pk, details=DETAILS, by=MACHINE)
    assert not AuditEntry.objects.filter(action="people.household.change").exists()
    wanted = HouseholdDetails("Karimovs", "", Dependants(women=1))
    changed = households.change(household_id=household.pk, details=wanted, by=MACHINE)
    assert (changed.label, changed.place, changed.dependants) == ("Karimovs", "", Dependants(women=1))
    entry = AuditEntry.objects.get(action="people.household.change")
    assert entry.fields == ["girls", "label", "men", "place", "women"]


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (HouseholdDetails("  "), "label"),
        (HouseholdDetails("x", "nowhere"), "place"),
        (HouseholdDetails("x", "", Dependants(boys=-1)), "dependants"),
        (HouseholdDetails("x", "", Dependants(women=31)), "dependants"),
    ],
)
def test_what_cannot_be_is_refused(head, details, field) -> None:
    with pytest.raises(ValidationError) as refused:
        households.start(person_id=head.pk, details=details, role="head", by=MACHINE)
    assert set(refused.value.message_dict) == {field}
    assert not Household.objects.exists()


@pytest.mark.parametrize(
    ("role", "since", "field"), [("cousin", None, "role"), ("child", dt.date(2999, 1, 1), "since")]
)
def test_a_place_in_a_household_is_one_we_know(household, home_centre, role, since, field) -> None:
    son = people.person("Karimov", "Sardor", at=home_centre)
    with pytest.raises(ValidationError) as refused:
        households.add(household_id=household.pk, person_id=son.pk, role=role, since=since, by=MACHINE)
    assert set(refused.value.message_dict) == {field}


def test_the_database_keeps_one_place_a_person(head, household) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        HouseholdMember.objects.create(household=household, person=head, role="other")


def test_reading_a_household_leaves_a_trace_with_a_number_and_no_names(household, actor) -> None:
    queries.get(household.pk, by=actor("counsellor"))
    entry = AuditEntry.objects.get(action="people.household.open")
    assert (entry.verb, entry.subject_key, entry.fields) == (AuditVerb.READ, household.pk, ["1 people"])
    for asked in (lambda by: queries.get(household.pk, by=by), lambda by: queries.of_person(household.pk, by=by)):
        with pytest.raises(PermissionDenied):
            asked(actor("ministry_viewer"))


def test_the_number_of_queries_does_not_grow(head, household, home_centre, django_assert_num_queries) -> None:
    for number in range(5):
        member = people.person("Karimov", f"Sardor{'a' * number}", at=home_centre)
        households.add(household_id=household.pk, person_id=member.pk, role="child", by=MACHINE)
    with django_assert_num_queries(4):  # the household, its members, their files, the trail
        queries.get(household.pk, by=MACHINE)


def test_only_who_may_change_files_changes_households(head, household, actor) -> None:
    viewer = actor("ministry_viewer")
    (member,) = household.members.all()
    for forbidden in (
        lambda: households.start(person_id=head.pk, details=DETAILS, role="head", by=viewer),
        lambda: households.change(household_id=household.pk, details=DETAILS, by=viewer),
        lambda: households.add(household_id=household.pk, person_id=head.pk, role="head", by=viewer),
        lambda: households.leave(member_id=member.pk, by=viewer),
    ):
        with pytest.raises(PermissionDenied):
            forbidden()


def test_the_copy_of_one_names_nobody_else_and_the_last_takes_the_household_along(head, household, home_centre) -> None:
    wife = people.person("Karimova", "Gulnora", at=home_centre)
    households.add(household_id=household.pk, person_id=wife.pk, role="spouse", by=MACHINE)
    part = next(part for part in parts() if part.name == "people")
    copy = str(part.export(head.pk))
    assert "Karimov family" in copy
    assert "Gulnora" not in copy
    part.erase(head.pk)
    assert Household.objects.get().members.get().person == wife
    part.erase(wife.pk)
    assert not Household.objects.exists()


def test_records_name_nobody(household) -> None:
    (member,) = household.members.all()
    assert (str(household), str(member)) == (f"household {household.pk}", "head")


def test_a_household_is_found_under_each_of_a_persons_merged_files(head, household, home_centre, actor) -> None:
    kept = people.person("Karimov", "Anvar", at=home_centre)
    merges.merge(kept_id=kept.pk, merged_id=head.pk, reason="the same", by=MACHINE)
    (view,) = queries.of_person(kept.pk, by=MACHINE)
    assert view.household == household
