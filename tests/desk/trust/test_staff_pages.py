import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from safar.desk.trust.forms import RolesForm
from safar.kernel import once
from safar.trust.models import Staff
from safar.trust.queries.staff import roles_of

pytestmark = pytest.mark.django_db
NEW = {"full_name": "Nodira N.", "email": "nodira@example.org", "language": "uz", "roles": ["counsellor"]}


def _link_in(page: str) -> str:
    return re.search(r'class="secret"[^>]*>http://testserver(/[^<]+)<', page)[1]


@pytest.mark.parametrize("role", ["coordinator", "ministry_viewer", "data_protection_officer"])
def test_pages_of_staff_are_closed_to_everybody_else(role: str, client_of) -> None:
    client = client_of(role)
    own = {"staff_id": client.staff.pk}
    assert client.get(reverse("desk:trust:staff")).status_code == 403
    assert client.post(reverse("desk:trust:staff_add"), NEW).status_code == 403
    assert client.get(reverse("desk:trust:staff_member", kwargs=own)).status_code == 403
    for name in ("desk:trust:staff_roles", "desk:trust:staff_access", "desk:trust:staff_password"):
        assert client.post(reverse(name, kwargs=own)).status_code == 403
    assert not Staff.objects.filter(email=NEW["email"]).exists()


def test_the_list_shows_everybody_with_role_and_access(client_of, staff_member) -> None:
    closed = staff_member("coordinator", is_active=False)
    page = client_of("administrator").get(reverse("desk:trust:staff")).content.decode()
    for shown in (closed.full_name, "Coordinator", "Administrator", "Closed", "Open"):
        assert shown in page


def test_a_new_member_gets_a_link_that_is_shown_once_and_works_once(client_of, home_centre) -> None:
    administrator = client_of("administrator")
    form = administrator.get(reverse("desk:trust:staff_add")).content.decode()
    assert "Receives people, counsels them" in form
    assert "Open a person" in form
    added = administrator.post(
        reverse("desk:trust:staff_add"), NEW | {"centre": str(home_centre.pk), "form_key": once.fresh_key()}
    )
    member = Staff.objects.get(email=NEW["email"])
    assert added["Location"] == reverse("desk:trust:staff_member", args=[member.pk])
    assert (member.centre, member.language, roles_of(member)) == (home_centre, "uz", ["counsellor"])
    page = administrator.get(added["Location"]).content.decode()
    link = _link_in(page)
    assert 'class="secret"' not in administrator.get(added["Location"]).content.decode()

    newcomer = Client()
    form_address = newcomer.get(link)["Location"]
    assert link not in form_address
    typed = {"new_password1": "four quiet words here", "new_password2": "four quiet words here"}
    assert newcomer.post(form_address, typed | {"new_password2": "other"}).status_code == 200
    assert newcomer.post(form_address, typed)["Location"] == reverse("account_password_chosen")
    assert "Your password is saved" in newcomer.get(reverse("account_password_chosen")).content.decode()
    signed_in = newcomer.post(reverse("account_login"), {"login": NEW["email"], "password": "four quiet words here"})
    assert signed_in.status_code == 302
    assert "This link no longer works" in Client().get(link).content.decode()


def test_a_link_that_was_made_up_opens_nothing(client: Client) -> None:
    page = client.get(reverse("account_choose_password", kwargs={"uidb64": "MQ", "token": "a-b"}))
    assert "This link no longer works" in page.content.decode()


def test_pressing_twice_adds_one_person(client_of) -> None:
    administrator, key = client_of("administrator"), once.fresh_key()
    first = administrator.post(reverse("desk:trust:staff_add"), NEW | {"form_key": key})
    second = administrator.post(reverse("desk:trust:staff_add"), NEW | {"form_key": key})
    assert first["Location"] == second["Location"]
    assert Staff.objects.filter(email=NEW["email"]).count() == 1


def test_a_wrong_form_comes_back_with_everything_typed(client_of) -> None:
    administrator = client_of("administrator")
    taken = NEW | {"email": administrator.staff.email}
    response = administrator.post(reverse("desk:trust:staff_add"), taken)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Somebody already signs in with this address." in page
    assert 'value="Nodira N."' in page
    empty = administrator.post(reverse("desk:trust:staff_add"), {"email": "x"})
    assert empty.status_code == 422


def test_details_are_changed(client_of, staff_member) -> None:
    administrator, member = client_of("administrator"), staff_member("counsellor")
    address = reverse("desk:trust:staff_member", args=[member.pk])
    typed = {"full_name": "Nodira", "email": "other@example.org", "centre": ""}
    assert administrator.post(address, typed).status_code == 302
    member.refresh_from_db()
    assert (member.full_name, member.email, member.centre) == ("Nodira", "other@example.org", None)
    refused = administrator.post(address, typed | {"email": administrator.staff.email})
    assert refused.status_code == 422
    assert administrator.post(address, {}).status_code == 422


def test_roles_are_changed_and_said(client_of, staff_member) -> None:
    administrator, member = client_of("administrator"), staff_member("counsellor")
    address = reverse("desk:trust:staff_roles", args=[member.pk])
    assert administrator.post(address, {"roles": ["coordinator", "outreach_officer"]}).status_code == 302
    assert set(roles_of(member)) == {"coordinator", "outreach_officer"}
    assert administrator.post(address, {"roles": ["king"]}).status_code == 422


def test_ones_own_roles_cannot_be_changed(client_of) -> None:
    administrator = client_of("administrator")
    own = [administrator.staff.pk]
    page = administrator.get(reverse("desk:trust:staff_member", args=own)).content.decode()
    assert reverse("desk:trust:staff_roles", args=own) not in page
    assert "Close access" not in page
    refused = administrator.post(
        reverse("desk:trust:staff_roles", args=own), {"roles": ["administrator", "counsellor"]}
    )
    assert refused.status_code == 422
    assert "cannot change your own roles" in refused.content.decode()


def test_access_is_closed_and_reopened(client_of, staff_member) -> None:
    administrator, member = client_of("administrator"), staff_member("counsellor")
    address = reverse("desk:trust:staff_access", args=[member.pk])
    administrator.post(address)
    page = administrator.get(reverse("desk:trust:staff_member", args=[member.pk])).content.decode()
    assert "Reopen access" in page
    administrator.post(reverse("desk:trust:staff_password", args=[member.pk]))
    assert "Reopen this person’s access first." in administrator.get(
        reverse("desk:trust:staff")
    ).content.decode().replace("&#x27;", "’")
    administrator.post(address, {"open": "yes"})
    member.refresh_from_db()
    assert member.is_active


def test_ones_own_access_cannot_be_closed(client_of) -> None:
    administrator = client_of("administrator")
    administrator.post(reverse("desk:trust:staff_access", args=[administrator.staff.pk]))
    administrator.staff.refresh_from_db()
    assert administrator.staff.is_active
    assert "cannot close your own access" in administrator.get(reverse("desk:trust:staff")).content.decode()


def test_a_new_link_ends_when_its_reader_signs_in(client_of, staff_member) -> None:
    administrator, member = client_of("administrator"), staff_member("counsellor")
    administrator.post(reverse("desk:trust:staff_password", args=[member.pk]))
    other = reverse("desk:trust:staff_member", args=[administrator.staff.pk])
    assert 'class="secret"' not in administrator.get(other).content.decode()
    link = _link_in(administrator.get(reverse("desk:trust:staff_member", args=[member.pk])).content.decode())
    Client().post(reverse("account_login"), {"login": member.email, "password": "correct horse battery"})
    assert "This link no longer works" in Client().get(link).content.decode()


def test_somebody_who_does_not_exist_is_not_found(client_of) -> None:
    nobody = "01890000-0000-7000-8000-000000000000"
    assert client_of("administrator").get(reverse("desk:trust:staff_member", args=[nobody])).status_code == 404


def test_what_an_action_refuses_stands_beside_its_field_or_on_top() -> None:
    form = RolesForm({"roles": []})
    form.add_problems(ValidationError({"roles": "no such role", "unknown_field": "something else"}))
    form.add_problems(ValidationError("all of it"))
    assert form.errors == {"roles": ["no such role"], "__all__": ["something else", "all of it"]}
