"""Base pages, error pages and the gallery."""

import re

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory, override_settings
from django.utils import translation

from safar.ui import context, gallery, views
from safar.ui.middleware import PERMISSIONS_POLICY, ResponsePolicy
from tests.ui.rendering import Elements, request

ERRORS = {
    400: lambda asked: views.bad_request(asked, ValueError()),
    403: lambda asked: views.refused(asked, PermissionError()),
    404: lambda asked: views.not_found(asked, LookupError()),
    500: views.broken,
}


def _page(asked=None, **values) -> str:
    return render_to_string("ui/base.html", values, asked or request())


@pytest.mark.parametrize(("code", "tag"), [("uz", "uz"), ("uz-cyrl", "uz-Cyrl"), ("ru", "ru"), ("en", "en")])
def test_a_page_says_its_language_as_browsers_read_it(code, tag):
    with translation.override(code):
        assert Elements(_page()).one("html")["lang"] == tag


def test_a_page_can_be_skipped_through_and_loads_only_from_here():
    found = Elements(_page())
    assert found.one("a", class_="skip")["href"] == "#content"
    assert found.one("main")["id"] == "content"
    addresses = [attrs.get("src") or attrs.get("href") for _tag, attrs in found.found if _tag in ("script", "link")]
    assert addresses
    assert all(address.startswith("/") for address in addresses)
    assert "style=" not in _page()


def test_the_demo_says_that_it_is_one():
    with override_settings(SAFAR_IS_DEMO=True):
        assert "all people and figures are generated" in _page()
    with override_settings(SAFAR_IS_DEMO=False):
        assert "all people and figures are generated" not in _page()


@pytest.mark.parametrize(
    ("level", "tone"),
    [
        (constants.SUCCESS, "good"),
        (constants.WARNING, "warn"),
        (constants.ERROR, "danger"),
        (constants.INFO, "info"),
        (constants.DEBUG, "info"),
    ],
)
def test_messages_are_read_aloud_when_they_come(level, tone):
    found = Elements(_page(messages=[Message(level, "Saved <b>")]))
    assert found.one("div", role="status")["aria-live"] == "polite"
    assert found.one("div", data_toast=None)["class"] == f"toast tone-{tone}"


def test_the_theme_of_the_desk_is_in_the_first_answer():
    asked = RequestFactory().get("/desk/x/")
    asked.COOKIES["theme"] = "dark"
    assert Elements(_page(asked)).one("html")["data-theme"] == "dark"
    asked.COOKIES["theme"] = '"><script>'
    assert "data-theme" not in Elements(_page(asked)).one("html")
    public = RequestFactory().get("/uz/")
    public.COOKIES["theme"] = "dark"
    assert context.page(public)["theme"] == ""


def test_every_language_is_offered_by_its_own_name():
    languages = list(context.page(request("/desk/"))["languages"])
    assert [(language.tag, language.name) for language in languages] == [
        ("uz", "Oʻzbekcha"),
        ("uz-Cyrl", "Ўзбекча"),
        ("ru", "Русский"),
        ("en", "English"),
    ]
    assert [language.code for language in languages if language.is_current] == ["en"]


@pytest.mark.parametrize("path", ["/desk/x/", "/uz/x/"])
@pytest.mark.parametrize("status", ERRORS)
def test_an_error_page_explains_itself_and_shows_a_way_on(status, path):
    response = ERRORS[status](request(path))
    assert response.status_code == status
    found = Elements(response.content.decode())
    assert "data-error" in found.one("body")
    assert found.all("a", class_="button button-primary")[0]["href"]
    sheets = [link["href"] for link in found.all("link", rel="stylesheet")]
    assert any("portal.css" in sheet for sheet in sheets) is not path.startswith("/desk/")


def test_a_form_that_waited_too_long_says_that_nothing_is_lost():
    response = views.stale_form(request())
    assert response.status_code == 403
    assert "Nothing was lost" in response.content.decode()


def test_when_even_the_error_page_breaks_there_is_an_answer(monkeypatch):
    def fail(*args, **kwargs):
        raise OSError

    monkeypatch.setattr(views, "render_to_string", fail)
    response = views.broken(request())
    assert response.status_code == 500
    assert b"Something went wrong on our side" in response.content


def test_the_500_page_reads_nothing_of_the_request_but_its_path():
    class Broken:
        path = "/desk/x/"

    assert views.broken(Broken()).status_code == 500


@override_settings(SAFAR_IS_DEMO=True)
@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", "?language=uz-cyrl", "?language=ru&sheet=portal", "?language=xx", "?toast=1"])
def test_the_gallery_shows_everything(query):
    response = Client().get(f"/gallery/{query}")
    assert response.status_code == 200
    text = response.content.decode()
    Elements(text)
    assert text.count('<svg xmlns="http://www.w3.org/2000/svg"') == 5
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert ("portal.css" in text) is ("sheet=portal" in query)
    assert response.headers["Permissions-Policy"] == PERMISSIONS_POLICY


@override_settings(SAFAR_IS_DEMO=False, DEBUG=False)
@pytest.mark.django_db
def test_a_centre_has_no_gallery():
    assert Client().get("/gallery/").status_code == 404


def test_pages_behind_sign_in_are_kept_out_of_shared_caches():
    policy = ResponsePolicy(lambda _asked: HttpResponse())
    assert policy(request("/desk/x/")).headers["Cache-Control"] == "no-store"
    assert "Cache-Control" not in policy(request("/uz/")).headers


def test_the_gallery_says_who_may_see_it():
    assert gallery.show.access == "public"
    assert gallery.show.login_required is False
