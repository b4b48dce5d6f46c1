"""The self-check for everybody: it explains, says which steps are in place, and keeps nothing."""

import pytest

from safar.cases.models import Assessment, InstrumentVersion
from safar.cases.queries import instruments
from safar.portal import guard
from tests.factories.instruments import installed
from tests.portal.test_pages import plain

pytestmark = pytest.mark.django_db
READY = {
    "q-where/destination": "KR",
    "q-where/channel": "organised",
    "q-papers/documents": ["passport", "permit"],
    "q-papers/contract": "own_language",
    "q-money/costs": "yes",
    "q-money/contact_home": "no",
}


def test_self_check_that_is_not_in_use_is_not_there(visitor, office) -> None:
    assert visitor.get("/en/ready/").status_code == 404
    with pytest.raises(InstrumentVersion.DoesNotExist):
        instruments.public_version("satisfaction")


def test_answers_are_explained_counted_and_kept_nowhere(filled, visitor, office) -> None:
    installed("readiness")
    assert "Nothing you choose here is kept." in plain(visitor.get("/en/ready/"))
    done = plain(filled("/en/ready/", **READY))
    assert "5 of 6 steps are in place." in done
    assert "a day on which you call" in done
    assert not Assessment.objects.exists()


def test_open_questions_are_asked_again_with_what_follows_from_them(filled, office) -> None:
    installed("readiness")
    page = plain(filled("/en/ready/", **{"q-where/channel": "agency", "q-papers/documents": ["none", "passport"]}))
    assert "looked up the licence" in page
    assert "cannot stand together with others" in page
    assert "Please answer this question." in page


def test_hammering_is_slowed_down(filled, office, monkeypatch) -> None:
    installed("readiness")
    monkeypatch.setitem(guard.LIMITS, "self_check", 0)
    assert filled("/en/ready/", **READY).status_code == 429
