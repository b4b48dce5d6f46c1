"""Every public page in every language: what a reader needs stands on it, and it costs little."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.portal.conftest import CACHEABLE, FORMS, LANGUAGES

pytestmark = pytest.mark.django_db
FIRST_LOAD = 14 * 1024


def plain(response) -> str:
    content = response.content
    coding = response.headers.get("Content-Encoding")
    return {"br": brotli.decompress, "gzip": gzip.decompress}.get(coding, bytes)(content).decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", CACHEABLE)
def test_a_page_to_read_may_be_kept_by_anybody_and_sets_no_cookie(visitor, site, language, path):
    response = visitor.get(f"/{language}/{path}")
    assert response.status_code == 200
    assert response["Cache-Control"] == "public, max-age=300"
    assert response["ETag"].startswith('W/"')
    assert not response.cookies
    assert "Cookie" not in response["Vary"]
    html_language = {"uz-cyrl": "uz-Cyrl"}.get(language, language)
    assert f'<html lang="{html_language}">' in plain(response)


@pytest.mark.parametrize("path", CACHEABLE)
def test_a_page_to_read_is_the_same_for_a_signed_in_colleague(client_of, site, path):
    response = client_of("counsellor").get(f"/uz/{path}")
    assert "Cookie" not in response["Vary"]
    assert not response.cookies
    assert plain(response) == plain(Client().get(f"/uz/{path}"))


@pytest.mark.parametrize("path", FORMS)
def test_a_form_sets_only_the_cookie_that_guards_it_and_is_kept_by_nobody(visitor, office, path):
    response = visitor.get(f"/uz/{path}")
    assert list(response.cookies) == ["csrftoken"]
    assert response["Cache-Control"] == "no-store"


def test_a_browser_that_has_the_page_gets_it_once(visitor, site):
    first = visitor.get("/uz/guide/ru/")
    again = visitor.get("/uz/guide/ru/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_pages_travel_compressed(visitor, site, coding):
    response = visitor.get("/uz/", headers={"Accept-Encoding": coding})
    assert response["Content-Encoding"] == coding
    assert "Accept-Encoding" in response["Vary"]
    assert plain(response) == plain(visitor.get("/uz/"))


def test_a_form_is_never_compressed_in_a_way_whose_length_tells_of_its_token(visitor, office):
    response = visitor.get("/uz/ask/", headers={"Accept-Encoding": "br, gzip"})
    assert response["Content-Encoding"] == "gzip"
    lengths = {len(visitor.get("/uz/ask/", headers={"Accept-Encoding": "gzip"}).content) for _each in range(8)}
    assert len(lengths) > 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path", ["", "guide/", "guide/ru/", "sessions/", "ask/", "visit/", "book/", "book/tas/", "booking/"]
)
def test_the_first_load_of_any_page_stays_within_14_kb(visitor, site, language, path):
    html = plain(visitor.get(f"/{language}/{path}"))
    sheets = re.findall(r'rel="stylesheet" href="/static/([^"]+)"', html)
    assert len(sheets) == 2
    parts = [html.encode(), *(Path(finders.find(sheet)).read_bytes() for sheet in sheets)]
    assert sum(len(brotli.compress(part, quality=6)) for part in parts) <= FIRST_LOAD


@pytest.mark.parametrize("path", [*CACHEABLE, *FORMS])
def test_a_page_runs_nothing_and_fetches_nothing_from_elsewhere(visitor, site, path):
    html = plain(visitor.get(f"/uz/{path}"))
    assert "<script" not in html
    assert "style=" not in html
    assert not re.findall(r'(?:src|<link[^>]+href)="https?://', html)


def test_the_home_page_names_the_promise_the_services_and_the_ways_in(visitor, site):
    html = plain(visitor.get("/en/"))
    assert "What you tell us stays with us." in html
    assert html.count('itemtype="https://schema.org/GovernmentService"') == 3
    for address in (
        "/en/ask/",
        "/en/book/",
        "/en/booking/",
        "/en/sessions/",
        "/en/guide/kr/",
        "/en/centres/",
        "/en/answer/",
    ):
        assert f'href="{address}"' in html


def test_the_promise_is_marked_with_the_language_it_is_in(visitor, site):
    assert 'class="promise" lang="uz-Cyrl"' in plain(visitor.get("/uz-cyrl/"))


def test_a_centre_shows_hours_address_phone_and_a_map_to_open(visitor, office):
    html = plain(visitor.get("/en/centres/"))
    for told in ("Monday to Friday 9:00–18:00", "1 Sample Street", 'href="tel:+998712000000"'):
        assert told in html
    assert "https://www.openstreetmap.org/?mlat=41.31000&amp;mlon=69.28000#map=17/41.31000/69.28000" in html
    assert 'itemtype="https://schema.org/GovernmentOffice"' in html


def test_a_mobile_team_without_a_place_shows_no_map_and_stands_behind_the_centres(visitor, office):
    from tests.factories import trust

    trust.centre("AAA", kind="mobile_team", name={"en": "Mobile team"}, region="UZ-TK")
    html = plain(visitor.get("/en/centres/"))
    assert html.count("openstreetmap") == 1
    assert html.index("Tashkent centre") < html.index('itemprop="name">Mobile team')


def test_without_a_centre_the_page_says_so(visitor):
    assert "No centre is open at present." in plain(visitor.get("/en/centres/"))


def test_an_expired_fact_says_so_plainly_and_a_fact_in_date_does_not(visitor, site, client_of):
    from safar.guide.models import FactVersion

    FactVersion.objects.update(expires_on="2999-01-01", verified_by=client_of("coordinator").staff)
    assert "past its date" not in plain(visitor.get("/en/guide/ru/"))
    FactVersion.objects.filter(fact__key="ru-patent-fee").update(expires_on="2026-01-01")
    html = plain(visitor.get("/en/guide/ru/"))
    assert html.count("Checked on 6 Sept 2025, past its date: ask the centre before you rely on it.") == 1
    assert "1 line on this page is past its date and says so." in html


def test_a_shipped_fact_nobody_at_the_centre_has_checked_does_not_claim_a_check(visitor, site):
    html = plain(visitor.get("/en/guide/ru/"))
    assert "Checked on" not in html
    assert "As of 6 Sept 2025, past its date" in html
    assert "not yet checked by the centre" in html


def test_every_fact_names_its_source(visitor, site):
    html = plain(visitor.get("/ru/guide/kr/"))
    assert html.count('class="told') == html.count('class="source"') > 5
    assert "https://darakchi.uz/oz/147940" in html


def test_a_guide_without_facts_says_so(visitor, office):
    from tests.factories import guide

    guide.guide("DE", title={"en": "Germany"})
    assert "Nothing is written here yet." in plain(visitor.get("/en/guide/de/"))


@pytest.mark.parametrize(
    "address", ["/uz/guide/zz/", "/uz/no/such/page/", "/ru/sessions/0197a3b0-0000-7000-8000-000000000000/"]
)
def test_what_is_not_there_gets_a_page_in_the_same_style_and_language(visitor, office, address):
    response = visitor.get(address)
    assert response.status_code == 404
    assert 'class="doors"' in plain(response)
    assert not response.cookies


def test_an_address_without_its_last_slash_is_led_to_it(visitor, office):
    response = visitor.get("/uz/centres")
    assert (response.status_code, response["Location"]) == (301, "/uz/centres/")


def test_the_languages_lead_to_the_same_page(visitor, site):
    html = plain(visitor.get("/ru/guide/kr/"))
    for language in LANGUAGES:
        assert f'href="/{language}/guide/kr/"' in html
    assert 'hreflang="uz-Cyrl"' in html


def test_a_hotline_nobody_has_checked_is_not_given_out(visitor, office, monkeypatch):
    from safar.portal.views import information
    from safar.trust.queries.profile import profile

    assert "1148" not in plain(visitor.get("/en/about/"))
    checked = [line.model_copy(update={"verify": False}) for line in profile().hotlines]
    monkeypatch.setattr(information, "profile", lambda: profile().model_copy(update={"hotlines": tuple(checked)}))
    assert 'href="tel:1148"' in plain(visitor.get("/en/about/"))


def test_the_page_about_data_names_the_term_the_profile_sets(visitor, office):
    assert "deleted 12 months after it was closed" in plain(visitor.get("/en/about/"))


@pytest.mark.parametrize("is_demo", [True, False])
def test_search_engines_are_kept_out_of_a_demo_and_let_into_a_centre(visitor, site, settings, is_demo):
    settings.SAFAR_IS_DEMO = is_demo
    assert ('name="robots" content="noindex"' in plain(visitor.get("/uz/"))) is is_demo


def test_a_reading_page_asks_the_database_the_same_however_much_it_shows(
    visitor, site, office, django_assert_max_num_queries
):
    from tests.factories import awareness

    for _each in range(4):
        awareness.upcoming(office)
    with django_assert_max_num_queries(4):
        visitor.get("/uz/")
    with django_assert_max_num_queries(2):
        visitor.get("/uz/guide/ru/")
