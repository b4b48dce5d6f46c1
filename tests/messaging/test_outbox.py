import datetime as dt
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from safar.kernel.actor import MACHINE
from safar.kernel.privacy import parts
from safar.messaging.actions import outbox as actions
from safar.messaging.channels import contract
from safar.messaging.enums import MessageKind
from safar.messaging.models import Message
from safar.messaging.queries import outbox as queries
from safar.people.actions import consents
from safar.people.enums import ConsentPurpose, ContactKind
from safar.people.rules import ContactPointDetails
from safar.trust.models import AuditEntry
from tests.factories import people

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 27, 10, 0, tzinfo=dt.UTC)


@pytest.fixture
def send(actor):
    def send(person, **fields):
        given = {
            "kind": MessageKind.APPOINTMENT,
            "at": AT,
            "place": "Tashkent",
            "language": "en",
            "by": actor("counsellor"),
        }
        return actions.send_reminder(person_id=person.pk, **(given | fields))

    return send


def somebody(*, address: bool = True, agreed: bool = True):
    points = [ContactPointDetails(ContactKind.EMAIL, "someone@example.org")] if address else []
    consents = [people.consent(), people.consent(ConsentPurpose.BE_CONTACTED, granted=agreed)]
    return people.person(contact_points=points, consents=consents)


@pytest.fixture
def reachable():
    return somebody()


def test_a_reminder_leaves_after_the_commit_to_the_address_of_the_moment(
    send, reachable, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        message = send(reachable)
        assert mail.outbox == []
    message.refresh_from_db()
    assert (message.state, message.refusal) == ("sent", "")
    assert message.sent_at is not None
    assert mail.outbox[0].to == ["someone@example.org"]
    assert str(message) == "appointment sent"
    assert "15:00" in mail.outbox[0].body, "the time at the centre, not in UTC"


def test_a_reminder_says_nothing_of_migration_and_is_in_the_language_of_the_person(send, reachable):
    message = send(reachable, language="ru", place="Ташкент")
    assert "Ташкент" in message.body
    told = f"{send(reachable).subject} {send(reachable).body}".lower()
    assert not any(word in told for word in ("migra", "abroad", "counsel", "centre"))


def test_without_consent_the_message_is_kept_as_refused_and_nothing_leaves(send, django_capture_on_commit_callbacks):
    person = somebody(agreed=False)
    with django_capture_on_commit_callbacks(execute=True):
        message = send(person)
    assert (message.state, message.refusal) == ("refused", "no_consent")
    assert mail.outbox == []
    assert AuditEntry.objects.filter(action="messaging.outbox.send_reminder", person_key=person.pk).exists()


def test_without_an_address_the_reason_is_named(send):
    assert send(somebody(address=False)).refusal == "no_contact_point"


def test_a_channel_that_is_not_installed_is_refused_before_the_gate(send, reachable):
    assert send(reachable, channel="carrier_pigeon").refusal == "no_channel"


def test_a_person_who_withdraws_before_the_message_leaves_gets_none(
    send, reachable, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        message = send(reachable)
        grant = reachable.consents.get(purpose=ConsentPurpose.BE_CONTACTED)
        consents.withdraw(grant_id=grant.pk, by=MACHINE)
    message.refresh_from_db()
    assert (message.state, message.refusal, len(mail.outbox)) == ("refused", "no_consent", 0)


def test_a_message_that_left_does_not_leave_again(send, reachable, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        message = send(reachable)
    actions.deliver(message.pk)
    assert len(mail.outbox) == 1


def test_a_mail_server_that_says_no_leaves_a_failed_message_without_the_address(
    send, reachable, monkeypatch, django_capture_on_commit_callbacks
):
    def refuse(self, fail_silently=False):  # noqa: FBT002  (Django's signature)
        raise SMTPException("550 someone@example.org unknown")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        message = send(reachable)
    message.refresh_from_db()
    assert (message.state, message.error, message.sent_at) == ("failed", "SMTPException", None)


def test_a_channel_is_a_folder_and_its_code_is_a_kind_of_contact_point():
    assert set(contract.installed()) == {"email"}
    assert contract.installed()["email"].code == "email"


def test_only_who_may_send_sends_and_sees_what_was_sent(send, reachable, actor):
    with pytest.raises(PermissionDenied):
        send(reachable, by=actor("outreach_officer"))
    with pytest.raises(PermissionDenied):
        queries.recent(by=actor("ministry_viewer"))
    send(reachable)
    assert queries.recent(by=actor("coordinator")).count() == 1


def test_a_person_is_told_what_was_sent_and_it_is_erased_with_them(send, reachable):
    send(reachable)
    part = next(part for part in parts() if part.name == "messaging")
    assert [row["channel"] for row in part.export(reachable.pk)["messages"]] == ["email"]
    part.erase(reachable.pk)
    assert not Message.objects.exists()
