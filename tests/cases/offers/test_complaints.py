"""A complaint passes by whom it is about, opens to nobody it names, and moves by its table alone."""

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from safar.cases.actions import complaints as actions
from safar.cases.actions.complaints import Passing
from safar.cases.enums.complaints import COMPLAINT_MOVES, ComplaintState
from safar.cases.models import Complaint
from safar.cases.privacy import offers as privacy
from safar.cases.queries import complaints
from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.kernel.once import fresh_key
from safar.kernel.retention import keepers, rules
from safar.people.rules import ConsentDetails
from safar.trust.models import AuditEntry
from safar.trust.queries.actors import actor_for
from tests.factories import cases as make
from tests.factories import trust
from tests.factories.offers import agency, complaint, days_ago

pytestmark = pytest.mark.django_db
TO = Passing("prosecutor")


def agreed(recipient="prosecutor", fields=("name", "need")):
    return ConsentDetails(
        purpose="share", granted=True, recipient=complaints.recipient_name(recipient), fields=fields, text_version="1", language="uz"
    )  # fmt: skip


def heard(found):
    return {each.code for each in complaints.recipients_for(found)}


class TestWhoHearsIt:
    @pytest.mark.parametrize("institution", [each.code for each in complaints.institutions_of("UZ").institutions])
    def test_the_institution_named_and_the_one_above_it_can_never_be_chosen(self, home_centre, institution):
        found = complaint(home_centre, institution=institution, institution_name="", kind="other")
        parent = complaints.institutions().get(institution).parent
        assert not {institution, parent} & heard(found)
        for barred in {institution, parent} - {""}:
            with pytest.raises(ValidationError) as refused:
                actions.pass_on(complaint_id=found.pk, to=Passing(barred), by=MACHINE)
            assert set(refused.value.message_dict) == {"recipient"}

    def test_words_for_an_institution_bar_it_as_well(self, home_centre):
        found = complaint(home_centre, institution_name="Migratsiya agentligi Namangan filiali")
        assert "migration_agency" not in heard(found)
        assert "migration_agency" in complaints.barred_for(found)

    def test_of_our_own_centre_and_its_staff_the_host_does_not_hear(self, home_centre, staff_member):
        about_centre = complaint(home_centre, about_centre_id=home_centre.pk, institution_name="")
        about_staff = complaint(home_centre, named_staff=[staff_member("counsellor").pk], institution_name="")
        for found in (about_centre, about_staff):
            assert "migration_agency" not in heard(found)
            assert heard(found)

    def test_of_an_agency_the_licensor_hears_unless_the_state_owns_it(self, home_centre):
        private, state = agency(), agency("Davlat Ish", "L-9", state="yes")
        assert "migration_agency" in heard(complaint(home_centre, agency_id=private.pk, institution_name=""))
        assert "migration_agency" not in heard(complaint(home_centre, agency_id=state.pk, institution_name=""))


class TestWhoOpensIt:
    @pytest.fixture
    def named(self, staff_member):
        return staff_member("coordinator")

    def test_who_is_named_neither_opens_nor_lists_nor_moves_it(self, home_centre, named, actor):
        found = complaint(home_centre, actor("counsellor"), named_staff=[named.pk])
        by = actor_for(named)
        assert found not in complaints.visible(by=by)
        for forbidden in (
            lambda: complaints.get(found.pk, by=by),
            lambda: actions.pass_on(complaint_id=found.pk, to=TO, by=by),
            lambda: actions.letter(complaint_id=found.pk, by=by),
            lambda: actions.answer(complaint_id=found.pk, text="x", by=by),
            lambda: actions.close(complaint_id=found.pk, outcomes=["refused"], by=by),
        ):
            with pytest.raises(PermissionDenied):
                forbidden()

    def test_colleagues_of_who_is_named_do_not_open_it_and_the_protection_officer_does(self, home_centre, named, actor):
        taker, colleague, officer = actor("counsellor"), actor("counsellor"), actor("data_protection_officer")
        found = complaint(home_centre, taker, named_staff=[named.pk])
        assert list(complaints.visible(by=colleague)) == []
        with pytest.raises(PermissionDenied):
            complaints.get(found.pk, by=colleague)
        for by in (taker, officer):
            assert complaints.get(found.pk, by=by) == found
            assert list(complaints.visible(by=by)) == [found]
        assert AuditEntry.objects.filter(action="cases.complaint.open").count() == 2

    def test_an_ordinary_one_is_seen_in_its_centre(self, home_centre, actor):
        found = complaint(home_centre)
        elsewhere = actor_for(trust.staff("counsellor", at=trust.centre("SAM")))
        assert list(complaints.visible(by=actor("counsellor"))) == [found]
        assert list(complaints.visible(by=elsewhere)) == []
        assert list(complaints.visible(by=MACHINE)) == [found]

    def test_a_colleague_of_no_centre_sees_those_of_all(self, home_centre, actor):
        found = complaint(home_centre)
        anywhere = dataclasses.replace(actor("counsellor"), centre_id=None)
        assert list(complaints.visible(by=anywhere)) == [found]
        assert [str(each) for each in (found, found.moves.get())] == [f"fee_taken_no_job {today()}", " → received"]
        assert found.is_open

    def test_nobody_takes_one_about_themselves(self, home_centre, actor):
        by = actor("counsellor")
        with pytest.raises(ValidationError) as refused:
            complaint(home_centre, by, named_staff=[by.id])
        assert set(refused.value.message_dict) == {"named_staff"}

    @pytest.mark.parametrize("role", ["ministry_viewer", "outreach_officer", "administrator", "network_analyst"])
    def test_other_roles_neither_take_nor_follow(self, home_centre, actor, role):
        by, found = actor(role), complaint(home_centre)
        for forbidden in (
            lambda: complaint(home_centre, by),
            lambda: complaints.get(found.pk, by=by),
            lambda: complaints.visible(by=by),
            lambda: actions.pass_on(complaint_id=found.pk, to=TO, by=by),
            lambda: actions.letter(complaint_id=found.pk, by=by),
            lambda: actions.answer(complaint_id=found.pk, text="x", by=by),
            lambda: actions.close(complaint_id=found.pk, outcomes=["refused"], by=by),
        ):
            with pytest.raises(PermissionDenied):
                forbidden()

    def test_the_protection_officer_takes_none(self, home_centre, actor):
        with pytest.raises(PermissionDenied):
            complaint(home_centre, actor("data_protection_officer"))


STEPS = {
    ComplaintState.PASSED_ON: lambda found, by: actions.pass_on(complaint_id=found.pk, to=TO, by=by),
    ComplaintState.ANSWERED: lambda found, by: actions.answer(complaint_id=found.pk, text="We look into it", by=by),
    ComplaintState.CLOSED: lambda found, by: actions.close(complaint_id=found.pk, outcomes=["refused"], by=by),
}


class TestMoving:
    @pytest.mark.parametrize("to", STEPS)
    @pytest.mark.parametrize("before", ComplaintState)
    @pytest.mark.parametrize("role", ["counsellor", "coordinator", "data_protection_officer"])
    def test_every_move_of_the_table_is_possible_to_those_who_follow_and_no_other(
        self, home_centre, actor, role, before, to
    ):
        found = complaint(home_centre)
        closed = today() if before == ComplaintState.CLOSED else None
        Complaint.objects.filter(pk=found.pk).update(state=before, closed_on=closed)
        if to in COMPLAINT_MOVES[before]:
            assert STEPS[to](found, actor(role)).state == to
            assert found.moves.last().to_state == to
        else:
            with pytest.raises(ValidationError):
                STEPS[to](found, actor(role))

    def test_to_the_end_with_money_back(self, home_centre, actor):
        by, person = actor("counsellor"), make.person(home_centre)
        found = complaint(home_centre, by, person_id=person.pk, amount=Decimal(700), currency="USD")
        with pytest.raises(ValidationError):
            actions.pass_on(complaint_id=found.pk, to=Passing("prosecutor", ("name",)), by=by)
        actions.pass_on(complaint_id=found.pk, to=Passing("prosecutor", ("name",), agreed()), on=today(), by=by)
        found.refresh_from_db()
        assert (found.recipient, found.fields, found.due_on) == (
            "prosecutor",
            ["name"],
            today() + dt.timedelta(days=30),
        )
        assert found.consent_key is not None
        assert actions.letter(complaint_id=found.pk, by=by) == found
        for wrong in (
            {"outcomes": []},
            {"outcomes": ["magic"]},
            {"outcomes": ["money_back"]},
            {"outcomes": ["refused"], "amount_back": Decimal(5)},
        ):
            with pytest.raises(ValidationError):
                actions.close(complaint_id=found.pk, by=by, **wrong)
        done = actions.close(
            complaint_id=found.pk,
            outcomes=["money_back", "documents_back"],
            amount_back=Decimal(600),
            text="Paid",
            by=by,
        )
        assert (done.state, done.amount_back, done.closed_on) == ("closed", 600, today())
        assert complaints.of_person(person.pk, by=by) == [done]

    def test_what_is_wrong_is_said(self, home_centre):
        with pytest.raises(ValidationError) as refused:
            complaint(home_centre, kind="noise", told=" ", institution="nobody", evidence=["dream"], agency_id=home_centre.pk, happened_on=days_ago(-1))  # fmt: skip
        assert set(refused.value.message_dict) == {"kind", "told", "institution", "evidence", "agency", "happened_on"}
        with pytest.raises(ValidationError):
            complaint(home_centre, named_staff=[home_centre.pk])
        found = complaint(home_centre)
        with pytest.raises(ValidationError):
            actions.pass_on(complaint_id=found.pk, to=Passing("prosecutor", ("shoe_size",)), by=MACHINE)
        with pytest.raises(ValidationError):
            actions.letter(complaint_id=found.pk, by=MACHINE)
        with pytest.raises(ValidationError):
            actions.pass_on(complaint_id=found.pk, to=TO, on=days_ago(-1), by=MACHINE)
        actions.pass_on(complaint_id=found.pk, to=TO, by=MACHINE)
        with pytest.raises(ValidationError):
            actions.answer(complaint_id=found.pk, text=" ", by=MACHINE)

    def test_pressing_twice_takes_one(self, home_centre):
        from safar.cases.rules.complaints import ComplaintDetails

        key, contact = fresh_key(), make.contact(home_centre)
        details = ComplaintDetails("other", "x", institution_name="X")
        for _ in range(2):
            actions.receive(details=details, centre=home_centre, contact_id=contact.pk, form_key=key, by=MACHINE)
        assert Complaint.objects.get().contact == contact

    def test_the_table_itself_refuses_one_that_left_without_consent(self, home_centre):
        found = complaint(home_centre, person_id=make.person(home_centre).pk)
        with pytest.raises(IntegrityError):
            Complaint.objects.filter(pk=found.pk).update(passed_on=today())


def test_figures_count_complaints_by_kind_and_agency(home_centre):
    known = agency()
    complaint(home_centre, agency_id=known.pk)
    complaint(home_centre, agency_id=known.pk)
    complaint(home_centre, kind="stranded")
    found = complaints.counted(today(), today(), centre_id=home_centre.pk)
    assert {(each.kind, each.agency_id, each.complaints) for each in found} == {
        ("fee_taken_no_job", known.pk, 2),
        ("stranded", None, 1),
    }
    assert [each.kind for each in complaints.counted(today(), today(), kinds=["stranded"])] == ["stranded"]


def test_erasure_and_age_empty_the_words_and_keep_what_counts(home_centre):
    person = make.person(home_centre)
    found = complaint(home_centre, person_id=person.pk, amount=Decimal(5), currency="USD")
    kept = {keeper.name: keeper for keeper in keepers()}["cases.complaints"]
    assert [row["person"] for row in kept.keys(today())] == [person.pk]
    actions.close(complaint_id=found.pk, outcomes=["withdrawn"], text="Said so", by=MACHINE)
    rule = {rule.code: rule for rule in rules()}["cases.complaint_words"]
    assert [one.pk for one in rule.due(today(), today() + dt.timedelta(days=1))] == [found.pk]
    assert privacy.export(person.pk)["complaints"][0]["told"] == "They took the money."
    assert [effect.stays for effect in privacy.preview(person.pk)] == [1]
    privacy.erase(person.pk)
    found.refresh_from_db()
    assert (found.person, found.told, found.institution_name, found.amount) == (None, "", "", 5)
    assert found.moves.last().text == ""
    other = complaint(home_centre)
    actions.close(complaint_id=other.pk, outcomes=["withdrawn"], by=MACHINE)
    rule.end([other.pk])
    assert not rule.due(today(), today() + dt.timedelta(days=1)).exists()


def test_who_is_named_is_kept_by_key(home_centre, staff_member):
    member = staff_member("counsellor")
    found = complaint(home_centre, named_staff=[member.pk])
    assert str(found.named.get()) == str(member.pk)
