"""The pages of a departure: papers with the client, what became of it, whom to ask."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from safar.cases.models import DepartureOutcome, DeparturePaper
from safar.cases.queries import checklists
from safar.desk.cases.departure.forms import CostForm, currencies, typed_of
from safar.desk.timeline import timeline_of
from safar.desk.trust.own_copy_words import paper
from safar.guide.actions import content
from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.kernel.ids import new_id
from safar.kernel.once import fresh_key
from safar.people.actions import consents
from safar.trust.models import AuditEntry
from safar.trust.queries.actors import actor_for
from tests.factories import cases as make
from tests.factories import departure as depart

pytestmark = pytest.mark.django_db
COSTS = {
    "wage": "70 000", "wage_currency": "RUB", "home_currency": "UZS", "rate": "150,5", "rate_on": "2026-01-01",
    "contract_months": "12", "ticket": "3 000 000", "agency": "9000000", "board": "10000", "loan_amount": "8000000",
    "loan_percent": "4", "loan_months": "6", "remittance": "3000000",
}  # fmt: skip


@pytest.fixture
def client(client_of, home_centre):
    return client_of("counsellor")


@pytest.fixture
def person(home_centre):
    return make.person(home_centre)


@pytest.fixture
def contact(home_centre, person):
    return make.contact(home_centre, person, destination="KR")


@pytest.fixture
def nameless(home_centre):
    return make.contact(home_centre, destination="RU")


def at(name, *args):
    return reverse(f"desk:cases:{name}", args=args)


def page(response):
    return response.content.decode()


class TestPreparing:
    def test_all_papers_stand_on_one_page(self, client, person, contact, home_centre):
        depart.costs(home_centre, contact_id=contact.pk)
        depart.ticked(home_centre, contact_id=contact.pk)
        case = make.case(home_centre, person)
        shown = page(client.get(at("prepare_contact", contact.pk)))
        for words in (person.full_name, "3 papers missing", at("outcome_case", case.pk), at("sheet", contact.pk)):
            assert words in shown
        assert at("costs", f"person-{person.pk}") in page(client.get(at("prepare_person", person.pk)))

    def test_without_anything_it_says_what_there_is_to_do(self, client, person, nameless, home_centre, client_of):
        assert "nothing is kept" in page(client.get(at("prepare")))
        assert "A sheet is made from a contact" in page(client.get(at("prepare_person", person.pk)))
        shown = page(client.get(at("prepare_contact", nameless.pk)))
        assert at("outcome_contact", nameless.pk) in shown
        depart.ticked(home_centre, contact_id=nameless.pk, form="russia_patent", ticks={"ruid": "has"})
        assert "Nothing missing" in page(client.get(at("prepare_contact", nameless.pk)))
        officer = page(client_of("outreach_officer").get(at("prepare_contact", nameless.pk)))
        assert at("outcome_contact", nameless.pk) not in officer

    def test_it_opens_from_file_contact_and_case(self, client, person, contact, home_centre):
        case = make.case(home_centre, person)
        assert at("prepare_person", person.pk) in page(client.get(reverse("desk:people:file", args=[person.pk])))
        assert at("prepare_contact", contact.pk) in page(client.get(at("contact", contact.pk)))
        shown = page(client.get(at("case", case.pk)))
        assert at("outcome_case", case.pk) in shown
        assert at("prepare_person", person.pk) in shown
        assert "The departure" not in page(
            client.get(at("case", make.case(home_centre, person, kind="reintegration").pk))
        )

    @pytest.mark.parametrize("about", ["person", "contact"])
    def test_of_nobody_known_there_is_no_page(self, client, about):
        assert client.get(at("costs", f"{about}-{new_id()}")).status_code == 404


class TestCosts:
    def test_it_is_reckoned_without_a_name_and_without_a_trace(self, client):
        assert client.get(at("costs", "nobody")).status_code == 200
        shown = page(client.post(at("costs", "nobody"), COSTS | {"do": "count"}))
        assert "earned back after 2 months, within the contract" in shown
        assert "SDG 10.7.1" in shown
        assert "<svg" in shown
        assert "Keep it" not in shown
        assert not DeparturePaper.objects.exists()

    def test_it_is_kept_at_the_clients_wish_and_shown_again(self, client, contact):
        kept = client.post(at("costs", f"contact-{contact.pk}"), COSTS | {"do": "keep", "form_key": fresh_key()})
        assert kept.url == at("prepare_contact", contact.pk)
        shown = page(client.get(at("costs", f"contact-{contact.pk}")))
        assert 'value="150.5"' in shown
        assert "Versions kept" in shown

    def test_nothing_of_nobody_is_kept(self, client):
        refused = client.post(at("costs", "nobody"), COSTS | {"do": "keep"})
        assert "nothing to keep it with" in page(refused)
        assert at("prepare") in page(refused)

    def test_it_is_printed(self, client, person):
        for about in ("nobody", f"person-{person.pk}"):
            assert client.post(at("costs", about), COSTS | {"do": "print"}).content.startswith(b"%PDF")
        same = COSTS | {"wage_currency": "UZS", "rate": "", "do": "print"}
        assert client.post(at("costs", "nobody"), same).content.startswith(b"%PDF")

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"wage": "much"}, "Enter a number"),
            ({"rate": ""}, "gives at home."),
            ({"loan_months": ""}, "in how many months"),
            ({"ticket": "-1"}, "greater than or equal to 0"),
            ({"wage_currency": "XXX"}, "not one of the available choices"),
            ({"rate_on": "2999-01-01"}, "lies in the future"),
        ],
    )
    def test_what_cannot_be_comes_back_with_everything_typed(self, client, typed, said):
        refused = client.post(at("costs", "nobody"), COSTS | typed)
        assert refused.status_code == 422
        assert said in page(refused)
        assert 'value="9000000"' in page(refused)

    def test_what_the_action_refuses_is_said(self, client, contact, person):
        consents.withdraw(grant_id=person.consents.get(purpose="keep_file").pk, by=MACHINE)
        refused = client.post(at("costs", f"contact-{contact.pk}"), COSTS | {"do": "keep"})
        assert refused.status_code == 422
        assert "no longer agrees" in page(refused)

    def test_bad_plans_are_called_bad(self, client):
        never = page(client.post(at("costs", "nobody"), COSTS | {"wage": "9000"}))
        assert "never comes back" in never
        assert "the wage is short" in never
        assert "longer than the contract of 1 month" in page(
            client.post(at("costs", "nobody"), COSTS | {"contract_months": "1"})
        )
        nothing = dict.fromkeys(("ticket", "agency", "loan_amount", "loan_months", "loan_percent"), "")
        assert "nothing to earn back" in page(client.post(at("costs", "nobody"), COSTS | nothing))

    def test_the_currencies_are_those_a_centre_meets(self):
        offered = [code for code, _name in currencies("KW")]
        assert offered[:2] == ["UZS", "KWD"]
        assert {"RUB", "KRW", "USD", "EUR"} <= set(offered)
        assert len(offered) == len(set(offered))
        assert CostForm(destination="KR").initial["wage_currency"] == "KRW"
        assert CostForm().initial["wage_currency"] == "USD"

    def test_a_kept_sheet_fills_the_form_as_it_was_typed(self):
        form = CostForm(data=COSTS)
        assert form.is_valid()
        assert CostForm(data=typed_of(form.sheet())).is_valid()


class TestChecklist:
    def test_the_list_of_the_destination_is_ticked_and_kept(self, client, contact, nameless):
        shown = page(client.get(at("checklist", f"contact-{contact.pk}")))
        assert "EPS-TOPIK" in shown
        assert "to be verified" in shown
        ticks = {"item-passport": "has", "item-ruid": "missing", "item-exam": "?", "do": "keep"}
        kept = client.post(at("checklist", f"contact-{nameless.pk}"), ticks)
        assert kept.url == at("prepare_contact", nameless.pk)
        assert DeparturePaper.objects.get().content == {"passport": "has", "ruid": "missing"}
        again = page(client.get(at("checklist", f"contact-{nameless.pk}")))
        assert 'value="missing" checked' in again
        other = page(client.get(at("checklist", f"contact-{nameless.pk}"), {"list": "general"}))
        assert "Any country" in other
        assert "checked>" not in other

    def test_it_is_printed_with_what_is_not_needed_left_out(self, client):
        printed = client.post(at("checklist", "nobody"), {"do": "print", "item-diploma": "not_needed"})
        assert printed.content.startswith(b"%PDF")

    def test_nothing_ticked_is_not_kept(self, client, nameless):
        refused = client.post(at("checklist", f"contact-{nameless.pk}"), {"do": "keep"})
        assert refused.status_code == 422
        assert "at least one paper" in page(refused)

    def test_a_list_past_its_review_says_so(self, client, monkeypatch):
        monkeypatch.setattr(checklists, "today", lambda: dt.date(2028, 1, 1))
        assert "to be reviewed" in page(client.get(at("checklist", "nobody")))


class TestPlans:
    @pytest.mark.parametrize(("name", "line"), [("emergency", "code_word"), ("family", "guardian")])
    def test_it_is_kept_when_the_client_agrees_and_else_printed(self, client, contact, name, line):
        content.load(by=MACHINE)
        address = at(name, f"contact-{contact.pk}")
        assert client.get(address).status_code == 200
        assert client.post(address, {line: "Aunt", "do": "print"}).content.startswith(b"%PDF")
        refused = client.post(address, {line: "Aunt", "do": "keep"})
        assert refused.status_code == 422
        assert "Ask whether it may be kept" in page(refused)
        assert not DeparturePaper.objects.exists()
        assert client.post(address, {line: "Aunt", "do": "keep", "agreed": "on"}).status_code == 302
        assert DeparturePaper.objects.get().content == {line: "Aunt"}
        assert 'value="Aunt"' in page(client.get(address))

    def test_without_a_file_it_is_not_kept(self, client, nameless):
        address = at("emergency", f"contact-{nameless.pk}")
        assert "Keep it in the file" not in page(client.get(address))
        refused = client.post(address, {"code_word": "Flour", "do": "keep", "agreed": "on"})
        assert "only printed" in page(refused)
        assert client.post(address, {"code_word": "x" * 300}).status_code == 422

    def test_numbers_of_the_guide_stand_on_it(self, client, contact):
        from tests.factories import guide

        guide.fact(section="emergency", source_date=today())
        assert "The fee is 10." in page(client.get(at("emergency", f"contact-{contact.pk}")))
        assert client.post(at("emergency", f"contact-{contact.pk}"), {"do": "print"}).content.startswith(b"%PDF")


class TestOutcomes:
    def typed(self, **fields):
        return {"outcome": "still_preparing", "stage": "before", "found_on": today().isoformat()} | fields

    def test_they_are_added_and_none_is_written_over(self, client, person, home_centre):
        case = make.case(home_centre, person, opened_on=depart.ago(50), destination="KR")
        address = at("outcome_case", case.pk)
        assert "Nobody has asked yet" in page(client.get(address))
        assert client.post(address, self.typed(found_on=depart.ago(40).isoformat())).url == address
        left = self.typed(outcome="regular", scheme="eps_korea", left_on=depart.ago(3).isoformat())
        assert client.post(address, left).status_code == 302
        shown = page(client.get(address))
        for words in ("Still preparing", "Left in a regular way", "Korea: Employment Permit System", "One and three"):
            assert words in shown
        assert 'value="postponed"' not in shown  # whoever has left is not offered to be preparing
        assert DepartureOutcome.objects.count() == 2
        assert "found on" in page(client.get(at("case", case.pk)))

    def test_what_is_refused_comes_back(self, client, nameless):
        assert "Nobody has asked yet" in page(client.get(at("outcome_contact", nameless.pk)))
        refused = client.post(at("outcome_contact", nameless.pk), self.typed(outcome="regular"))
        assert refused.status_code == 422
        assert "by which scheme" in page(refused)
        assert client.post(at("outcome_contact", nameless.pk), {}).status_code == 422

    def test_only_files_before_departure_have_them(self, client, person, home_centre):
        assert (
            client.get(at("outcome_case", make.case(home_centre, person, kind="reintegration").pk)).status_code == 404
        )

    def test_closing_a_file_asks_what_became_of_it(self, client, person, home_centre):
        case = make.case(home_centre, person)
        closed = client.post(at("move_case", case.pk), {"to": "closed", "on": today().isoformat()})
        assert closed.url == at("outcome_case", case.pk)
        assert "Say what became of the departure" in page(client.get(closed.url))
        assert "nobody said what became" in page(client.get(at("case", case.pk)))

    def test_closing_does_not_ask_where_it_is_known_or_not_the_question(self, client, person, home_centre):
        known = make.case(home_centre, person)
        depart.outcome(home_centre, case=known, outcome="postponed")
        closing = {"to": "closed", "on": today().isoformat()}
        assert client.post(at("move_case", known.pk), closing).url == at("case", known.pk)
        assert "nobody said what became" not in page(client.get(at("case", known.pk)))
        other = make.case(home_centre, person)
        assert client.post(at("move_case", other.pk), closing | {"to": "follow_up"}).url == at("case", other.pk)

    def test_they_stand_on_the_timeline_of_those_who_may_record_them(self, client, person, home_centre, actor):
        depart.outcome(home_centre, case=make.case(home_centre, person))
        depart.outcome(home_centre, contact=make.contact(home_centre, person), outcome="postponed")
        told = [entry.title for entry in timeline_of(person.pk, actor_for(client.staff))]
        assert {"Departure: Still preparing", "Departure: Postponed"} <= set(told)
        assert not [
            entry for entry in timeline_of(person.pk, actor("outreach_officer")) if entry.title.startswith("Departure")
        ]


class TestWhomToAsk:
    def late(self, home_centre, number):
        person = make.person(home_centre, family_name=f"Late{number:02d}", contact_points=())
        contact = make.contact(home_centre, person)
        return depart.outcome(
            home_centre, contact=contact, found_on=depart.ago(number + 9), ask_again_on=depart.ago(number)
        )

    def test_the_list_names_who_agreed_and_nobody_else(self, client, home_centre, nameless):
        row = self.late(home_centre, 1)
        quiet = self.late(home_centre, 2)
        grant = quiet.contact.person.consents.get(purpose="be_contacted")
        consents.withdraw(grant_id=grant.pk, by=MACHINE)
        depart.outcome(home_centre, contact=nameless, found_on=depart.ago(9), ask_again_on=today())
        case = make.case(home_centre, row.contact.person)
        depart.outcome(home_centre, case=case, found_on=depart.ago(9), ask_again_on=today())
        shown = page(client.get(at("departures")))
        for words in ("Late01", "1 day late", "Without a name", "No longer agrees", at("outcome_case", case.pk)):
            assert words in shown
        assert "Late02" not in shown
        assert AuditEntry.objects.filter(action="people.person.list").exists()

    def test_files_nobody_asked_about_and_months(self, client, home_centre, person):
        assert "Nobody is to be asked now" in page(client.get(at("departures"), {"part": "never"}))
        make.case(home_centre, person)
        assert person.full_name.split()[0] in page(client.get(at("departures"), {"part": "never"}))
        assert "Nothing was found yet" in page(client.get(at("departures"), {"part": "months"}))
        contact = make.contact(home_centre, person)
        depart.outcome(home_centre, contact=contact, outcome="regular", scheme="patent_russia")
        shown = page(client.get(at("departures"), {"part": "months"}))
        assert "Russia: patent" in shown
        assert "departures are not persons" in shown

    @pytest.mark.parametrize("part", ["", "never"])
    def test_more_rows_cost_no_more_queries(self, client, home_centre, part):
        counts = []
        for number in (1, 4, 13):
            for one in range(number):
                row = self.late(home_centre, number + one)
                make.case(home_centre, row.contact.person)
            client.get(at("departures"), {"part": part})
            with CaptureQueriesContext(
                connection,
            ) as asked:
                client.get(at("departures"), {"part": part})
            counts.append(len(asked))
        assert counts[1] == counts[2]

    def test_only_those_who_may(self, client_of, person):
        for role in ("outreach_officer", "ministry_viewer"):
            assert client_of(role).get(at("departures")).status_code == 403
        ministry = client_of("ministry_viewer")
        for name in ("prepare", "departures"):
            assert ministry.get(at(name)).status_code == 403
        for name in ("costs", "checklist", "emergency", "family"):
            assert ministry.get(at(name, f"person-{person.pk}")).status_code == 403


def test_a_paper_reads_in_the_persons_own_copy():
    said = paper([["amount", "8000000"], ["passport", "has"], ["unheard_of", "x"]])
    assert said == "Money borrowed: 8000000; Passport, valid longer than the contract: Has it; unheard_of: x"
