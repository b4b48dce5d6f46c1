import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404

from safar.kernel.actor import MACHINE
from safar.kernel.clock import now, today
from safar.kernel.once import fresh_key
from safar.messaging.actions import enquiries as actions
from safar.messaging.models import Enquiry
from safar.messaging.queries import enquiries as queries
from safar.messaging.rules import EnquiryDetails
from safar.messaging.tasks import forget_old_enquiries
from safar.trust.models import AuditEntry
from tests.factories import trust

pytestmark = pytest.mark.django_db


def details(**fields) -> EnquiryDetails:
    return EnquiryDetails(**({"kind": "question", "text": "May I go back?", "language": "uz"} | fields))


def test_a_question_needs_no_name_and_gets_a_code():
    enquiry = actions.submit(details=details())
    assert (enquiry.state, enquiry.name, enquiry.contact, len(enquiry.code)) == ("new", "", "", 12)
    entry = AuditEntry.objects.get(action="messaging.enquiries.submit")
    assert (entry.actor_kind, entry.staff_id) == ("visitor", None)


def test_the_same_form_sent_twice_is_one_question_with_one_code():
    key = fresh_key()
    assert actions.submit(details=details(), form_key=key).code == actions.submit(details=details(), form_key=key).code
    assert Enquiry.objects.count() == 1


def test_who_chooses_the_code_leaves_no_number_behind():
    assert actions.submit(details=details(contact="+998901234567")).contact == ""
    kept = actions.submit(details=details(reply_by="phone", contact=" +998901234567 "))
    assert kept.contact == "+998901234567"


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"kind": "order"}, "kind"),
        ({"text": "  "}, "text"),
        ({"text": "x" * 2001}, "text"),
        ({"reply_by": "pigeon"}, "reply_by"),
        ({"reply_by": "telegram"}, "contact"),
        ({"reply_by": "email", "contact": "nobody"}, "contact"),
        ({"reply_by": "phone", "contact": "12345"}, "contact"),
        ({"kind": "visit"}, "centre"),
        ({"wished_part": "night"}, "wished_part"),
        ({"wished_on": today() - dt.timedelta(days=1)}, "wished_on"),
        ({"wished_on": today() + dt.timedelta(days=61)}, "wished_on"),
    ],
)
def test_what_is_missing_is_named_at_its_field(fields, at):
    with pytest.raises(ValidationError) as refused:
        actions.submit(details=details(**fields))
    assert at in refused.value.message_dict


def test_ways_to_answer_are_taken_when_they_can_be_used():
    for reply_by, contact in (("telegram", "@someone"), ("email", "a@example.org"), ("phone", "90 123 45 67")):
        assert actions.submit(details=details(reply_by=reply_by, contact=contact)).contact == contact


def test_nobody_can_be_sent_to_a_closed_centre(home_centre):
    closed = trust.centre("OLD", closed_on=today())
    visit = details(kind="visit", centre_id=home_centre.pk, wished_on=today(), wished_part="evening")
    assert actions.submit(details=visit).centre == home_centre
    with pytest.raises(ValidationError):
        actions.submit(details=details(kind="visit", centre_id=closed.pk))


def test_the_answer_is_read_with_the_code_and_tells_nothing_of_who_asked_or_answered(actor):
    counsellor = actor("counsellor")
    enquiry = actions.submit(details=details(name="Nodira", reply_by="phone", contact="+998901234567"))
    key = fresh_key()
    given = actions.answer(enquiry_id=enquiry.pk, text=" Yes, come by. ", form_key=key, by=counsellor)
    assert actions.answer(enquiry_id=enquiry.pk, text="again", form_key=key, by=counsellor) == given
    shown = queries.by_code(enquiry.shown_code.lower())
    assert [answer.text for answer in shown.answers] == ["Yes, come by."]
    assert shown.state == "answered"
    assert not {"name", "contact", "code"} & set(type(shown).__slots__)


@pytest.mark.parametrize("typed", ["", "----", "CKMP-TXH3-2345"])
def test_a_wrong_code_finds_nothing(typed):
    actions.submit(details=details())
    assert queries.by_code(typed) is None


def test_an_answer_has_words_and_opens_a_closed_question_again(actor):
    counsellor = actor("counsellor")
    enquiry = actions.submit(details=details())
    with pytest.raises(ValidationError):
        actions.answer(enquiry_id=enquiry.pk, text=" ", by=counsellor)
    closed = actions.close(enquiry_id=enquiry.pk, by=counsellor)
    assert closed.closed_at is not None
    with pytest.raises(ValidationError):
        actions.close(enquiry_id=enquiry.pk, by=counsellor)
    actions.answer(enquiry_id=enquiry.pk, text="One more thing.", by=counsellor)
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.closed_at) == ("answered", None)


def test_a_question_for_another_centre_is_not_in_the_inbox_and_cannot_be_answered(actor):
    counsellor = actor("counsellor")
    other = actions.submit(details=details(kind="visit", centre_id=trust.centre("OSH").pk))
    mine = actions.submit(details=details(kind="visit", centre_id=counsellor.centre_id))
    anybodys = actions.submit(details=details())
    assert set(queries.inbox(by=counsellor)) == {mine, anybodys}
    assert set(queries.inbox(kind="visit", state="new", by=counsellor)) == {mine}
    assert queries.unread_count(counsellor) == 2
    with pytest.raises(Http404):
        queries.get(other.pk, by=counsellor)
    with pytest.raises(ValidationError):
        actions.answer(enquiry_id=other.pk, text="x", by=counsellor)
    assert set(queries.inbox(by=MACHINE)) == {mine, anybodys, other}


def test_opening_a_question_leaves_a_trace(actor):
    counsellor = actor("counsellor")
    enquiry = actions.submit(details=details())
    queries.get(enquiry.pk, by=counsellor)
    entry = AuditEntry.objects.get(action="messaging.enquiries.get")
    assert (entry.verb, entry.staff_id, entry.subject_key) == ("read", counsellor.id, enquiry.pk)


def test_only_who_answers_may_see_the_inbox(actor):
    enquiry = actions.submit(details=details())
    for role in ("outreach_officer", "ministry_viewer"):
        outsider = actor(role)
        assert queries.unread_count(outsider) == 0
        for forbidden in (
            lambda by=outsider: queries.inbox(by=by),
            lambda by=outsider: queries.get(enquiry.pk, by=by),
            lambda by=outsider: actions.answer(enquiry_id=enquiry.pk, text="x", by=by),
            lambda by=outsider: actions.close(enquiry_id=enquiry.pk, by=by),
            lambda by=outsider: actions.forget_old(by=by),
        ):
            with pytest.raises(PermissionDenied):
                forbidden()


def test_what_was_closed_longer_ago_than_the_profile_allows_is_forgotten_when_the_next_one_closes(actor):
    counsellor = actor("counsellor")
    old, open_still = actions.submit(details=details()), actions.submit(details=details())
    actions.close(enquiry_id=old.pk, by=counsellor)
    with time_machine.travel(now() + dt.timedelta(days=12 * 30 - 1)):
        assert forget_old_enquiries.func() == 0
    with time_machine.travel(now() + dt.timedelta(days=12 * 30 + 1)):
        later = actions.submit(details=details())
        actions.close(enquiry_id=later.pk, by=counsellor)
    assert set(Enquiry.objects.all()) == {open_still, later}
    assert AuditEntry.objects.filter(action="messaging.enquiries.forget_old").count() == 1


def test_nothing_is_forgotten_where_the_profile_sets_no_term(monkeypatch):
    class Endless:
        def retention(self, purpose: str) -> None:
            assert purpose == "messages"

    monkeypatch.setattr(actions, "profile", Endless)
    assert actions.forget_old(by=MACHINE) == 0


def test_rows_are_named_without_what_was_written(actor):
    enquiry = actions.submit(details=details(name="Nodira"))
    answer = actions.answer(enquiry_id=enquiry.pk, text="Secret", by=actor("counsellor"))
    assert str(enquiry) == "question"
    assert "Secret" not in str(answer)
