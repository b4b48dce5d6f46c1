"""Every action that sends, shares or follows up passes the one gate, and refuses without, after and beyond consent."""

import ast
import datetime as dt
from importlib import import_module
from pathlib import Path

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

import safar
from safar.cases.actions import calls, complaints, contacts, departure, follow_ups, referrals, reviews
from safar.cases.actions import referral_incoming as incoming
from safar.cases.actions import referral_links as links
from safar.cases.actions.calls import CallDetails
from safar.cases.actions.complaints import Passing
from safar.cases.models import CallBack, Referral, ReferralLink
from safar.cases.queries import follow_ups as follow_up_queries
from safar.cases.queries.complaints import recipient_name
from safar.cases.rules.referrals import Answer
from safar.kernel.actor import MACHINE
from safar.kernel.clock import now, today
from safar.messaging.actions import notes, outbox
from safar.messaging.models import Message
from safar.people.actions import consents, merges
from safar.people.actions.gate import GATED
from safar.people.enums import ConsentPurpose, SharedField
from safar.people.models import Person
from safar.people.queries import consent as queries
from safar.people.rules import ContactPointDetails, Use
from tests.factories import cases as make
from tests.factories import departure as departing
from tests.factories import offers, people, trust
from tests.factories import referrals as sent_referrals

pytestmark = pytest.mark.django_db
RECIPIENT = "Lawyers of Andijan"
PACKAGE = Path(safar.__file__).parent


class RefusedError(Exception):
    """What an action did instead of doing it."""


def _send(person: Person, centre) -> None:
    message = outbox.send_reminder(
        person_id=person.pk, kind="appointment", at=now(), place="Room 3", language="en", by=MACHINE
    )
    if message.state == "refused":
        raise RefusedError(message.refusal)


def _deliver(person: Person, centre) -> None:
    """Let a message written while consent stood leave now."""
    message = Message.objects.get(person_key=person.pk)
    outbox.deliver(message.pk)
    message.refresh_from_db()
    if message.state != "sent":
        raise RefusedError(message.refusal)


def _refer(person: Person, centre) -> None:
    referrals.send(referral_id=Referral.objects.get(person=person, state="draft").pk, by=MACHINE)


def _letter(person: Person, centre) -> None:
    referrals.letter(referral_id=Referral.objects.filter(person=person).first().pk, by=MACHINE)


def _record(person: Person, centre) -> None:
    make.contact(centre, person, follow_up_on=today() + dt.timedelta(days=9))


def _correct(person: Person, centre) -> None:
    contact = person.contacts.order_by("occurred_at").first()
    details = make.details(occurred_at=contact.occurred_at, follow_up_on=today() + dt.timedelta(days=9))
    contacts.correct(contact_id=contact.pk, details=details, reason="Agreed later", by=MACHINE)


def _follow_up(person: Person, centre) -> None:
    contact = person.contacts.exclude(follow_up_on=None).first()
    follow_ups.done(contact_id=contact.pk, outcome="stayed", by=MACHINE)


def _owe_a_call(person: Person, centre) -> None:
    calls.owe(centre_id=centre.pk, details=CallDetails("promised"), person_id=person.pk, by=MACHINE)


def _try_to_call(person: Person, centre) -> None:
    calls.tried(call_id=CallBack.objects.filter(person=person).first().pk, result="no_answer", by=MACHINE)


def _try_to_follow_up(person: Person, centre) -> None:
    contact = person.contacts.exclude(follow_up_on=None).first()
    calls.tried_follow_up(contact_id=contact.pk, result="busy", by=MACHINE)


def _try_to_review(person: Person, centre) -> None:
    case = person.case_files.first() or make.case(centre, person, kind="reintegration")
    reviews.attempt(case_id=case.pk, mode="phone", result="no_answer", by=MACHINE)


def _prepare_recipients(person: Person, centre) -> None:
    """Refer the person by link, opened by its recipient, and to another centre, which has received it."""
    by_link, there = (
        make.referral(centre, person, recipient=RECIPIENT, text="Wage", fields=(SharedField.NAME,), **to)
        for to in ({}, {"to_centre_id": trust.centre("SAM").pk})
    )
    for referral in (by_link, there):
        referrals.send(referral_id=referral.pk, by=MACHINE)
    _fresh, person.browser_of_recipient = sent_referrals.opened(by_link)
    incoming.receive(referral_id=there.pk, by=MACHINE)


def _make_link(person: Person, centre) -> None:
    links.make(referral_id=ReferralLink.objects.get(referral__person=person).referral_id, language="ru", by=MACHINE)


def _of_the_link(person: Person) -> dict:
    return {"link_id": ReferralLink.objects.get(referral__person=person).pk, "browser": person.browser_of_recipient}


def _show_by_link(person: Person, centre) -> None:
    links.shown(**_of_the_link(person))


def _answer_by_link(person: Person, centre) -> None:
    links.answer(**_of_the_link(person), given=Answer("accept"))


def _show_at_the_other_centre(person: Person, centre) -> None:
    there = Referral.objects.get(person=person, to_centre__isnull=False)
    incoming.shown(referral_id=there.pk, by=MACHINE)


def _answer_at_the_other_centre(person: Person, centre) -> None:
    there = Referral.objects.get(person=person, to_centre__isnull=False)
    incoming.answer(referral_id=there.pk, given=Answer("accept"), by=MACHINE)


def _pass_on(person: Person, centre) -> None:
    complaint = person.complaints.get(state="received")
    complaints.pass_on(complaint_id=complaint.pk, to=Passing("prosecutor", (SharedField.NAME,)), by=MACHINE)


def _complaint_letter(person: Person, centre) -> None:
    complaints.letter(complaint_id=person.complaints.get(state="passed_on").pk, by=MACHINE)


def _find_out(person: Person, centre) -> None:
    details = departing.found(ask_again_on=today() + dt.timedelta(days=9))
    departure.record_outcome(
        details=details, centre=centre, contact_id=person.contacts.order_by("occurred_at").first().pk, by=MACHINE
    )


def _send_sheet(person: Person, centre) -> None:
    note = notes.Note("Notes", "Tuesday")
    message = notes.send(
        person_id=person.pk,
        kind="sheet",
        full=note,
        discreet=note,
        language="en",
        action="cases.sheet.send",
        by=MACHINE,
    )
    if message.state == "refused":
        raise RefusedError(message.refusal)


ACTIONS = {
    "safar.messaging.actions.outbox.send_reminder": _send,
    "safar.messaging.actions.outbox.deliver": _deliver,
    "safar.cases.actions.referrals.send": _refer,
    "safar.cases.actions.referrals.letter": _letter,
    "safar.cases.actions.referral_links.make": _make_link,
    "safar.cases.actions.referral_links.shown": _show_by_link,
    "safar.cases.actions.referral_links.answer": _answer_by_link,
    "safar.cases.actions.referral_incoming.shown": _show_at_the_other_centre,
    "safar.cases.actions.referral_incoming.answer": _answer_at_the_other_centre,
    "safar.cases.actions.complaints.pass_on": _pass_on,
    "safar.cases.actions.complaints.letter": _complaint_letter,
    "safar.cases.actions.departure.record_outcome": _find_out,
    "safar.messaging.actions.notes.send": _send_sheet,
    "safar.cases.actions.contacts.record": _record,
    "safar.cases.actions.contacts.correct": _correct,
    "safar.cases.actions.follow_ups.done": _follow_up,
    "safar.cases.actions.reviews.attempt": _try_to_review,
    "safar.cases.actions.calls.owe": _owe_a_call,
    "safar.cases.actions.calls.tried": _try_to_call,
    "safar.cases.actions.calls.tried_follow_up": _try_to_follow_up,
}


def _agree(person: Person, **fields) -> None:
    share = {"recipient": RECIPIENT, "fields": (SharedField.NAME, SharedField.NEED)}
    heard = share | {"recipient": recipient_name("prosecutor")}
    for purpose, own in (
        (ConsentPurpose.BE_CONTACTED, {}),
        (ConsentPurpose.SHARE, share),
        (ConsentPurpose.SHARE, heard),
    ):
        consents.decide(person_id=person.pk, details=people.consent(purpose, **(own | fields)), by=MACHINE)


@pytest.fixture
def person(home_centre) -> Person:
    """Somebody who agreed to everything, with all that could be done under it prepared."""
    person = people.person(at=home_centre, contact_points=[ContactPointDetails("email", "a@example.org")])
    _agree(person)
    make.contact(home_centre, person, occurred_at=now() - dt.timedelta(days=5), follow_up_on=today())
    make.contact(home_centre, person, occurred_at=now() - dt.timedelta(days=9))
    make.referral(home_centre, person, recipient=RECIPIENT, text="Wage", fields=(SharedField.NAME,))
    _prepare_recipients(person, home_centre)
    offers.complaint(home_centre, person_id=person.pk)
    _pass_on(person, home_centre)
    offers.complaint(home_centre, person_id=person.pk)
    calls.owe(centre_id=home_centre.pk, details=CallDetails("missed_call"), person_id=person.pk, by=MACHINE)
    outbox.send_reminder(person_id=person.pk, kind="session", at=now(), place="Hall", language="en", by=MACHINE)
    return person


def test_every_marked_action_is_tried_here() -> None:
    for path in sorted(PACKAGE.glob("*/actions/*.py")):
        import_module(".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts))
    assert set(GATED) == set(ACTIONS)


@pytest.mark.parametrize("name", ACTIONS)
def test_with_consent_it_is_done(name, person, home_centre) -> None:
    ACTIONS[name](person, home_centre)


def _never(person: Person) -> None:
    person.consents.exclude(purpose="keep_file").delete()


def _said_no(person: Person) -> None:
    _agree(person, granted=False)


def _withdrawn(person: Person) -> None:
    for grant in person.consents.exclude(purpose="keep_file"):
        consents.withdraw(grant_id=grant.pk, by=MACHINE)


def _file_withdrawn(person: Person) -> None:
    consents.withdraw(grant_id=person.consents.get(purpose="keep_file").pk, by=MACHINE)


def _expired(person: Person) -> None:
    _agree(person, expires_on=timezone.localdate() - dt.timedelta(days=1))


@pytest.mark.parametrize("ending", [_never, _said_no, _withdrawn, _file_withdrawn, _expired])
@pytest.mark.parametrize("name", ACTIONS)
def test_without_consent_in_force_it_is_refused(name, ending, person, home_centre) -> None:
    ending(person)
    with pytest.raises((ValidationError, RefusedError)):
        ACTIONS[name](person, home_centre)


def test_consent_holds_through_its_last_day_and_no_longer(home_centre) -> None:
    person = people.person(at=home_centre)
    last = today() + dt.timedelta(days=30)
    _agree(person, expires_on=last)
    for day, holds in ((last, True), (last + dt.timedelta(days=1), False)):
        with time_machine.travel(dt.datetime.combine(day, dt.time(8), dt.UTC)):
            assert queries.may_follow_up(person.pk).allowed is holds


class TestSharing:
    def use(self, **fields) -> Use:
        return Use(**({"purpose": "share", "recipient": RECIPIENT, "fields": frozenset({"name"})} | fields))

    def test_is_of_the_fields_named_and_of_no_other(self, person, home_centre) -> None:
        assert queries.decide(person.pk, self.use()).allowed
        assert queries.decide(person.pk, self.use(fields=frozenset({"name", "phone"}))).reason == "fields"
        referral = make.referral(home_centre, person, recipient=RECIPIENT, fields=("phone",))
        with pytest.raises(ValidationError, match="share all of this"):
            referrals.send(referral_id=referral.pk, by=MACHINE)

    def test_is_with_the_recipient_named_and_with_no_other(self, person) -> None:
        assert queries.decide(person.pk, self.use(recipient="Police")).reason == "no_sharing"

    def test_goes_abroad_only_where_the_person_agreed_to_it(self, person) -> None:
        assert queries.decide(person.pk, self.use(abroad=True)).reason == "abroad"
        _agree(person, abroad=True)
        assert queries.decide(person.pk, self.use(abroad=True)).allowed

    def test_words_about_the_person_need_consent_as_well(self, home_centre) -> None:
        person = people.person(at=home_centre)
        silent = make.referral(home_centre, person, recipient=RECIPIENT)
        telling = make.referral(home_centre, person, recipient=RECIPIENT, text="Beaten by his employer")
        agreed = people.consent("share", recipient=RECIPIENT)
        referrals.send(referral_id=silent.pk, agreed=agreed, by=MACHINE)
        with pytest.raises(ValidationError):
            referrals.send(referral_id=telling.pk, by=MACHINE)

    def test_ends_after_the_months_the_text_names(self, person) -> None:
        grant = person.consents.get(purpose="share", recipient=RECIPIENT)
        assert (grant.expires_on - today()).days in {365, 366}

    def test_the_letter_holds_the_fields_agreed_and_none_that_is_not_known(self, home_centre) -> None:
        person = make.person(home_centre)
        agreed = people.consent("share", recipient=RECIPIENT, fields=tuple(SharedField.values))
        fields = ("birth", "citizenship", "name", "phone", "place", "sex")
        referral = make.referral(home_centre, person, recipient=RECIPIENT, fields=fields)
        referrals.send(referral_id=referral.pk, agreed=agreed, by=MACHINE)
        assert referrals.letter(referral_id=referral.pk, by=MACHINE).told == {
            "birth": "1994-05-02",
            "name": "Karimov Anvar",
            "phone": "+998901234567",
            "place": "UZ-AN",
            "sex": "male",
        }

    def test_a_letter_about_somebody_without_a_file_tells_nothing_of_them(self, home_centre) -> None:
        contact = make.contact(home_centre)
        referral = make.referral(home_centre, contact_id=contact.pk, fields=("name",), text="Words")
        assert referrals.letter(referral_id=referral.pk, by=MACHINE).told == {}

    def test_an_unknown_field_is_refused(self, person, home_centre) -> None:
        with pytest.raises(ValidationError):
            make.referral(home_centre, person, fields=("religion",))

    def test_the_database_refuses_a_sent_referral_that_names_no_consent(self, person) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Referral.objects.filter(person=person).update(sent_at=now())


def test_whoever_withdrew_is_no_longer_among_the_follow_ups_and_is_again_after_a_new_yes(person) -> None:
    def due() -> int:
        return len(follow_up_queries.due(by=MACHINE, until=today()))

    assert due() == 1
    _withdrawn(person)
    assert due() == 0
    _agree(person)
    assert due() == 1


# Where something may leave a centre, and which modules may write it. Anything else is a way around the gate.
ONLY = {
    ".deliver(": {"messaging/actions/outbox.py"},
    "EmailMessage": {"messaging/channels/email/channel.py"},
    "send_mail": set(),
    "sent_at =": {"cases/actions/referrals.py", "messaging/actions/outbox.py"},
    "Step(ReferralState.SENT": {"cases/actions/referrals.py"},
    "follow_up_done_at = now": {"cases/actions/follow_ups.py"},
    "Message(": {"messaging/actions/outbox.py", "messaging/actions/notes.py", "config/messages.py"},
}


def _statements(path: Path) -> str:
    """Return a module's code without its words: a docstring may speak of anything."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return ast.unparse(tree)


def test_no_module_sends_or_marks_as_sent_besides_the_gated_actions() -> None:
    found: dict[str, set[str]] = {mark: set() for mark in ONLY}
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" in path.parts or "models" in path.parts:
            continue
        code = _statements(path)
        for mark in ONLY:
            if mark in code.replace("EmailMessage(", "EmailLetter(" if mark == "Message(" else "EmailMessage("):
                found[mark].add(str(path.relative_to(PACKAGE)))
    assert found == ONLY


class TestMergedFiles:
    @pytest.fixture
    def both(self, home_centre) -> list[Person]:
        points = [ContactPointDetails("email", "a@example.org")]
        files = [
            people.person(at=home_centre, contact_points=points),
            people.person("Karimova", "Lola", at=home_centre),
        ]
        _agree(files[0])
        merges.merge(kept_id=files[1].pk, merged_id=files[0].pk, reason="one passport", by=MACHINE)
        return files

    def test_a_yes_and_an_address_in_one_file_hold_for_the_person(self, both) -> None:
        for one in both:
            assert queries.may_contact(one.pk, "email").allowed
            assert [grant.purpose for grant in queries.standing(one.pk)] == [
                "keep_file",
                "be_contacted",
                "share",
                "share",
            ]
        assert queries.who_may_be_followed_up({one.pk for one in both}) == {one.pk for one in both}

    def test_the_last_word_counts_in_whichever_file_it_was_said(self, both) -> None:
        no = people.consent(ConsentPurpose.BE_CONTACTED, granted=False)
        consents.decide(person_id=both[1].pk, details=no, by=MACHINE)
        for one in both:
            assert queries.may_contact(one.pk, "email").reason == "no_consent"
        assert queries.who_may_be_followed_up({both[0].pk}) == set()
