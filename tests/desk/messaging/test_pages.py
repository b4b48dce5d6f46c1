import datetime as dt

import pytest

from safar.kernel.clock import today
from safar.kernel.once import fresh_key
from safar.messaging.actions import enquiries as actions
from safar.messaging.models import Answer, Enquiry, Message
from safar.messaging.rules import EnquiryDetails
from safar.people.queries.consent import may_follow_up
from safar.trust.models import AuditEntry
from tests.factories import people

pytestmark = pytest.mark.django_db


def ask(**fields) -> Enquiry:
    told = {"kind": "question", "text": "Where is my wage?", "language": "uz"} | fields
    return actions.submit(details=EnquiryDetails(**told))


def test_the_inbox_lists_neither_names_nor_text_and_leaves_no_trace(client_of):
    ask(name="Nodira", reply_by="phone", contact="+998901234567")
    response = client_of("counsellor").get("/desk/messages/")
    assert response.status_code == 200
    for hidden in ("Nodira", "Where is my wage", "+998901234567"):
        assert hidden not in response.text
    assert not AuditEntry.objects.filter(verb="read").exists()


def test_the_inbox_is_narrowed_by_state_and_kind(client_of, home_centre):
    question = ask()
    visit = ask(kind="visit", centre_id=home_centre.pk, wished_on=today() + dt.timedelta(days=2), wished_part="evening")
    client = client_of("counsellor")
    assert list(client.get("/desk/messages/", {"kind": "visit"}).context["page"]) == [visit]
    assert set(client.get("/desk/messages/", {"state": "new"}).context["page"]) == {question, visit}
    assert "Nothing is waiting" in client.get("/desk/messages/", {"state": "closed"}).text
    assert set(client.get("/desk/messages/", {"state": "no_such"}).context["page"]) == {question, visit}


def test_others_are_refused(client_of):
    enquiry = ask()
    for role in ("outreach_officer", "ministry_viewer"):
        client = client_of(role)
        for path in ("", f"{enquiry.pk}/", "outbox/"):
            assert client.get(f"/desk/messages/{path}").status_code == 403
        assert client.post(f"/desk/messages/{enquiry.pk}/close/").status_code == 403


def test_opening_a_question_shows_everything_and_leaves_a_trace(client_of, home_centre):
    enquiry = ask(
        kind="visit",
        centre_id=home_centre.pk,
        name="Nodira",
        reply_by="phone",
        contact="+998901234567",
        wished_on=today() + dt.timedelta(days=2),
    )
    response = client_of("counsellor").get(f"/desk/messages/{enquiry.pk}/")
    for told in ("Nodira", "Where is my wage?", "+998901234567", enquiry.shown_code, "others may use this phone"):
        assert told in response.text
    assert AuditEntry.objects.filter(verb="read", subject_key=enquiry.pk).count() == 1


def test_an_answer_is_given_once_however_often_the_form_is_sent(client_of):
    enquiry = ask()
    client = client_of("counsellor")
    typed = {"text": "Bring the contract.", "form_key": fresh_key()}
    for _each in range(2):
        assert client.post(f"/desk/messages/{enquiry.pk}/", typed).status_code == 302
    assert Answer.objects.count() == 1
    assert "Bring the contract." in client.get(f"/desk/messages/{enquiry.pk}/").text


def test_an_empty_answer_is_refused(client_of):
    enquiry = ask()
    assert client_of("counsellor").post(f"/desk/messages/{enquiry.pk}/", {"text": ""}).status_code == 422


def test_what_the_action_refuses_stands_above_the_form(client_of, monkeypatch):
    from django.core.exceptions import ValidationError

    from safar.desk.messaging.forms import AnswerForm

    form = AnswerForm({"text": "x"})
    form.is_valid()
    form.add_problems(ValidationError("Another centre's"))
    form.add_problems(ValidationError({"text": "Empty"}))
    assert set(form.errors) == {"__all__", "text"}


def test_a_closed_question_leaves_the_list_of_the_waiting(client_of):
    enquiry = ask()
    client = client_of("counsellor")
    assert "Closed." in client.post(f"/desk/messages/{enquiry.pk}/close/", follow=True).text
    assert "closed already" in client.post(f"/desk/messages/{enquiry.pk}/close/", follow=True).text
    assert "/close/" not in client.get(f"/desk/messages/{enquiry.pk}/").text


def test_todays_board_says_how_many_wait(client_of):
    client = client_of("counsellor")
    assert "Questions from the public pages" not in client.get("/desk/").text
    ask()
    assert "1 waits for a first answer." in client.get("/desk/").text


def test_the_outbox_says_what_became_of_each_reminder_and_names_nobody(client_of):
    client = client_of("counsellor")
    assert "No reminder was sent yet" in client.get("/desk/messages/outbox/").text
    key = people.person(consents=[people.consent(), people.consent("be_contacted")]).pk
    common = {"person_key": key, "kind": "session", "channel": "email", "language": "uz", "body": "Secret place"}
    passed = may_follow_up(key)
    Message(**common, state="refused", refusal="no_consent", staff=client.staff).save()
    Message(**common, state="failed", error="SMTPException").save(passed=passed)
    Message(**common, state="sent").save(passed=passed)
    text = client.get("/desk/messages/outbox/").text
    assert "has not agreed to be contacted" in text
    assert "SMTPException" in text
    assert "Secret place" not in text


def test_an_answer_the_action_refuses_comes_back_with_what_was_typed(client_of, monkeypatch):
    from django.core.exceptions import ValidationError

    def refuse(**_given):
        raise ValidationError("This was sent to another centre.")

    monkeypatch.setattr(actions, "answer", refuse)
    response = client_of("counsellor").post(f"/desk/messages/{ask().pk}/", {"text": "Bring the contract."})
    assert response.status_code == 422
    assert "This was sent to another centre." in response.text
    assert "Bring the contract." in response.text
