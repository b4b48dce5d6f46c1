import pytest

from safar.awareness.models import SignUp
from safar.portal import guard
from tests.factories import awareness
from tests.portal.test_pages import plain

pytestmark = pytest.mark.django_db


def test_the_calendar_shows_public_sessions_to_come_by_day(visitor, site, office):
    awareness.session(office, title="Long over")
    awareness.upcoming(office, title="Behind doors", public=False)
    html = plain(visitor.get("/en/sessions/"))
    assert "Going to Korea" in html
    assert "2 places left" in html
    assert "College hall, Tashkent" in html
    assert 'itemtype="https://schema.org/Event"' in html
    assert "Long over" not in html
    assert "Behind doors" not in html


def test_without_sessions_the_calendar_says_what_to_do(visitor, office):
    html = plain(visitor.get("/en/sessions/"))
    assert "No open meeting is planned" in html
    assert 'href="/en/ask/"' in html


def test_a_place_is_kept_without_a_name(filled, visitor, site):
    response = filled(f"/uz/sessions/{site.pk}/")
    place = SignUp.objects.get()
    assert response.status_code == 200
    assert place.reference in plain(response)
    assert (place.name, place.phone, place.language) == ("", "", "uz")
    assert list(visitor.cookies) == ["csrftoken"]


def test_the_same_form_sent_twice_keeps_one_place(visitor, site):
    address = f"/en/sessions/{site.pk}/"
    page = visitor.get(address)
    sent = {"form_key": page.context["form_key"], "csrfmiddlewaretoken": page.cookies["csrftoken"].value}
    first, second = visitor.post(address, sent), visitor.post(address, sent)
    assert plain(first) == plain(second)
    assert SignUp.objects.count() == 1


def test_a_full_session_takes_nobody_and_says_so(filled, visitor, site):
    address = f"/en/sessions/{site.pk}/"
    page = visitor.get(address)
    for _each in range(2):
        filled(address)
    late = {"form_key": page.context["form_key"], "csrfmiddlewaretoken": visitor.cookies["csrftoken"].value}
    response = visitor.post(address, late)
    assert response.status_code == 422
    assert SignUp.objects.count() == 2
    assert "No more places can be kept" in plain(visitor.get(address))
    assert "No places left" in plain(visitor.get("/en/sessions/"))


def test_a_wrong_phone_number_is_named_at_its_field(filled, site):
    response = filled(f"/en/sessions/{site.pk}/", phone="12")
    assert response.status_code == 422
    assert not SignUp.objects.exists()
    assert 'aria-invalid="true"' in plain(response)


def test_a_name_that_is_too_long_is_refused_by_the_page_itself(filled, site):
    assert filled(f"/en/sessions/{site.pk}/", name="x" * 81).status_code == 422
    assert not SignUp.objects.exists()


def test_machines_and_hammering_are_stopped(filled, site, monkeypatch):
    address = f"/en/sessions/{site.pk}/"
    assert filled(address, **{guard.HONEYPOT: "x"}).status_code == 429
    monkeypatch.setitem(guard.LIMITS, "sign_up", 1)
    assert [filled(address).status_code for _each in range(2)] == [200, 429]


def test_a_session_the_public_may_not_see_is_not_there(visitor, office):
    hidden = awareness.upcoming(office, public=False)
    assert visitor.get(f"/en/sessions/{hidden.pk}/").status_code == 404
