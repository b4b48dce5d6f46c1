import datetime as dt
import re

import pytest
import time_machine
from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, reverse

from safar.trust.models import AuditEntry, Staff

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
NOW = dt.datetime(2026, 3, 2, 6, 0, tzinfo=dt.UTC)


def sign_in(client: Client, email: str, password: str = PASSWORD, **headers):
    return client.post(reverse("account_login"), {"login": email, "password": password}, **headers)


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_right_password_opens_the_desk(client: Client, staff_member) -> None:
    member = staff_member("counsellor")
    response = sign_in(client, member.email.upper())
    assert response.status_code == 302
    assert response["Location"] == reverse(settings.LOGIN_REDIRECT_URL)
    assert signed_in(client)


def test_a_desk_page_asks_for_sign_in_first_and_comes_back_to_it(client: Client, staff_member) -> None:
    page = reverse("desk:trust:me")
    asked = client.get(page)
    assert asked["Location"] == f"{reverse('account_login')}?next={page}"
    assert sign_in(client, staff_member("counsellor").email).status_code == 302
    form = Client().get(asked["Location"]).content.decode()
    assert f'value="{page}"' in form


@pytest.mark.parametrize("email", ["", "nobody@example.org"])
def test_a_wrong_address_and_a_wrong_password_read_the_same(client: Client, staff_member, email: str) -> None:
    page = sign_in(client, email or staff_member("counsellor").email, "wrong").content.decode()
    assert "The e-mail address or the password is not right." in page
    assert not signed_in(client)


def test_what_was_typed_stays_but_the_password_does_not(client: Client) -> None:
    page = sign_in(client, "nodira@example.org", "a secret").content.decode()
    assert 'value="nodira@example.org"' in page
    assert "a secret" not in page


def test_somebody_whose_access_is_closed_is_told_so_and_stays_outside(client: Client, staff_member) -> None:
    member = staff_member("counsellor", is_active=False)
    page = client.get(reverse("account_inactive"))
    assert "Your access is closed" in page.content.decode()
    sign_in(client, member.email)
    assert not signed_in(client)


def test_closing_access_ends_an_open_session_with_the_next_page(client_of) -> None:
    client = client_of("counsellor")
    assert client.get(reverse("desk:trust:me")).status_code == 200
    Staff.objects.filter(pk=client.staff.pk).update(is_active=False)
    assert client.get(reverse("desk:trust:me")).status_code == 302


def test_there_is_no_sign_up_and_no_mail_management() -> None:
    for name in ("account_signup", "account_email", "account_reset_password", "socialaccount_connections"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    assert not get_adapter().is_open_for_signup(RequestFactory().get("/"))


def test_sign_out_asks_first_and_happens_by_post_only(client_of) -> None:
    client = client_of("counsellor")
    page = client.get(reverse("account_logout"))
    assert page.status_code == 200
    assert signed_in(client)
    assert client.post(reverse("account_logout"))["Location"] == reverse("account_login")
    assert not signed_in(client)


def test_the_language_of_the_sign_in_page_can_be_chosen(client: Client) -> None:
    response = client.post(reverse("account_language"), {"language": "ru", "next": reverse("account_login")})
    assert response["Location"] == reverse("account_login")
    assert 'lang="ru"' in client.get(reverse("account_login")).content.decode()


@time_machine.travel(NOW, tick=False)
def test_the_chosen_theme_comes_with_the_sign_in(client: Client, staff_member) -> None:
    assert sign_in(client, staff_member("counsellor", theme="dark").email).cookies["theme"].value == "dark"
    assert sign_in(Client(), staff_member("counsellor").email).cookies["theme"].value == ""


def test_five_wrong_passwords_lock_and_the_right_one_waits_too(client: Client, staff_member) -> None:
    member = staff_member("counsellor")
    with time_machine.travel(NOW, tick=False) as clock:
        for _ in range(4):
            assert sign_in(client, member.email, "wrong").status_code == 200
        locked = sign_in(client, member.email, "wrong")
        assert locked.status_code == 429
        assert "15 minutes, at 11:15" in locked.content.decode()
        assert locked["Retry-After"] == "900"
        clock.shift(dt.timedelta(minutes=10))
        again = sign_in(client, member.email)
        assert again.status_code == 429
        assert "5 minutes, at 11:15" in again.content.decode()
        assert not signed_in(client)
        clock.shift(dt.timedelta(minutes=5, seconds=1))
        assert sign_in(client, member.email).status_code == 302
        assert signed_in(client)


@time_machine.travel(NOW, tick=False)
def test_capitals_give_no_further_tries(client: Client, staff_member) -> None:
    member = staff_member("counsellor")
    spellings = [
        member.email,
        member.email.upper(),
        member.email.title(),
        f" {member.email}",
        member.email.capitalize(),
    ]
    statuses = [sign_in(client, spelling, "wrong").status_code for spelling in spellings]
    assert statuses == [200, 200, 200, 200, 429]


@time_machine.travel(NOW, tick=False)
def test_a_lock_holds_for_that_address_from_that_computer_only(client: Client, staff_member) -> None:
    member, colleague = staff_member("counsellor"), staff_member("counsellor")
    for _ in range(5):
        sign_in(client, member.email, "wrong")
    assert sign_in(Client(), member.email).status_code == 429
    assert sign_in(Client(), colleague.email).status_code == 302
    assert sign_in(Client(), member.email, REMOTE_ADDR="10.0.0.7").status_code == 302


@time_machine.travel(NOW, tick=False)
def test_a_success_forgets_earlier_failures(client: Client, staff_member) -> None:
    member = staff_member("counsellor")
    for _ in range(3):
        for _ in range(4):
            assert sign_in(Client(), member.email, "wrong").status_code == 200
        assert sign_in(Client(), member.email).status_code == 302


@time_machine.travel(NOW, tick=False)
def test_failures_and_the_lock_are_on_the_trail_but_guesses_at_strangers_are_not(client: Client, staff_member) -> None:
    member = staff_member("counsellor")
    for _ in range(7):
        sign_in(client, member.email, "wrong")
    sign_in(client, "nobody@example.org", "wrong")
    entries = AuditEntry.objects.filter(verb="sign_in")
    assert {entry.subject_key for entry in entries} == {member.pk}
    actions = sorted(entries.values_list("action", flat=True))
    assert actions == ["trust.account.locked_out", *["trust.account.sign_in_failed"] * 5]


def test_the_sign_in_page_carries_no_script_that_the_policy_would_stop(client: Client) -> None:
    response = client.get(reverse("account_login"))
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert re.findall(r"<script(?![^>]*\bsrc=)", response.content.decode()) == []
    assert response["Cache-Control"].startswith(("no-store", "max-age=0"))


def test_somebody_who_sees_the_sign_in_page_signed_in_goes_to_the_desk(client_of) -> None:
    assert client_of("counsellor").get(reverse("account_login"))["Location"] == reverse(settings.LOGIN_REDIRECT_URL)


def test_an_authenticator_app_is_set_up_and_removed(
    client: Client, staff_member, django_capture_on_commit_callbacks
) -> None:
    member = staff_member("counsellor")
    sign_in(client, member.email)
    setup = reverse("mfa_activate_totp")
    asked = client.get(setup)
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    assert "Your password" in client.get(asked["Location"]).content.decode()
    wrong = client.post(reverse("account_reauthenticate"), {"password": "wrong", "next": setup})
    assert "The password is not right." in wrong.content.decode()
    assert client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": setup})["Location"] == setup
    page = client.get(setup).content.decode()
    secret = re.search(r'class="secret">([A-Z2-7]+)<', page)[1]
    assert "This code is not right" in client.post(setup, {"code": "000000"}).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(setup, {"code": code_for(secret)})
    assert done["Location"] == reverse("mfa_view_recovery_codes")
    codes = re.findall(r"<li>(\d{8})</li>", client.get(done["Location"]).content.decode())
    assert len(codes) == 10
    assert client.get(reverse("mfa_download_recovery_codes")).content.decode().split() == codes
    trail = set(AuditEntry.objects.values_list("action", flat=True))
    assert "trust.account.factor_added" in trail

    assert client.get(reverse("mfa_index"))["Location"] == reverse("desk:trust:me")
    assert "10 codes left" in client.get(reverse("desk:trust:me")).content.decode()
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=member).exists()
    assert AuditEntry.objects.filter(action="trust.account.factor_removed").exists()


def _with_app(member: Staff) -> str:
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(member, secret)
    return secret


def test_with_a_second_factor_the_password_alone_opens_nothing(client: Client, staff_member) -> None:
    member = staff_member("counsellor")
    secret = _with_app(member)
    assert sign_in(client, member.email)["Location"] == reverse("mfa_authenticate")
    assert not signed_in(client)
    assert "One more step" in client.get(reverse("mfa_authenticate")).content.decode()
    assert "This code is not right" in client.post(reverse("mfa_authenticate"), {"code": "123456"}).content.decode()
    assert AuditEntry.objects.filter(action="trust.account.code_failed", subject_key=member.pk).count() == 1
    assert client.post(reverse("mfa_authenticate"), {"code": code_for(secret)}).status_code == 302
    assert signed_in(client)


def test_the_second_step_without_the_first_leads_back_to_it(client: Client) -> None:
    assert client.get(reverse("mfa_authenticate"))["Location"] == reverse("account_login")


def test_new_recovery_codes_replace_the_old(client: Client, staff_member, django_capture_on_commit_callbacks) -> None:
    member = staff_member("counsellor")
    secret = _with_app(member)
    sign_in(client, member.email)
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    new = reverse("mfa_generate_recovery_codes")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": new})
    assert "Make new recovery codes" in client.get(new).content.decode()
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(new)["Location"] == reverse("mfa_view_recovery_codes")
    assert AuditEntry.objects.filter(action="trust.account.factor_reset", fields=["recovery_codes"]).count() == 2


def test_one_may_confirm_by_code_instead_of_the_password(client: Client, staff_member) -> None:
    member = staff_member("counsellor")
    secret = _with_app(member)
    client.force_login(member, backend=settings.AUTHENTICATION_BACKENDS[1])
    page = client.get(reverse("account_reauthenticate")).content.decode()
    assert "Use a code" in page
    assert client.get(reverse("mfa_reauthenticate")).status_code == 200
    confirmed = client.post(
        reverse("mfa_reauthenticate"), {"code": code_for(secret), "next": reverse("mfa_deactivate_totp")}
    )
    assert confirmed["Location"] == reverse("mfa_deactivate_totp")


def test_a_wrong_password_when_confirming_counts_towards_the_lock(client_of) -> None:
    client = client_of("counsellor")
    statuses = [client.post(reverse("account_reauthenticate"), {"password": "wrong"}).status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 200, 429]


def test_the_password_is_changed_with_the_present_one(client_of) -> None:
    client = client_of("counsellor")
    page = reverse("account_change_password")
    assert client.get(page).status_code == 200
    typed = {"oldpassword": "wrong", "password1": "a much longer sentence", "password2": "a much longer sentence"}
    assert "Type your present password." in client.post(page, typed).content.decode()
    short = typed | {"oldpassword": PASSWORD, "password1": "short", "password2": "short"}
    assert client.post(page, short).status_code == 200
    assert client.post(page, typed | {"oldpassword": PASSWORD})["Location"] == reverse("desk:trust:me")
    client.staff.refresh_from_db()
    assert client.staff.check_password("a much longer sentence")
    assert AuditEntry.objects.get().action == "trust.account.password_chosen"
    assert "Your password has been changed." in client.get(reverse("desk:trust:me")).content.decode()


def test_somebody_without_a_password_chooses_one(client_of) -> None:
    client = client_of("counsellor")
    client.staff.set_unusable_password()
    client.staff.save()
    client.force_login(client.staff, backend=settings.AUTHENTICATION_BACKENDS[1])
    assert client.get(reverse("account_change_password"))["Location"] == reverse("account_set_password")
    page = reverse("account_set_password")
    assert client.get(page).status_code == 200
    typed = {"password1": "a much longer sentence", "password2": "a much longer sentence"}
    assert client.post(page, typed)["Location"] == reverse("desk:trust:me")
    client.staff.refresh_from_db()
    assert client.staff.check_password("a much longer sentence")


@pytest.mark.parametrize(
    "name",
    [
        "account_change_password",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "account_reauthenticate",
    ],
)
def test_pages_about_ones_own_access_ask_who_one_is(client: Client, name: str) -> None:
    assert client.get(reverse(name))["Location"].startswith(reverse("account_login"))
