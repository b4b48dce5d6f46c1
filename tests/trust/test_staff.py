import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from safar.kernel import once
from safar.kernel.actor import MACHINE
from safar.trust.actions import staff as actions
from safar.trust.models import AuditEntry, RoleAssignment, Staff
from safar.trust.queries import staff as queries
from safar.trust.queries.actors import actor_for
from tests.factories import trust

pytestmark = pytest.mark.django_db


def _new(**fields) -> Staff:
    return actions.add(
        **(
            {
                "email": "Nodira@Example.org ",
                "full_name": " Nodira N. ",
                "centre": None,
                "roles": ["counsellor"],
                "by": MACHINE,
            }
            | fields
        )
    )


def test_somebody_added_holds_the_roles_and_cannot_sign_in_without_a_password() -> None:
    member = _new()
    assert (member.email, member.full_name) == ("nodira@example.org", "Nodira N.")
    assert queries.roles_of(member) == ["counsellor"]
    assert not member.has_usable_password()
    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["trust.staff.set_roles", "trust.staff.add"]


def test_a_second_press_adds_nobody() -> None:
    key = once.fresh_key()
    member = _new(form_key=key)
    assert once.result_of(key) == member.pk


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "no address"),
        ("full_name", "  "),
        ("language", "xx"),
        ("roles", ["king"]),
        ("email", "STAFF@example.org"),
    ],
)
def test_what_is_wrong_with_a_new_member_is_said_beside_the_field(field: str, value: object) -> None:
    Staff.objects.create_user("staff@example.org", full_name="Taken")
    with pytest.raises(ValidationError) as refusal:
        _new(**{field: value})
    assert list(refusal.value.message_dict) == [field]


def test_the_rest_of_a_refused_member_is_not_kept() -> None:
    with pytest.raises(ValidationError):
        _new(roles=["king"])
    assert not Staff.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_change_records_the_fields_that_changed_and_nothing_else(home_centre) -> None:
    member = _new()
    actions.change(staff=member, email="n@example.org", full_name="Nodira N.", centre=home_centre, by=MACHINE)
    entry = AuditEntry.objects.first()
    assert (entry.action, entry.fields) == ("trust.staff.change", ["centre", "email"])
    before = AuditEntry.objects.count()
    actions.change(staff=member, email="N@example.org", full_name="Nodira N.", centre=home_centre, by=MACHINE)
    assert AuditEntry.objects.count() == before


def test_an_ended_role_stays_on_record(actor) -> None:
    member, administrator = _new(), actor("administrator")
    actions.set_roles(staff=member, roles=["coordinator"], by=administrator)
    assert queries.roles_of(member) == ["coordinator"]
    ended = RoleAssignment.objects.get(staff=member, role="counsellor")
    assert ended.ended_at is not None
    assert RoleAssignment.objects.get(staff=member, role="coordinator").granted_by_id == administrator.id


def test_giving_the_roles_somebody_holds_already_leaves_no_trace() -> None:
    member = _new()
    before = AuditEntry.objects.count()
    actions.set_roles(staff=member, roles=["counsellor"], by=MACHINE)
    assert AuditEntry.objects.count() == before


def test_nobody_changes_their_own_roles(staff_member) -> None:
    trust.staff("administrator")
    member = staff_member("administrator")
    with pytest.raises(ValidationError, match="own roles"):
        actions.set_roles(staff=member, roles=["administrator", "counsellor"], by=actor_for(member))


def test_the_last_administrator_stays_one(staff_member) -> None:
    last = staff_member("administrator")
    staff_member("administrator", is_active=False)
    with pytest.raises(ValidationError, match="last administrator"):
        actions.set_roles(staff=last, roles=["counsellor"], by=MACHINE)
    with pytest.raises(ValidationError, match="last administrator"):
        actions.deactivate(staff=last, by=MACHINE)
    staff_member("administrator")
    actions.set_roles(staff=last, roles=["counsellor"], by=MACHINE)
    actions.deactivate(staff=last, by=MACHINE)
    last.refresh_from_db()
    assert not last.is_active


def test_access_is_closed_and_opened_again_with_the_same_roles(staff_member, actor) -> None:
    member, administrator = staff_member("counsellor"), actor("administrator")
    actions.deactivate(staff=member, by=administrator)
    actions.deactivate(staff=member, by=administrator)
    with pytest.raises(ValidationError):
        actions.allow_new_password(staff=member, by=administrator)
    actions.reactivate(staff=member, by=administrator)
    actions.reactivate(staff=member, by=administrator)
    actions.allow_new_password(staff=member, by=administrator)
    assert queries.roles_of(member) == ["counsellor"]
    assert sorted(AuditEntry.objects.values_list("action", flat=True)) == [
        "trust.staff.deactivate",
        "trust.staff.password_link",
        "trust.staff.reactivate",
    ]


def test_nobody_closes_their_own_access(staff_member) -> None:
    member = staff_member("administrator")
    with pytest.raises(ValidationError, match="own access"):
        actions.deactivate(staff=member, by=actor_for(member))


def test_language_and_appearance_are_chosen_by_oneself_only(staff_member, actor) -> None:
    member = staff_member("counsellor")
    actions.set_preferences(staff=member, language="ru", theme="dark", by=actor_for(member))
    actions.set_preferences(staff=member, language="ru", theme="dark", by=actor_for(member))
    assert AuditEntry.objects.get().fields == ["language", "theme"]
    with pytest.raises(PermissionDenied):
        actions.set_preferences(staff=member, language="en", theme="dark", by=actor("administrator"))
    for wrong in ({"language": "xx", "theme": "dark"}, {"language": "ru", "theme": "pink"}):
        with pytest.raises(ValidationError):
            actions.set_preferences(staff=member, by=actor_for(member), **wrong)


@pytest.mark.parametrize("role", ["coordinator", "ministry_viewer"])
def test_only_who_manages_staff_may(role: str, actor, staff_member) -> None:
    by, member = actor(role), staff_member("counsellor")
    calls = [
        lambda: _new(by=by),
        lambda: actions.change(staff=member, email="a@example.org", full_name="A", centre=None, by=by),
        lambda: actions.set_roles(staff=member, roles=[], by=by),
        lambda: actions.deactivate(staff=member, by=by),
        lambda: actions.reactivate(staff=member, by=by),
        lambda: actions.allow_new_password(staff=member, by=by),
    ]
    for call in calls:
        with pytest.raises(PermissionDenied):
            call()


def test_the_list_shows_who_may_sign_in_first_and_asks_twice_however_long_it_is(
    staff_member, django_assert_num_queries
) -> None:
    staff_member("counsellor", is_active=False)
    for _ in range(5):
        staff_member("counsellor", "coordinator")
    with django_assert_num_queries(2):
        rows = [
            (member.is_active, [each.role for each in member.open_assignments], str(member.centre))
            for member in queries.all_staff()
        ]
    assert [active for active, _roles, _centre in rows] == [True] * 5 + [False]
    assert rows[0][1] == ["counsellor", "coordinator"]


def test_a_member_reads_as_their_name(staff_member) -> None:
    member = staff_member("counsellor")
    assert str(member) == member.full_name
    assert str(member.role_assignments.get()) == "counsellor"
    assert queries.member(member.pk) == member
    assert queries.choices() == [(str(member.pk), member.full_name)]
    assert Staff.objects.get_by_natural_key(member.email.upper()) == member
