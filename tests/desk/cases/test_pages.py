"""The other pages of counselling: contacts, follow-ups, case files, referrals, board and timeline."""

import datetime as dt

import pytest
from django.urls import reverse

from safar.cases.actions import referrals as actions
from safar.cases.models import CaseFile, Contact, Referral
from safar.cases.queries.referral_words import written_birth
from safar.desk.board import board_for
from safar.desk.cases import facts
from safar.desk.cases.referrals.letters import referral_letter
from safar.desk.timeline import timeline_of
from safar.guide.actions import content
from safar.kernel.actor import MACHINE
from safar.kernel.clock import now, today
from safar.kernel.once import fresh_key
from safar.people.actions import consents
from safar.trust.models import AuditEntry
from safar.trust.queries.actors import actor_for
from safar.ui.numbers import written_date
from tests.desk.cases.test_new_contact import page, typed
from tests.factories import cases as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_of, home_centre):
    return client_of("counsellor")


@pytest.fixture
def by(client):
    return actor_for(client.staff)


@pytest.fixture
def person(home_centre):
    return make.person(home_centre)


@pytest.fixture
def contact(home_centre, person, by):
    return make.contact(
        home_centre,
        person,
        by,
        note="Asked about the contract",
        occurred_at=now() - dt.timedelta(days=9),
        follow_up_on=today() - dt.timedelta(days=2),
    )


@pytest.fixture
def nameless(home_centre):
    return make.contact(home_centre, sex="male", age_band="18_29", region="UZ-AN", topic_text="about a visa")


def get(client, name, *args, **query):
    return client.get(reverse(f"desk:cases:{name}", args=args), query)


def post(client, name, *args, **fields):
    return client.post(reverse(f"desk:cases:{name}", args=args), fields)


class TestContacts:
    def test_the_list_shows_names_only_when_asked_and_then_leaves_a_trace(self, client, contact, nameless, person):
        quiet = page(get(client, "list"))
        assert "Has a file" in quiet
        assert "Without a file" in quiet
        assert person.full_name not in quiet
        assert not AuditEntry.objects.filter(action="people.person.list").exists()
        assert person.full_name in page(get(client, "list", names="1"))
        assert AuditEntry.objects.filter(action="people.person.list").count() == 1

    def test_an_empty_list_says_what_to_do(self, client):
        assert "No contact yet" in page(get(client, "list"))

    def test_one_opens_with_what_it_holds(self, client, contact, nameless, person):
        shown = page(get(client, "contact", contact.pk))
        assert "Asked about the contract" in shown
        assert person.full_name in shown
        assert "about a visa" in page(get(client, "contact", nameless.pk))
        assert get(client, "contact", person.pk).status_code == 404

    def test_correcting_keeps_the_reason_and_shows_the_change(self, client, contact):
        content.load(by=MACHINE)
        assert get(client, "correct", contact.pk).status_code == 200
        changed = typed(mode="video", at="10:00", day=(today() - dt.timedelta(days=9)).isoformat())
        refused = post(client, "correct", contact.pk, **changed, reason="")
        assert refused.status_code == 422
        assert "Say why" in page(refused)
        assert post(client, "correct", contact.pk, **changed, reason="Wrong mode").status_code == 302
        shown = page(get(client, "contact", contact.pk))
        assert "Wrong mode" in shown
        assert "Corrected" in shown
        assert Contact.objects.get(pk=contact.pk).mode == "video"

    def test_correcting_a_nameless_one_shows_who(self, client, nameless):
        assert 'name="region"' in page(get(client, "correct", nameless.pk))
        assert post(client, "correct", nameless.pk, topic="").status_code == 422

    def test_voiding_needs_a_reason_and_marks_it(self, client, contact):
        post(client, "void", contact.pk, reason="")
        assert not Contact.objects.get(pk=contact.pk).is_void
        post(client, "void", contact.pk, reason="Entered twice")
        shown = page(get(client, "contact", contact.pk))
        assert "This contact stands in no figure" in shown
        assert "Correct</span>" not in shown
        assert "Voided" in page(get(client, "list"))


class TestFollowUps:
    def test_stand_by_urgency_and_are_finished_there(self, client, contact, nameless, home_centre, person):
        make.contact(home_centre, follow_up_on=today() + dt.timedelta(days=3))
        shown = page(get(client, "follow_ups"))
        assert person.full_name in shown
        assert "2 days late" in shown
        answer = post(client, "follow_up_done", contact.pk, outcome="went_regular", from_list="1")
        assert answer.url == reverse("desk:cases:follow_ups")
        assert person.full_name not in page(get(client, "follow_ups"))
        assert "Left in a regular way" in page(get(client, "contact", contact.pk))

    def test_an_unknown_outcome_changes_nothing(self, client, contact):
        answer = post(client, "follow_up_done", contact.pk, outcome="?")
        assert answer.url == reverse("desk:cases:contact", args=[contact.pk])
        assert Contact.objects.get(pk=contact.pk).follow_up_done_at is None


class TestCaseFiles:
    @pytest.fixture
    def case(self, home_centre, person, by):
        return make.case(
            home_centre, person, by, plan="Learn welding", country_of_return="RU", returned_on=dt.date(2024, 1, 1)
        )

    def test_the_list(self, client, case, person):
        assert person.full_name in page(get(client, "cases"))
        CaseFile.objects.update(person=None)
        assert get(client, "cases").status_code == 200

    def test_an_empty_list_says_what_to_do(self, client):
        assert "No case is open" in page(get(client, "cases"))

    def test_one_is_opened_from_a_person_once(self, client, person):
        assert get(client, "open_case", person.pk).status_code == 200
        form = {"kind": "pre_departure", "opened_on": today().isoformat(), "form_key": fresh_key()}
        opened = post(client, "open_case", person.pk, **form)
        assert opened.url == reverse("desk:cases:case", args=[CaseFile.objects.get().pk])
        refused = post(client, "open_case", person.pk, **form | {"form_key": ""})
        assert refused.status_code == 422
        assert "already has an open case" in page(refused)
        assert post(client, "open_case", person.pk).status_code == 422

    def test_one_shows_its_steps(self, client, case, person):
        make.referral(case.centre, person)
        shown = page(get(client, "case", case.pk))
        assert "Learn welding" in shown
        assert "Russia" in shown

    @pytest.mark.parametrize(
        ("name", "fields", "said"),
        [
            (
                "add_service",
                {"service-service": "legal_aid", "service-delivery": "by_referral", "service-on": today().isoformat()},
                "Legal aid (Through a partner)",
            ),
            (
                "add_service",
                {"service-service": "contract", "service-delivery": "direct", "service-on": today().isoformat()},
                "Work contract (By the centre)",
            ),
            (
                "add_note",
                {"note-kind": "note", "note-text": "Called twice", "note-on": today().isoformat()},
                "Called twice",
            ),
            ("move_case", {"to": "follow_up", "on": today().isoformat()}, "In follow-up"),
        ],
    )
    def test_takes_what_happens(self, client, case, name, fields, said):
        answer = post(client, name, case.pk, **fields)
        assert answer.url == reverse("desk:cases:case", args=[case.pk])
        assert said in page(client.get(answer.url))

    @pytest.mark.parametrize(
        ("name", "fields"),
        [
            ("add_service", {"service-service": "legal_aid", "service-delivery": "direct", "service-on": "2999-01-01"}),
            ("add_note", {"note-kind": "note", "note-text": "", "note-on": today().isoformat()}),
            ("move_case", {"to": "dropout", "on": today().isoformat()}),
            ("move_case", {"to": "follow_up", "on": "2999-01-01"}),
        ],
    )
    def test_refuses_with_the_form_still_filled(self, client, case, name, fields):
        assert post(client, name, case.pk, **fields).status_code == 422

    def test_a_closed_one_offers_nothing_more(self, client, case):
        post(client, "move_case", case.pk, to="closed", on=today().isoformat(), reason="Left")
        shown = page(get(client, "case", case.pk))
        assert "This case is closed" in shown
        assert "Add to the file" not in shown

    def test_of_an_erased_person_still_opens(self, client, case):
        CaseFile.objects.update(person=None, worker=None)
        assert "has been erased" in page(get(client, "case", case.pk))


class TestReferrals:
    @pytest.fixture
    def partner(self):
        from safar.partners.models import Partner

        return Partner.objects.create(name={"en": "Legal clinic"}, type="NGO")

    def test_from_person_contact_and_case(self, client, person, contact, nameless, partner):
        case = make.case(contact.centre, person)
        wanted = {"service": "legal_aid", "urgency": "routine", "recipient": "Lawyers of Andijan"}
        for name, of in (
            ("refer_person", person),
            ("refer_contact", contact),
            ("refer_contact", nameless),
            ("refer_case", case),
        ):
            assert get(client, name, of.pk).status_code == 200
            answer = post(client, name, of.pk, **wanted, form_key=fresh_key())
            assert answer.status_code == 302
        assert Referral.objects.filter(person=person).count() == 3
        post(client, "refer_person", person.pk, service="legal_aid", urgency="routine", partner=str(partner.pk))
        assert Referral.objects.get(partner=partner).recipient == "Legal clinic"
        assert post(client, "refer_person", person.pk).status_code == 422
        assert post(client, "refer_person", person.pk, **wanted | {"recipient": ""}).status_code == 422

    def test_the_list_marks_the_late(self, client, person, home_centre, nameless):
        assert "No referral is under way" in page(get(client, "referrals"))
        make.referral(home_centre, person)
        make.referral(home_centre, contact_id=nameless.pk)
        Referral.objects.filter(person=person).update(due_on=today() - dt.timedelta(days=1))
        shown = page(get(client, "referrals"))
        assert person.full_name in shown
        assert shown.count("Late") == 1

    def test_leaves_only_with_consent(self, client, person, home_centre):
        referral = make.referral(home_centre, person, text="Wage not paid")
        refused = post(client, "send_referral", referral.pk, method="written", text_language="uz")
        assert refused.status_code == 422
        assert "has not agreed" in page(refused)
        assert post(client, "send_referral", referral.pk).status_code == 422
        sent = post(client, "send_referral", referral.pk, consent="on", method="written", text_language="uz")
        assert sent.status_code == 302
        assert "Sent" in page(client.get(sent.url))

    def test_tells_the_recipient_what_was_chosen_and_agreed_and_nothing_else(self, client, person):
        wanted = {
            "service": "legal_aid",
            "urgency": "routine",
            "recipient": "Lawyers",
            "fields_shared": ["name", "birth"],
        }
        post(client, "refer_person", person.pk, **wanted, text="Wage not paid")
        referral = Referral.objects.get(recipient="Lawyers")
        assert referral.told == {"name", "birth", "need"}
        assert "Date of birth or age" in page(get(client, "referral", referral.pk))
        refused = post(client, "referral_letter", referral.pk)
        assert refused.status_code == 302
        assert "has not agreed to share" in page(client.get(refused.url))
        post(client, "send_referral", referral.pk, consent="on", method="written", text_language="uz")
        grant = person.consents.get(purpose="share")
        assert (set(grant.fields), grant.recipient) == (set(referral.told), "Lawyers")
        letter = post(client, "referral_letter", referral.pk)
        assert letter.content.startswith(b"%PDF")
        told = dict(referral_letter(actions.letter(referral_id=referral.pk, by=MACHINE)).blocks[1].facts)
        assert set(told.values()) == {person.full_name, "2 May 1994", "Wage not paid"}
        consents.withdraw(grant_id=grant.pk, by=MACHINE)
        assert post(client, "referral_letter", referral.pk).status_code == 302

    def test_a_letter_about_somebody_without_a_file_holds_the_request_alone(self, client, home_centre, nameless):
        referral = make.referral(home_centre, contact_id=nameless.pk)
        assert post(client, "referral_letter", referral.pk).content.startswith(b"%PDF")
        assert len(referral_letter(actions.letter(referral_id=referral.pk, by=MACHINE)).blocks) == 1

    @pytest.mark.parametrize(
        ("value", "words"),
        [("1994-05-02", "2 May 1994"), ("1994-05", "05.1994"), ("1994", "1994"), ("18_29", "18–29")],
    )
    def test_a_birth_is_said_as_well_as_it_is_known(self, value, words):
        assert written_birth(value, written_date).replace("-", "–") == words

    def test_the_text_of_the_consent_is_there_to_read_out(self, client, person, home_centre):
        referral = make.referral(home_centre, person)
        assert 'lang="ru"' in page(get(client, "referral", referral.pk))

    def test_a_standing_consent_is_not_asked_again(self, client, person, home_centre):
        referral = make.referral(home_centre, person)
        agreed = make.keep_file(purpose="share", recipient=referral.recipient)
        consents.decide(person_id=person.pk, details=agreed, by=MACHINE)
        assert "has agreed to share" in page(get(client, "referral", referral.pk))

    def test_moves_and_says_why(self, client, home_centre, nameless):
        referral = make.referral(home_centre, contact_id=nameless.pk)
        assert "takes the address along" in page(get(client, "referral", referral.pk))
        post(client, "send_referral", referral.pk, method="verbal_certified", text_language="uz")
        refused = post(client, "move_referral", referral.pk, to="refused", on=today().isoformat())
        assert refused.status_code == 422
        assert "Say why" in page(refused)
        assert post(client, "move_referral", referral.pk, to="?", on="").status_code == 422
        done = post(client, "move_referral", referral.pk, to="refused", why="no_capacity", on=today().isoformat())
        assert done.status_code == 302
        assert "No places or funds" in page(client.get(done.url))


class TestBoardAndTimeline:
    def test_the_board_shows_whom_to_call_and_what_was_done(self, client, contact, nameless, person, home_centre):
        make.referral(home_centre, person, urgency="immediate")
        for _ in range(9):
            make.contact(home_centre, occurred_at=now() - dt.timedelta(days=3), follow_up_on=today())
        shown = page(client.get(reverse("desk:board")))
        assert person.full_name in shown
        assert "All who wait" in shown
        assert "1 referral has no answer in time" in shown

    def test_an_empty_board(self, client, actor):
        assert "Nobody is waiting" in page(client.get(reverse("desk:board")))
        assert not [card for card in board_for(actor("ministry_viewer")) if "cases" in card.template]
        assert [card.title for card in board_for(actor("outreach_officer")) if "cases" in card.template]

    def test_the_timeline_tells_contacts_steps_and_referrals(self, client, by, contact, person, actor):
        home_centre = contact.centre
        make.contact(home_centre, person)
        case = make.case(home_centre, person)
        make.referral(home_centre, person)
        titles = [entry.title for entry in timeline_of(person.pk, by)]
        assert "First contact" in titles
        assert "Contact" in titles
        assert "Referral to Lawyers of Andijan" in titles
        assert f"{case.get_kind_display()}: Opened" in titles
        assert not [
            entry.url
            for entry in timeline_of(person.pk, actor("outreach_officer"))
            if entry.icon == "folder" and entry.url
        ]
        assert not [entry for entry in timeline_of(person.pk, actor("ministry_viewer")) if entry.icon == "message"]
        client.post(reverse("desk:cases:void", args=[contact.pk]), {"reason": "Twice"})
        assert "Voided contact" in [entry.title for entry in timeline_of(person.pk, by)]

    def test_an_unknown_field_of_an_old_revision_shows_as_itself(self, contact, by):
        contact.revisions.create(kind="corrected", reason="Old", old_values={"gone": 1})
        assert facts.revisions_of(contact)[0].fields == "gone"


@pytest.mark.parametrize("name", ["list", "follow_ups", "cases", "referrals"])
def test_no_list_asks_more_of_the_database_when_it_grows(client, home_centre, name, django_assert_max_num_queries):
    def grow(count):
        for number in range(count):
            person = make.person(home_centre, family_name=f"Family{number}", contact_points=())
            make.contact(home_centre, person, occurred_at=now() - dt.timedelta(days=9), follow_up_on=today())
            make.case(home_centre, person)
            make.referral(home_centre, person)

    def queries():
        with django_assert_max_num_queries(60) as held:
            get(client, name, names="1")
        return len(held)

    grow(1)
    get(client, name, names="1")
    few = queries()
    grow(6)
    assert queries() == few


EVERY = ["new_contact", "cards", "list", "follow_ups", "cases", "referrals", "import"]
OF = ["new_contact_of", "contact", "correct", "void", "follow_up_done", "refer_contact", "open_case", "case", "move_case",
      "add_service", "add_note", "refer_case", "refer_person", "referral", "send_referral", "move_referral", "import_done"]  # fmt: skip


@pytest.mark.parametrize("name", EVERY + OF)
def test_a_ministry_viewer_is_refused_everywhere(client_of, home_centre, person, name):
    viewer = client_of("ministry_viewer")
    address = reverse(f"desk:cases:{name}", args=[person.pk] if name in OF else [])
    read_only = name in {
        "void",
        "follow_up_done",
        "move_case",
        "add_service",
        "add_note",
        "send_referral",
        "move_referral",
    }
    answer = viewer.post(address) if read_only else viewer.get(address)
    assert answer.status_code == 403


def test_an_outreach_officer_records_but_opens_no_case(client_of, home_centre):
    officer = client_of("outreach_officer")
    assert officer.get(reverse("desk:cases:new_contact")).status_code == 200
    assert officer.get(reverse("desk:cases:cases")).status_code == 403
