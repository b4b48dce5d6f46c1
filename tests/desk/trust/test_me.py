import pytest
from django.test import Client
from django.urls import reverse

from safar.desk.trust.devices import device_name
from safar.trust.models import AuditEntry

pytestmark = pytest.mark.django_db
ME = "desk:trust:me"


@pytest.mark.parametrize("role", ["administrator", "coordinator", "ministry_viewer"])
def test_everybody_has_a_page_of_their_own(role: str, client_of) -> None:
    client = client_of(role)
    page = client.get(reverse(ME)).content.decode()
    assert client.staff.full_name in page
    assert "Set up" in page


def test_somebody_without_a_role_has_no_desk(client_of) -> None:
    assert client_of().get(reverse("desk:trust:me")).status_code == 403


def test_language_and_theme_are_saved_and_at_once_in_use(client_of) -> None:
    client = client_of("counsellor")
    response = client.post(reverse("desk:trust:me"), {"language": "ru", "theme": "dark"})
    assert response["Location"] == reverse("desk:trust:me")
    assert response.cookies["theme"].value == "dark"
    page = client.get(reverse("desk:trust:me")).content.decode()
    assert '<html lang="ru" data-theme="dark"' in page
    assert AuditEntry.objects.get().action == "trust.staff.preferences"


def test_following_the_device_takes_the_cookie_away(client_of) -> None:
    client = client_of("counsellor", theme="dark")
    response = client.post(reverse("desk:trust:me"), {"language": "en", "theme": "system"})
    assert response.cookies["theme"]["max-age"] == 0


def test_a_language_nobody_speaks_comes_back_with_the_form(client_of) -> None:
    response = client_of("counsellor").post(reverse("desk:trust:me"), {"language": "xx", "theme": "dark"})
    assert response.status_code == 422


def test_the_menu_of_any_page_changes_the_language_and_stays_there(client_of) -> None:
    client = client_of("counsellor")
    response = client.post(reverse("desk:trust:language"), {"language": "ru", "next": "/desk/anywhere/"})
    assert response["Location"] == "/desk/anywhere/"
    client.staff.refresh_from_db()
    assert client.staff.language == "ru"


def test_the_menu_of_any_page_changes_the_theme(client_of) -> None:
    response = client_of("counsellor").post(reverse("desk:trust:theme"), {"theme": "light", "next": "/desk/"})
    assert response.cookies["theme"].value == "light"


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", ""])
def test_the_way_back_never_leads_to_another_site(elsewhere: str, client_of) -> None:
    response = client_of("counsellor").post(reverse("desk:trust:language"), {"language": "ru", "next": elsewhere})
    assert response["Location"] == reverse("desk:trust:me")


def test_a_wrong_choice_in_the_menu_says_so(client_of) -> None:
    client = client_of("counsellor")
    client.post(reverse("desk:trust:theme"), {"theme": "pink"})
    assert "Unknown appearance." in client.get(reverse("desk:trust:me")).content.decode()


def test_changing_by_address_alone_is_refused(client_of) -> None:
    assert client_of("counsellor").get(reverse("desk:trust:language")).status_code == 405


def test_the_last_sign_ins_are_shown_with_browser_and_address(client: Client, staff_member) -> None:
    member = staff_member("counsellor")
    browser = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
    typed = {"login": member.email, "password": "correct horse battery"}
    client.post(reverse("account_login"), typed, HTTP_USER_AGENT=browser)
    page = client.get(reverse("desk:trust:me")).content.decode()
    assert "Firefox, Windows" in page
    assert "127.0.0.1" in page


@pytest.mark.parametrize(
    ("host", "possible"), [("testserver", True), ("127.0.0.1:8000", False), ("localhost:8000", True)]
)
def test_passkeys_are_offered_where_browsers_allow_them(host: str, possible, client_of, settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    page = client_of("counsellor").get(reverse("desk:trust:me"), HTTP_HOST=host).content.decode()
    assert (reverse("mfa_add_webauthn") in page) is possible


@pytest.mark.parametrize(
    ("says", "named"),
    [
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 YaBrowser/25.1 Safari/537.36",
            "Yandex, Windows",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("curl/8.5", "Unknown browser"),
        ("", "Unknown browser"),
    ],
)
def test_a_browser_is_named_so_that_one_knows_ones_own(says: str, named: str) -> None:
    assert device_name(says) == named
