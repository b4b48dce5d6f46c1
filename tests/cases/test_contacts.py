import datetime as dt
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from safar.cases.actions import contacts
from safar.cases.actions.contacts import NewPerson
from safar.cases.models import Contact, ContactRevision
from safar.cases.queries import contacts as reads
from safar.cases.rules.contacts import Advice, RedFlag
from safar.kernel import once
from safar.kernel.actor import MACHINE
from safar.kernel.clock import now
from safar.people.models import Person
from safar.trust.models import AuditEntry
from tests.factories import cases as make

pytestmark = pytest.mark.django_db
VERSION = UUID("01900000-0000-7000-8000-000000000001")


@pytest.fixture
def counsellor(actor):
    return actor("counsellor")


@pytest.fixture
def full():
    return {
        "topics": ("contract", "travel"),
        "destination": "KR",
        "advice": (Advice("kr-eps", VERSION),),
        "red_flags": (RedFlag("red_flag", "money_before_contract"),),
        "checked_items": ("costs_debt",),
        "note": "Shown the contract",
    }


def test_a_contact_without_a_name_is_a_full_contact(home_centre, counsellor, full):
    contact = make.contact(home_centre, by=counsellor, sex="female", age_band="18_29", region="UZ-AN", **full)
    assert (contact.person_id, contact.sex, contact.region) == (None, "female", "UZ-AN")
    assert [(row.topic, row.primary) for row in contact.topics.all()] == [("contract", True), ("travel", False)]
    assert [row.fact_key for row in contact.advice.all()] == ["kr-eps"]
    assert [row.code for row in contact.red_flags.all()] == ["money_before_contract"]
    assert [str(row.first()) for row in (contact.topics, contact.advice, contact.red_flags)] == [
        "contract",
        "kr-eps",
        "money_before_contract",
    ]
    assert contact.counsellor_id == counsellor.id
    assert contact.primary_topic == "contract"
    assert str(contact).endswith("phone")


def test_of_somebody_with_a_file_the_registry_knows_sex_and_age(home_centre, counsellor):
    person = make.person(home_centre)
    contact = make.contact(home_centre, person, counsellor, sex="female", age_band="u18", category="returnee_recent")
    assert (contact.person_id, contact.sex, contact.age_band, contact.category) == (person.pk, "", "", "")


def test_registration_and_first_contact_are_one_step(home_centre, counsellor):
    new = NewPerson(make.person_details(), [make.keep_file()])
    contact = contacts.record(details=make.details(), centre=home_centre, new_person=new, by=counsellor)
    assert contact.person.family_name == "Karimov"


def test_a_person_refused_leaves_no_contact_behind(home_centre, counsellor):
    new = NewPerson(make.person_details(family_name=""), [make.keep_file()])
    with pytest.raises(ValidationError) as refused:
        contacts.record(details=make.details(), centre=home_centre, new_person=new, by=counsellor)
    assert list(refused.value.message_dict) == ["person.family_name"]
    assert not Contact.objects.exists()
    assert not Person.objects.exists()


def test_a_contact_refused_leaves_no_person_behind(home_centre, counsellor):
    new = NewPerson(make.person_details(), [make.keep_file()])
    with pytest.raises(ValidationError):
        contacts.record(details=make.details(topics=()), centre=home_centre, new_person=new, by=counsellor)
    assert not Person.objects.exists()


def test_a_second_press_records_nothing(home_centre, counsellor):
    key = once.fresh_key()
    first = contacts.record(details=make.details(), centre=home_centre, form_key=key, by=counsellor)
    again = contacts.record(details=make.details(), centre=home_centre, form_key=key, by=counsellor)
    assert first == again
    assert Contact.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"mode": ""}, "mode"),
        ({"mode": "pigeon"}, "mode"),
        ({"topics": ("weather",)}, "topics"),
        ({"topics": ()}, "topics"),
        ({"destination": "ZZ9"}, "destination"),
        ({"who_asked": "nobody"}, "who_asked"),
        ({"next_step": "?"}, "next_step"),
        ({"language": "?"}, "language"),
        ({"nameless_reason": "?"}, "nameless_reason"),
        ({"red_flags": (RedFlag("topic", "contract"),)}, "red_flags"),
        ({"red_flags": (RedFlag("red_flag", "?"),)}, "red_flags"),
        ({"checked_items": ("a diary",)}, "checked_items"),
        ({"duration_minutes": 0}, "duration_minutes"),
        ({"occurred_at": now() + dt.timedelta(days=1)}, "occurred_at"),
    ],
)
def test_what_is_not_offered_is_refused_by_field(home_centre, fields, field):
    with pytest.raises(ValidationError) as refused:
        make.contact(home_centre, **fields)
    assert list(refused.value.message_dict) == [field]


def test_who_may_not_record_is_refused(home_centre, actor):
    with pytest.raises(PermissionDenied):
        make.contact(home_centre, by=actor("ministry_viewer"))


def test_the_trail_names_fields_and_never_their_values(home_centre, counsellor, full):
    person = make.person(home_centre)
    contact = make.contact(home_centre, person, counsellor, **full)
    entry = AuditEntry.objects.get(action="cases.contact.record")
    assert entry.person_key == person.pk
    assert entry.subject_key == contact.pk
    assert "note" in entry.fields
    assert "Shown the contract" not in str(entry.fields)


def test_first_or_repeat_follows_from_the_contacts_before(home_centre):
    person = make.person(home_centre)
    later = make.contact(home_centre, person)
    earlier = make.contact(home_centre, person, occurred_at=now() - dt.timedelta(days=3))
    nameless = make.contact(home_centre)
    repeat = dict(reads.with_repeat(Contact.objects.all()).values_list("pk", "is_repeat"))
    assert repeat == {later.pk: True, earlier.pk: False, nameless.pk: False}
    contacts.void(contact_id=earlier.pk, reason="Entered twice", by=MACHINE)
    assert not reads.with_repeat(Contact.objects.filter(pk=later.pk)).get().is_repeat


class TestCorrecting:
    def test_keeps_what_it_said_before(self, home_centre, counsellor, full):
        contact = make.contact(home_centre, by=counsellor, **full)
        after = make.details(
            occurred_at=contact.occurred_at, **(full | {"topics": ("wage_claim",), "note": "Corrected"})
        )
        contacts.correct(contact_id=contact.pk, details=after, reason=" Wrong topic ", by=counsellor)
        revision = ContactRevision.objects.get()
        assert (revision.kind, revision.reason, revision.changed_by_id) == ("corrected", "Wrong topic", counsellor.id)
        assert revision.old_values == {"note": "Shown the contract", "topics": ["contract", "travel"]}
        assert [row.topic for row in contact.topics.all()] == ["wage_claim"]
        assert str(revision).startswith("corrected")

    def test_without_a_difference_writes_nothing(self, home_centre, full):
        contact = make.contact(home_centre, **full)
        same = make.details(occurred_at=contact.occurred_at, **full)
        contacts.correct(contact_id=contact.pk, details=same, reason="Looked again", by=MACHINE)
        assert not ContactRevision.objects.exists()

    def test_needs_a_reason(self, home_centre):
        contact = make.contact(home_centre)
        with pytest.raises(ValidationError, match="reason stays"):
            contacts.correct(contact_id=contact.pk, details=make.details(mode="video"), reason=" ", by=MACHINE)

    def test_a_new_follow_up_date_opens_the_follow_up_again(self, home_centre, counsellor):
        day = (now() + dt.timedelta(days=7)).date()
        contact = make.contact(home_centre, follow_up_on=day)
        Contact.objects.filter(pk=contact.pk).update(follow_up_done_at=now(), follow_up_outcome="stayed")
        moved = make.details(occurred_at=contact.occurred_at, follow_up_on=day + dt.timedelta(days=7))
        contact = contacts.correct(contact_id=contact.pk, details=moved, reason="Later", by=counsellor)
        assert (contact.follow_up_done_at, contact.follow_up_outcome) == (None, "")


class TestVoiding:
    def test_takes_it_out_of_what_counts_and_keeps_the_record(self, home_centre, counsellor):
        contact = make.contact(home_centre)
        contacts.void(contact_id=contact.pk, reason="Entered twice", by=counsellor)
        assert Contact.objects.get().is_void
        assert not reads.standing().exists()
        assert ContactRevision.objects.get().reason == "Entered twice"

    def test_happens_once(self, home_centre):
        contact = make.contact(home_centre)
        contacts.void(contact_id=contact.pk, reason="Entered twice", by=MACHINE)
        with pytest.raises(ValidationError, match="voided"):
            contacts.void(contact_id=contact.pk, reason="Again", by=MACHINE)


class TestReading:
    def test_opening_a_named_contact_leaves_a_trace(self, home_centre, counsellor):
        person = make.person(home_centre)
        contact = make.contact(home_centre, person)
        assert reads.get(contact.pk, by=counsellor) == contact
        assert AuditEntry.objects.filter(action="cases.contact.open", verb="read", person_key=person.pk).count() == 1

    def test_opening_a_nameless_one_needs_none(self, home_centre, counsellor):
        contact = make.contact(home_centre)
        assert not reads.get(contact.pk, by=counsellor).is_named
        assert not AuditEntry.objects.filter(verb="read").exists()

    def test_a_persons_contacts_come_newest_first_and_leave_a_trace(self, home_centre, counsellor):
        person = make.person(home_centre)
        newer = make.contact(home_centre, person)
        older = make.contact(home_centre, person, occurred_at=now() - dt.timedelta(days=2))
        found = reads.of_person(person.pk, by=counsellor)
        assert [(row.pk, row.is_repeat) for row in found] == [(newer.pk, True), (older.pk, False)]
        assert AuditEntry.objects.filter(action="cases.contact.of_person", person_key=person.pk).exists()

    def test_the_day_of_a_centre_is_its_own(self, home_centre, counsellor):
        from tests.factories import trust

        mine = make.contact(home_centre)
        make.contact(trust.centre("OSH"))
        make.contact(home_centre, occurred_at=now() - dt.timedelta(days=2))
        assert reads.today(counsellor) == [mine]
        assert len(reads.recent(by=counsellor)) == 2
        assert len(reads.today(MACHINE)) == 2
        assert len(reads.recent(by=MACHINE)) == 3

    def test_the_last_choices_are_offered_again(self, home_centre, counsellor):
        assert reads.last_choices(counsellor) == reads.LastChoices()
        make.contact(home_centre, by=counsellor, mode="telegram", language="uz")
        assert reads.last_choices(counsellor) == reads.LastChoices("telegram", "uz")
        assert reads.last_choices(MACHINE) == reads.LastChoices()

    @pytest.mark.parametrize("read", [reads.today, lambda by: reads.recent(by=by)])
    def test_a_ministry_viewer_reads_none(self, read, actor, home_centre):
        with pytest.raises(PermissionDenied):
            read(actor("ministry_viewer"))
