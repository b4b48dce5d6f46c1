"""The plain rules under consent and safe contact."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.kernel.ids import new_id
from safar.people.actions import consents, contact_points
from safar.people.rules import Birth, ContactPointDetails, SafeContact, months_after, telling_words
from safar.trust.actions import subject_requests
from safar.trust.rules import RequestDetails
from tests.factories import people

WEDNESDAY = dt.datetime(2026, 11, 25, 14, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2023, 12, 31), 2, dt.date(2024, 2, 29)),
        (dt.date(2026, 11, 24), 12, dt.date(2027, 11, 24)),
        (dt.date(2026, 3, 31), 1, dt.date(2026, 4, 30)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day, months, later) -> None:
    assert months_after(day, months) == later


@pytest.mark.parametrize(
    ("birth", "words"),
    [(Birth(1994, 5, 2), "1994-05-02"), (Birth(1994, 5), "1994-05"), (Birth(1994), "1994"), (Birth(age_band="u18"), "u18"), (Birth(), "")],
)  # fmt: skip
def test_a_birth_is_written_as_well_as_it_is_known(birth, words) -> None:
    assert birth.written() == words


@pytest.mark.parametrize(
    ("agreed", "problems"),
    [
        (SafeContact(), {}),
        (SafeContact(days=(8,)), {"days": "unknown"}),
        (SafeContact(from_hour=9), {"until_hour": "half"}),
        (SafeContact(from_hour=9, until_hour=9), {"until_hour": "empty"}),
        (SafeContact(from_hour=9, until_hour=25), {"until_hour": "empty"}),
        (SafeContact(wording="code_word", code_word=" "), {"code_word": "missing"}),
        (SafeContact(wording="code_word", code_word="Visa"), {"code_word": "tells"}),
        (SafeContact(from_hour=0, until_hour=24, wording="code_word", code_word="Tailor"), {}),
    ],
)
def test_what_cannot_be_agreed_is_named_by_field(agreed, problems) -> None:
    assert agreed.problems() == problems


@pytest.mark.parametrize(
    ("agreed", "is_open"),
    [
        (SafeContact(), True),
        (SafeContact(days=(3,)), True),
        (SafeContact(days=(2, 4)), False),
        (SafeContact(from_hour=14, until_hour=15), True),
        (SafeContact(from_hour=15, until_hour=16), False),
        (SafeContact(from_hour=13, until_hour=14), False),
    ],
)
def test_hours_begin_and_end_on_the_hour(agreed, is_open) -> None:
    assert agreed.is_open(WEDNESDAY) is is_open


@pytest.mark.parametrize(
    "text",
    ["Deportation notice", "МИГРАЦИЯ", "chet  elga", "Хорижда иш", "Ваша виза", "муҳоҷират", "чет өлкөгө", "shet elge"],
)
def test_every_language_has_its_telling_words(text) -> None:
    assert telling_words(text)


def test_the_words_of_our_own_reminder_are_neutral_in_every_language(settings) -> None:
    from safar.messaging.actions.outbox import reminder_text

    for language, _name in settings.LANGUAGES:
        subject, body = reminder_text(at=dt.datetime(2026, 11, 25, tzinfo=dt.UTC), place="5", language=language)
        assert telling_words(f"{subject} {body}") == []


@pytest.mark.django_db
class TestActions:
    def test_unknown_values_of_a_consent_are_refused_by_field(self) -> None:
        person = people.person()
        for fields, field in (
            ({"fields": ("religion",)}, "fields"),
            ({"method": "?"}, "method"),
            ({"spoken_by": "?"}, "spoken_by"),
        ):
            details = people.consent("share", recipient="Lawyers", **fields)
            with pytest.raises(ValidationError) as refused:
                consents.decide(person_id=person.pk, details=details, by=MACHINE)
            assert list(refused.value.message_dict) == [field]

    def test_unknown_values_of_safe_contact_are_refused_by_field(self) -> None:
        point = people.person(contact_points=[ContactPointDetails("phone", "901234567")]).contact_points.get()
        for safety, agreed, field in (("?", SafeContact(), "safety"), ("safe", SafeContact(wording="?"), "wording")):
            with pytest.raises(ValidationError) as refused:
                contact_points.agree(point_id=point.pk, safety=safety, agreed=agreed, by=MACHINE)
            assert list(refused.value.message_dict) == [field]


@pytest.mark.django_db
def test_the_board_of_the_officer_says_what_runs_out_of_time(client_of) -> None:
    client = client_of("data_protection_officer")
    assert "has to be answered" not in client.get(reverse("desk:board")).text
    details = RequestDetails("copy", "phone", today() - dt.timedelta(days=9))
    made = subject_requests.receive(person_key=new_id(), details=details, by=MACHINE)
    assert "1 request has to be answered" in client.get(reverse("desk:board")).text
    subject_requests.answer(request_id=made.pk, state="dropped", decision="", by=MACHINE)
    again = client.post(reverse("desk:trust:request_identify", args=[made.pk]), {"how": "card"})
    assert again.status_code == 422
    assert "answered already" in again.text
