"""The public offer check: the desk's rules for anybody, in every language, without script, name or trace."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safar.cases.models import OfferCheck, ShownText
from safar.portal import guard
from tests.factories.offers import agency, register, row
from tests.portal.conftest import LANGUAGES
from tests.portal.test_pages import plain

pytestmark = pytest.mark.django_db
HARMLESS = {
    "offered_by": "relative", "channel": "office", "employer_asked": "yes", "purpose": "work", "visa_type": "work",
    "contract": "yes", "contract_readable": "yes", "wage_in_contract": "yes", "payees": ["nobody"], "deposit": "none", "passport": "client",
    "pressure": "no", "guaranteed": "no",
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_answered_in_every_language(filled, language):
    response = filled(f"/{language}/check-offer/", **HARMLESS | {"visa_type": "tourist"})
    html = plain(response)
    assert response.status_code == 200
    words = {"en": "tourist visa", "ru": "туристическую визу", "uz": "turistik viza", "uz-cyrl": "туристик виза"}
    assert words[language] in html
    assert "kursiv.media" in html


def test_nothing_is_kept_and_nobody_is_remembered(filled, visitor):
    agency()
    told = HARMLESS | {
        "offered_by": "agency",
        "agency_name": "Namuna Safar",
        "costs": ["early"],
        "payees": ["official"],
    }
    with CaptureQueriesContext(connection) as seen:
        response = filled("/en/check-offer/", **told)
    assert "Stop and call" in plain(response)
    assert not [query["sql"] for query in seen if not query["sql"].startswith("SELECT")]
    assert not OfferCheck.objects.exists()
    assert not ShownText.objects.exists()
    assert list(visitor.cookies) == ["csrftoken"]
    assert response["Cache-Control"] == "no-store"
    assert len(response.content) < 40_000


def test_no_warning_is_no_promise(filled):
    html = plain(filled("/en/check-offer/", **HARMLESS))
    assert "No warning found" in html
    assert "That is no promise" in html
    html = plain(filled("/en/check-offer/", **HARMLESS | {"contract": "no"}))
    assert "no written contract" in html


def test_a_nearly_known_agency_is_named_with_the_day_of_the_register(filled):
    register(row("Namuna Safar"))
    html = plain(filled("/en/check-offer/", **HARMLESS | {"offered_by": "agency", "agency_name": "Namuna Safars"}))
    assert "Nearly this name stands in the register" in html
    assert "Licences as of the register of" in html


@pytest.mark.parametrize("costs", [["placement"], ["permit", "early"], ["other"]])
def test_what_is_asked_for_is_read(filled, costs):
    html = plain(filled("/en/check-offer/", **HARMLESS | {"costs": costs}))
    assert ("before there is a contract" in html) == ("early" in costs)


def test_a_wrong_day_comes_back(filled):
    response = filled("/en/check-offer/", **HARMLESS | {"contract_on": "soon"})
    assert response.status_code == 422


def test_machines_and_hammering_are_kept_off(filled, monkeypatch):
    assert filled("/en/check-offer/", website="x", **HARMLESS).status_code == 429
    cache.clear()
    monkeypatch.setitem(guard.LIMITS, "offer", 1)
    filled("/en/check-offer/", **HARMLESS)
    assert filled("/en/check-offer/", **HARMLESS).status_code == 429


def test_home_and_guide_lead_to_it(site, visitor):
    for path in ("/en/", "/en/guide/"):
        assert "/en/check-offer/" in plain(visitor.get(path))
