import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from safar.people.actions import consents
from safar.people.models import ConsentGrant
from safar.people.queries import consent as queries
from safar.people.rules import ContactPointDetails
from safar.trust.models import AuditEntry
from tests.factories import people

pytestmark = pytest.mark.django_db

PHONE = ContactPointDetails("phone", "901234567")


def test_the_latest_word_on_a_purpose_counts(actor) -> None:
    person, by = people.person(), actor("counsellor")
    assert not queries.holds(person.pk, "be_contacted")
    consents.decide(person_id=person.pk, details=people.consent("be_contacted"), by=by)
    assert queries.holds(person.pk, "be_contacted")
    consents.decide(person_id=person.pk, details=people.consent("be_contacted", granted=False), by=by)
    assert not queries.holds(person.pk, "be_contacted")


def test_withdrawal_ends_consent_and_stays_on_record(actor) -> None:
    person, by = people.person(), actor("counsellor")
    grant = consents.decide(person_id=person.pk, details=people.consent("follow_up"), by=by)
    consents.withdraw(grant_id=grant.pk, by=by)
    first = consents.withdraw(grant_id=grant.pk, by=by).withdrawn_at
    assert ConsentGrant.objects.get(pk=grant.pk).withdrawn_at == first
    assert not queries.holds(person.pk, "follow_up")
    assert AuditEntry.objects.filter(action="people.consent.withdraw").count() == 1


def test_consent_ends_on_its_day(actor) -> None:
    person, by = people.person(), actor("counsellor")
    for expires, in_force in ((dt.date(2999, 1, 1), True), (dt.date(2020, 1, 1), False)):
        consents.decide(person_id=person.pk, details=people.consent("follow_up", expires_on=expires), by=by)
        assert queries.holds(person.pk, "follow_up") is in_force


def test_consent_to_share_names_one_recipient(actor) -> None:
    person, by = people.person(), actor("counsellor")
    with pytest.raises(ValidationError):
        consents.decide(person_id=person.pk, details=people.consent("share"), by=by)
    consents.decide(person_id=person.pk, details=people.consent("share", recipient="Legal aid"), by=by)
    assert queries.holds(person.pk, "share", "Legal aid")
    assert not queries.holds(person.pk, "share", "Employment centre")


def test_an_unknown_purpose_is_refused(actor) -> None:
    with pytest.raises(ValidationError):
        consents.decide(person_id=people.person().pk, details=people.consent("everything"), by=actor("counsellor"))


def test_who_may_not_record_consent_is_refused(actor) -> None:
    grant = ConsentGrant.objects.get(person=people.person())
    for attempt in (
        lambda by: consents.decide(person_id=grant.person_id, details=people.consent(), by=by),
        lambda by: consents.withdraw(grant_id=grant.pk, by=by),
    ):
        with pytest.raises(PermissionDenied):
            attempt(actor("ministry_viewer"))


def test_standing_lists_one_decision_a_purpose_and_recipient(actor) -> None:
    person, by = people.person(), actor("counsellor")
    for details in (people.consent("share", recipient="B"), people.consent("share", recipient="A"), people.consent()):
        consents.decide(person_id=person.pk, details=details, by=by)
    assert [(grant.purpose, grant.recipient) for grant in queries.standing(person.pk)] == [
        ("keep_file", ""),
        ("share", "A"),
        ("share", "B"),
    ]


@pytest.mark.parametrize(
    ("consented", "points", "allowed", "reason"),
    [
        (False, [PHONE], False, "no_consent"),
        (True, [], False, "no_contact_point"),
        (True, [ContactPointDetails("phone", "901234567", "unsafe")], False, "not_safe"),
        (True, [ContactPointDetails("phone", "901234567", "ask_first")], False, "not_safe"),
        (True, [PHONE], True, ""),
    ],
)
def test_a_message_passes_only_with_consent_and_a_safe_contact_point(consented, points, allowed, reason) -> None:
    given = [people.consent(), people.consent("be_contacted", granted=consented)]
    person = people.person(consents=given, contact_points=points)
    decision = queries.may_contact(person.pk, "sms")
    assert (decision.allowed, decision.reason) == (allowed, reason)
    assert (decision.contact_point is not None) is allowed
