import pytest
from django.core.exceptions import ValidationError

from safar.awareness.actions import signups
from safar.awareness.models import SignUp
from safar.kernel.actor import VISITOR
from safar.kernel.ids import new_id
from safar.trust.models import AuditEntry
from tests.factories import awareness

pytestmark = pytest.mark.django_db


def test_a_visitor_takes_a_place_without_a_name(home_centre) -> None:
    made = awareness.upcoming(home_centre, capacity=5)
    taken = signups.sign_up(session_id=made.pk, language="uz", by=VISITOR)
    assert (taken.name, taken.phone) == ("", "")
    assert len(taken.reference) == 6
    assert AuditEntry.objects.get(action="awareness.signup.sign_up").subject_key == made.pk


def test_name_and_phone_are_kept_tidy(home_centre) -> None:
    made = awareness.upcoming(home_centre)
    taken = signups.sign_up(session_id=made.pk, name=" Aziza  K. ", phone="90 123 45 67", language="uz", by=VISITOR)
    assert (taken.name, taken.phone) == ("Aziza K.", "+998901234567")


def test_a_number_nobody_could_have_is_refused_and_no_place_is_taken(home_centre) -> None:
    made = awareness.upcoming(home_centre)
    with pytest.raises(ValidationError) as refused:
        signups.sign_up(session_id=made.pk, phone="12", language="uz", by=VISITOR)
    assert "phone" in refused.value.message_dict
    assert not SignUp.objects.exists()


def test_pressing_twice_takes_one_place(home_centre) -> None:
    made, key = awareness.upcoming(home_centre, capacity=1), str(new_id())
    first = signups.sign_up(session_id=made.pk, language="uz", form_key=key, by=VISITOR)
    again = signups.sign_up(session_id=made.pk, language="uz", form_key=key, by=VISITOR)
    assert first == again
    assert SignUp.objects.count() == 1


def test_a_full_session_takes_nobody(home_centre) -> None:
    made = awareness.upcoming(home_centre, capacity=1)
    signups.sign_up(session_id=made.pk, language="uz", by=VISITOR)
    with pytest.raises(ValidationError, match="places are taken"):
        signups.sign_up(session_id=made.pk, language="uz", by=VISITOR)


@pytest.mark.parametrize("fields", [{"public": False}, {"state": "cancelled"}, {"days": -1}])
def test_what_is_not_open_takes_nobody(home_centre, fields) -> None:
    made = awareness.upcoming(home_centre, **fields)
    with pytest.raises(ValidationError, match="closed"):
        signups.sign_up(session_id=made.pk, language="uz", by=VISITOR)


def test_a_reference_that_exists_is_drawn_again(home_centre, monkeypatch) -> None:
    made = awareness.upcoming(home_centre)
    letters = iter("AAAAAAAAAAAABBBBBB")
    monkeypatch.setattr(signups.secrets, "choice", lambda _alphabet: next(letters))
    first = signups.sign_up(session_id=made.pk, language="uz", by=VISITOR)
    second = signups.sign_up(session_id=made.pk, language="uz", by=VISITOR)
    assert (first.reference, second.reference) == ("AAAAAA", "BBBBBB")
