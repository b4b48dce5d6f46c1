import datetime as dt

import pytest

from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.messaging.actions import enquiries
from safar.messaging.models import Enquiry
from safar.portal import guard
from tests.portal.test_pages import plain

pytestmark = pytest.mark.django_db
QUESTION = {"text": "Can I go back to Russia?", "reply_by": "code"}


def test_a_question_without_a_name_is_taken_and_answered_with_a_code(filled, visitor, office):
    response = filled("/en/ask/", **QUESTION)
    enquiry = Enquiry.objects.get()
    assert response.status_code == 200
    assert enquiry.shown_code in plain(response)
    assert (enquiry.kind, enquiry.language, enquiry.name) == ("question", "en", "")
    assert list(visitor.cookies) == ["csrftoken"]


def test_loading_the_answer_again_shows_the_same_code_and_takes_nothing_twice(visitor, office):
    page = visitor.get("/en/ask/")
    sent = QUESTION | {"form_key": page.context["form_key"], "csrfmiddlewaretoken": page.cookies["csrftoken"].value}
    first, second = visitor.post("/en/ask/", sent), visitor.post("/en/ask/", sent)
    assert plain(first) == plain(second)
    assert Enquiry.objects.count() == 1


def test_what_is_missing_is_named_and_what_was_typed_is_still_there(filled, office):
    response = filled("/en/ask/", text="My passport was taken", reply_by="phone")
    html = plain(response)
    assert response.status_code == 422
    assert "Write where we can reach you" in html
    assert "My passport was taken" in html
    assert 'class="error-summary"' in html


def test_an_empty_form_is_refused_by_the_page_itself(filled, office):
    response = filled("/en/ask/")
    assert response.status_code == 422
    assert not Enquiry.objects.exists()


def test_a_visit_names_a_centre_a_day_and_a_time_of_day(filled, office):
    day = today() + dt.timedelta(days=3)
    response = filled(
        "/ru/visit/", **QUESTION, centre=str(office.pk), wished_on=day.isoformat(), wished_part="evening", name="Nodira"
    )
    enquiry = Enquiry.objects.get()
    assert response.status_code == 200
    assert (enquiry.kind, enquiry.centre, enquiry.wished_on, enquiry.wished_part) == ("visit", office, day, "evening")
    assert (enquiry.language, enquiry.name) == ("ru", "Nodira")


def test_a_visit_in_the_past_is_refused_at_the_day(filled, office):
    response = filled("/en/visit/", **QUESTION, centre=str(office.pk), wished_on="2020-01-01")
    assert response.status_code == 422
    assert "This day has passed." in plain(response)


def test_offices_are_offered_before_outreach_points(visitor, office):
    from tests.factories import trust

    trust.centre("AAA", kind="outreach_point")
    offered = [label for _key, label in visitor.get("/en/visit/").context["form"].fields["centre"].choices]
    assert offered == ["Tashkent centre", "Centre AAA"]


def test_a_machine_that_fills_every_field_is_told_to_wait_and_nothing_is_taken(filled, office):
    response = filled("/en/ask/", **QUESTION, **{guard.HONEYPOT: "https://spam.example"})
    assert response.status_code == 429
    assert not Enquiry.objects.exists()


def test_one_address_cannot_fill_the_inbox(filled, office, monkeypatch):
    monkeypatch.setitem(guard.LIMITS, "enquiry", 2)
    statuses = [filled("/en/ask/", **QUESTION).status_code for _each in range(3)]
    assert statuses == [200, 200, 429]
    assert Enquiry.objects.count() == 2


def test_another_address_is_not_held_up(filled, visitor, office, monkeypatch):
    monkeypatch.setitem(guard.LIMITS, "enquiry", 1)
    assert [filled("/en/ask/", **QUESTION).status_code for _each in range(2)] == [200, 429]
    visitor.defaults["REMOTE_ADDR"] = "203.0.113.9"
    assert filled("/en/ask/", **QUESTION).status_code == 200


def test_the_cache_never_holds_an_address(rf, office):
    request = rf.post("/en/ask/", REMOTE_ADDR="203.0.113.9")
    assert "203.0.113.9" not in guard._fingerprint(request)
    assert guard._fingerprint(request) == guard._fingerprint(request)


def test_behind_a_proxy_people_are_told_apart_by_its_own_entry_and_nowhere_else(rf, settings):
    def mark(forwarded):
        return guard._fingerprint(rf.post("/", headers={"X-Forwarded-For": forwarded}))

    assert mark("203.0.113.9") == mark("203.0.113.10"), "without a proxy anybody can write this header"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert mark("203.0.113.9") != mark("203.0.113.10")
    assert mark("198.51.100.1, 203.0.113.9") == mark("192.0.2.7,203.0.113.9")
    assert guard._fingerprint(rf.post("/")) == guard._fingerprint(rf.post("/"))


def test_a_count_that_ends_between_two_lines_begins_again(rf, monkeypatch):
    def gone(key):
        raise ValueError(key)

    monkeypatch.setattr(guard.cache, "incr", gone)
    assert guard.too_many(rf.post("/"), "code") is False


def test_a_form_from_another_site_is_refused(visitor, office):
    assert visitor.post("/en/ask/", QUESTION).status_code == 403
    assert not Enquiry.objects.exists()


def test_the_answer_is_read_with_the_code_on_any_phone(filled, office):
    enquiry = enquiries.submit(details=_details())
    waiting = plain(filled("/en/answer/", code=enquiry.shown_code.lower()))
    assert "Nobody has answered yet." in waiting
    enquiries.answer(enquiry_id=enquiry.pk, text="Yes, with a new passport.", by=MACHINE)
    html = plain(filled("/en/answer/", code=enquiry.code))
    assert "Yes, with a new passport." in html
    assert "Can I go back?" in html
    assert "Nodira" not in html


def test_a_question_closed_without_an_answer_says_so(filled, office):
    enquiry = enquiries.submit(details=_details())
    enquiries.close(enquiry_id=enquiry.pk, by=MACHINE)
    assert "closed without a written answer" in plain(filled("/en/answer/", code=enquiry.code))


def test_a_wrong_code_finds_nothing_and_may_be_corrected(filled, office):
    response = filled("/en/answer/", code="CKMP-TXH3-2345")
    assert response.status_code == 422
    assert "Compare it sign by sign." in plain(response)
    assert filled("/en/answer/", code="").status_code == 422


def test_codes_cannot_be_guessed_by_trying(filled, office):
    enquiry = enquiries.submit(details=_details())
    statuses = [filled("/en/answer/", code="2222-2222-2222").status_code for _each in range(guard.LIMITS["code"])]
    assert set(statuses) == {422}
    assert filled("/en/answer/", code=enquiry.code).status_code == 429


def test_the_code_stands_in_no_address(filled, office):
    response = filled("/en/answer/", code=enquiries.submit(details=_details()).code)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert response.request["QUERY_STRING"] == ""


def _details():
    from safar.messaging.rules import EnquiryDetails

    return EnquiryDetails(kind="question", text="Can I go back?", language="en", name="Nodira")
