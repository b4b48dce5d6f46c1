"""What colleagues wrote about a person leaves with the person, and ends with its term."""

import datetime as dt

import pytest

from safar.cases.actions import care, hand_overs, opinions
from safar.cases.enums.approvals import Act
from safar.cases.models import Approval, CaseConference, CaseFile, Contact, HandOver, HeavyWeek, SecondOpinion
from safar.cases.privacy import supervision as privacy
from safar.kernel.clock import now, today
from safar.kernel.retention import rules
from safar.people.models import Person
from safar.trust.queries.actors import actor_for
from safar.trust.queries.terms import cut
from tests.factories import cases as make
from tests.factories import supervision

pytestmark = pytest.mark.django_db
LONG_AGO = dt.timedelta(days=3000)


@pytest.fixture
def written(home_centre, staff_member):
    """A minor's case file with a conference, a second opinion, a hand-over and a request for approval."""
    anna, bek, chief = staff_member("counsellor"), staff_member("counsellor"), staff_member("coordinator")
    by = actor_for(anna)
    case = make.case(home_centre, supervision.minor(home_centre), by, opened_on=today())
    supervision.conference(case, anna, bek, by=by, next_step="Call", next_step_on=today(), next_step_by=bek.pk)
    supervision.opinion(case, bek, by)
    supervision.approval(case, by, Act.DROP_OUT)
    hand_overs.hand_over_case(case_id=case.pk, to_id=bek.pk, reason="Anna is away", by=actor_for(chief))
    care.say(by=by)
    return case


def words():
    return [
        *CaseConference.objects.values_list("question", "decided", "next_step"),
        *SecondOpinion.objects.values_list("question", "answer"),
        *Approval.objects.values_list("reason", "answer"),
        *HandOver.objects.values_list("reason"),
    ]


def test_the_person_gets_everything_and_nothing_of_colleagues_weeks(written):
    told = privacy.export(written.person_id)
    assert [len(told[name]) for name in ("conferences", "second_opinions", "approvals", "hand_overs")] == [1, 1, 1, 1]
    assert told["conferences"][0]["decided"] == "Her aunt goes with her."
    assert not any("heavy" in name or "week" in name for name in told)
    assert [effect.stays for effect in privacy.preview(written.person_id)] == [1, 1, 1]


def test_erasing_leaves_days_and_colleagues_without_a_word(written):
    person = written.person_id
    privacy.erase(person)
    assert not any(text for row in words() for text in row)
    assert Approval.objects.get().person is None
    assert CaseConference.objects.get().participants.count() == 2
    assert HeavyWeek.objects.exists()


def test_nothing_is_told_of_somebody_else(written, home_centre):
    other = make.person(home_centre)
    assert not any(privacy.export(other.pk).values())
    assert privacy.preview(other.pk) == []
    privacy.erase(other.pk)
    assert any(text for row in words() for text in row)


def end(code: str) -> int:
    """Run one rule of retention as it runs at night, and say how many rows it found."""
    (rule,) = [each for each in rules() if each.code == code]
    found = list(rule.due(today(), cut(rule.purpose, today())).order_by("pk").values_list("pk", flat=True))
    rule.end(found)
    return len(found)


def test_words_end_with_the_term_of_the_case_file(written):
    codes = [f"cases.{name}_words" for name in ("conference", "opinion", "approval", "hand_over")]
    assert [end(code) for code in codes] == [0, 0, 0, 0]
    CaseFile.objects.update(state="closed", opened_on=today() - LONG_AGO, closed_on=today() - LONG_AGO)
    for model in (Approval, HandOver):
        model.objects.update(recorded_at=now() - LONG_AGO)
    assert [end(code) for code in codes] == [1, 1, 1, 1]
    assert not any(text for row in words() for text in row)
    assert [end(code) for code in codes] == [0, 0, 0, 0]
    assert Person.objects.filter(pk=written.person_id).exists()


def test_an_opinion_on_a_contact_ends_with_the_contact(home_centre, staff_member):
    anna, bek = staff_member("counsellor"), staff_member("counsellor")
    contact = make.contact(home_centre)
    opinions.ask(contact_id=contact.pk, of_id=bek.pk, question="Is it real?", by=actor_for(anna))
    assert end("cases.contact_opinion_words") == 0
    Contact.objects.update(occurred_at=now() - LONG_AGO)
    assert end("cases.contact_opinion_words") == 1
    assert SecondOpinion.objects.get().question == ""


def test_a_heavy_week_is_deleted_the_day_after_its_last(written):
    assert end("cases.heavy_weeks") == 0
    HeavyWeek.objects.update(said_on=today() - dt.timedelta(days=31), until=today() - dt.timedelta(days=1))
    assert end("cases.heavy_weeks") == 1
    assert not HeavyWeek.objects.exists()
