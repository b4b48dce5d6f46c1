import datetime as dt

import pytest
from django.apps import apps

from safar.cases import privacy
from safar.cases.actions import cases, contacts
from safar.cases.models import CaseEvent, CaseFile, Contact, ContactRevision, Referral
from safar.cases.queries.contacts import with_repeat
from safar.kernel.actor import MACHINE
from safar.kernel.clock import now
from tests.factories import cases as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(home_centre):
    person = make.person(home_centre)
    first = make.contact(
        home_centre, person, note="Secret words", topic_text="more", occurred_at=now() - dt.timedelta(1)
    )
    second = make.contact(home_centre, person)
    contacts.void(contact_id=second.pk, reason="Karimov came twice", by=MACHINE)
    make.contact(home_centre, person)
    case = make.case(home_centre, person, plan="Learn a trade")
    cases.move(case_id=case.pk, to="dropout", reason="Moved away", by=MACHINE)
    make.referral(home_centre, person, contact_id=first.pk, text="Needs help")
    return person


def test_every_field_is_classified_and_no_other():
    fields = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("cases").get_models()
        for field in model._meta.concrete_fields
    }
    assert set(privacy.FIELDS) == fields


def test_a_person_takes_everything_away(person):
    taken = str(privacy.export(person.pk))
    for words in ("Secret words", "Learn a trade", "Moved away", "Needs help", "Lawyers of Andijan"):
        assert words in taken


def test_erasure_leaves_tallies_and_no_words(person):
    privacy.erase(person.pk)
    assert not str(privacy.export(person.pk)).count("Secret")
    left = Contact.objects.all()
    assert {(row.person_id, row.sex, row.region, row.category, row.note) for row in left} == {
        (None, "male", "UZ-AN", "potential_migrant", "")
    }
    assert len({row.former_person_key for row in left}) == 1
    assert left[0].age_band == "30_44"
    assert [row.is_repeat for row in with_repeat(left.filter(voided_at=None).order_by("occurred_at"))] == [False, True]
    assert ContactRevision.objects.get().reason == ""
    assert CaseFile.objects.get().reason == ""
    assert not CaseEvent.objects.exclude(text="").exists()
    assert Referral.objects.get().text == ""
    assert not person.contacts.exists()
