"""What was agreed on a contact point is kept by every message, or the message does not leave."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, connection, transaction

from safar.kernel.actor import MACHINE
from safar.messaging.actions import outbox as actions
from safar.messaging.enums import LEAVING, MessageKind
from safar.messaging.models import Message
from safar.messaging.models.message import UngatedMessageError
from safar.people.actions import contact_points
from safar.people.queries.consent import Decision, may_contact, may_follow_up
from safar.people.rules import ContactPointDetails, SafeContact
from tests.factories import people

pytestmark = pytest.mark.django_db
# A Wednesday, 14:00 in Tashkent.
WEDNESDAY = dt.datetime(2026, 11, 25, 9, 0, tzinfo=dt.UTC)
AT = dt.datetime(2026, 11, 27, 5, 0, tzinfo=dt.UTC)


def somebody(agreed: SafeContact | None = None, safety: str = "safe"):
    points = [ContactPointDetails("email", "someone@example.org", safety, agreed=agreed)]
    return people.person(contact_points=points, consents=[people.consent(), people.consent("be_contacted")])


def remind(person, **fields) -> Message:
    given = {"kind": MessageKind.APPOINTMENT, "at": AT, "place": "Navoi street 5", "language": "en", "by": MACHINE}
    return actions.send_reminder(person_id=person.pk, **(given | fields))


@pytest.fixture(autouse=True)
def _wednesday():
    with time_machine.travel(WEDNESDAY, tick=False):
        yield


@pytest.mark.parametrize(
    "place",
    ["Migrant Resource Centre", "Ресурсный центр для мигрантов", "Migrantlar resurs markazi", "Маркази муҳоҷирон"],
)
def test_a_place_that_tells_of_migration_does_not_leave_unless_the_person_said_so(place) -> None:
    refused = remind(somebody(), place=place)
    assert (refused.state, refused.refusal) == ("refused", "words")
    assert remind(somebody(SafeContact(wording="open")), place=place).state == "queued"


def test_with_a_word_agreed_only_the_word_the_day_and_the_time_leave(django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        remind(somebody(SafeContact(wording="code_word", code_word="Tailor")))
    [letter] = mail.outbox
    assert letter.subject == "Tailor"
    assert letter.body == "Tailor: Nov. 27, 2026, 10:00"
    assert "Navoi" not in letter.body


def test_a_message_without_the_word_agreed_is_refused() -> None:
    person = somebody(SafeContact(wording="code_word", code_word="Tailor"))
    assert may_contact(person.pk, "email", words="See you on Friday").reason == "words"
    assert may_contact(person.pk, "email", words="Tailor on Friday").allowed


@pytest.mark.parametrize(
    ("agreed", "reason"),
    [
        (SafeContact(days=(3,), from_hour=14, until_hour=15), ""),
        (SafeContact(from_hour=9, until_hour=14), "not_now"),
        (SafeContact(days=(6, 7)), "not_now"),
        (SafeContact(days=(3,)), ""),
    ],
)
def test_days_and_hours_are_those_of_the_person(agreed, reason) -> None:
    for safety in ("safe", "ask_first"):
        message = remind(somebody(agreed, safety))
        assert message.refusal == reason
        assert message.state == ("refused" if reason else "queued")


def test_a_message_waiting_when_the_hours_end_stays(django_capture_on_commit_callbacks) -> None:
    person = somebody(SafeContact(from_hour=9, until_hour=15))
    with django_capture_on_commit_callbacks() as callbacks:
        message = remind(person)
    with time_machine.travel(WEDNESDAY + dt.timedelta(hours=2), tick=False):
        callbacks[0]()
    message.refresh_from_db()
    assert (message.state, message.refusal, mail.outbox) == ("refused", "not_now", [])


def test_a_second_address_that_keeps_what_was_agreed_is_used() -> None:
    person = somebody(SafeContact(days=(7,)))
    points = [*person.contact_points.all()]
    contact_points.replace(
        person=person,
        details=[ContactPointDetails(points[0].kind, points[0].value), ContactPointDetails("email", "b@example.org")],
    )
    assert may_contact(person.pk, "email").contact_point.value == "b@example.org"


def test_what_can_still_be_mended_is_what_the_colleague_is_told() -> None:
    person = somebody(safety="unsafe")
    details = [
        ContactPointDetails("email", "someone@example.org", "unsafe"),
        ContactPointDetails("email", "b@example.org", agreed=SafeContact(days=(1,))),
    ]
    contact_points.replace(person=person, details=details)
    assert may_contact(person.pk, "email").reason == "not_now"


def ungated(person) -> Message:
    return Message(
        person_key=person.pk, kind="appointment", channel="email", language="en", subject="s", body="b", state="queued"
    )


@pytest.mark.parametrize("state", sorted(LEAVING))
def test_no_message_is_stored_on_its_way_without_a_yes_of_the_gate(state) -> None:
    person, other = somebody(), somebody()
    message = ungated(person)
    message.state = state
    for passed in (None, Decision(allowed=False, reason="no_consent"), Decision(allowed=True), may_follow_up(other.pk)):
        with pytest.raises(UngatedMessageError):
            message.save(passed=passed)
    message.save(passed=may_follow_up(person.pk))
    assert message.consent_key == person.consents.get(purpose="be_contacted").pk


def test_no_shortcut_past_the_gate_is_open() -> None:
    message = ungated(somebody())
    for shortcut in (
        lambda: Message.objects.create(state="queued"),
        lambda: Message.objects.bulk_create([message]),
        lambda: Message.objects.update(state="queued"),
        lambda: Message.objects.bulk_update([message], ["state"]),
        lambda: Message.objects.get_or_create(state="queued"),
        lambda: Message.objects.update_or_create(state="queued"),
    ):
        with pytest.raises(UngatedMessageError):
            shortcut()


def test_the_database_refuses_a_message_on_its_way_that_names_no_consent() -> None:
    message = remind(somebody())
    with connection.cursor() as cursor, pytest.raises(IntegrityError), transaction.atomic():
        cursor.execute("UPDATE messaging_message SET consent_key = NULL")
    message.refresh_from_db()
    assert message.consent_key
