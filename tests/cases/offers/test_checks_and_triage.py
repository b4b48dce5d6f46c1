"""An offer is checked on the day of its contract and kept with its very words; a yes opens a card and reports nothing."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from safar.cases.actions import triage as triage_actions
from safar.cases.models import OfferCheck, Referral, ShownText, Triage
from safar.cases.privacy import offers as privacy
from safar.cases.queries import offer_checks, offers, triage
from safar.cases.queries.triage import Protocols, protocols, protocols_of
from safar.cases.rules.agency_names import Likeness
from safar.cases.rules.offers import Fee, OfferAnswers
from safar.cases.rules.referrals import ReferralDetails
from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.kernel.once import fresh_key
from safar.kernel.retention import keepers, rules
from safar.messaging.models import Message
from safar.people.queries import consent  # noqa: F401  (registers what erasure asks of people)
from safar.trust.actions import sealed_key
from safar.trust.models import AuditEntry, SealedNote
from tests.factories import cases as make
from tests.factories.offers import agency, answers, check, days_ago, register, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def _key(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("SAFAR_SEALED_KEY_FILE", str(tmp_path / "sealed_key"))
    sealed_key.make()


def codes_of(found):
    return {reason.code for reason in found.reasons}


class TestChecking:
    def test_a_licensed_agency_in_another_script_brings_no_warning(self):
        agency("«Намуна Сафар» МЧЖ")
        found = offers.check(
            answers(agency_name="Namuna Safar XK", contract_entity="NAMUNA SAFAR", payee_name="Намуна Сафар")
        )
        assert (found.outcome, found.reasons, str(found.agency)) == ("no_warning_found", (), "«Намуна Сафар» МЧЖ")

    def test_the_licence_is_looked_up_for_the_day_of_the_contract(self):
        agency(suspended_from=days_ago(30), suspended_until=days_ago(10))
        assert offers.check(answers(contract_on=days_ago(5))).outcome == "no_warning_found"
        suspended = offers.check(answers(contract_on=days_ago(20)))
        assert (suspended.outcome, codes_of(suspended)) == ("stop_and_call", {"licence_suspended"})

    def test_who_is_in_no_register_has_no_licence_and_without_a_register_nobody_knows(self):
        assert codes_of(offers.check(answers())) == {"licence_unknown"}
        register(row("Boshqa"))
        assert codes_of(offers.check(answers())) == {"licence_absent"}

    def test_an_old_register_that_spoke_of_a_revoked_licence_stops(self):
        register(row("Namuna Safar", revoked_on=days_ago(100)), as_of=days_ago(90))
        assert codes_of(offers.check(answers())) == {"licence_unknown", "licence_was_bad"}

    def test_a_contract_in_the_name_of_another_licensed_firm_stops_however_near_the_name(self):
        register(row("Namuna Safar"), row("Namuna Safar Plus", "L-2"))
        assert codes_of(offers.check(answers(contract_entity="Namuna Safars"))) == {"near_firm_on_contract"}
        assert codes_of(offers.check(answers(contract_entity="Намуна Сафар Плюс"))) == {"other_firm_on_contract"}
        found = offers.check(answers(contract_entity="«Namuna Safar Plus» MChJ", payee_name="Misol"))
        assert codes_of(found) == {"other_firm_on_contract", "other_firm_on_receipt"}
        assert str(found.other_agency) == "Namuna Safar Plus"

    def test_a_name_that_is_only_near_is_asked_about_and_the_choice_counts(self):
        known = agency("Namuna Safar")
        found = offers.check(answers(agency_name="Namuna Safars"))
        assert codes_of(found) == {"name_near_licensed"}
        assert [hit.likeness for hit in found.hits] == [Likeness.NEAR]
        chosen = offers.check(answers(agency_name="Namuna Safars"), agency_id=known.pk)
        assert (chosen.agency, chosen.outcome) == (known, "no_warning_found")
        assert (
            offers.check(answers(agency_name="Namuna Safars"), agency_id=known.names.first().agency_id).agency == known
        )

    def test_nothing_is_written(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            offers.check(OfferAnswers(offered_by="relative"))


class TestKeeping:
    def test_a_check_keeps_answers_standing_and_the_words_given(self, home_centre, actor):
        by = actor("counsellor")
        person = make.person(home_centre)
        contact = make.contact(home_centre, person)
        agency(revoked_on=days_ago(3))
        told = {
            "contract_on": today(), "wage_promised": Decimal(900), "wage_currency": "USD",
            "fees": (Fee("visa", "client", Decimal(80), "USD"), Fee("ticket", "employer")),
        }  # fmt: skip
        kept = check(home_centre, by, contact_id=contact.pk, **told)
        assert (kept.person, kept.outcome, kept.standing, kept.register_as_of) == (
            person,
            "stop_and_call",
            "revoked",
            today(),
        )
        assert offer_checks.answers_of(kept.answers) == answers(**told)
        assert [reason.code for reason in offer_checks.reasons_of(kept)] == ["licence_revoked"]
        assert AuditEntry.objects.get(action="cases.offer.check").person_key == person.pk
        assert offer_checks.get(kept.pk, by=by) == kept
        assert offer_checks.of_person(person.pk, by=by) == [kept]
        assert AuditEntry.objects.filter(action__in=["cases.offer.open", "cases.offer.of_person"]).count() == 2

    def test_the_words_are_kept_once_and_stay_when_the_rules_change(self, home_centre, monkeypatch):
        first, second = (check(home_centre, passport="kept") for _ in range(2))
        assert first.reasons == second.reasons
        assert ShownText.objects.filter(code="passport_kept").count() == 1
        raw = offers.rule_set().model_dump()
        raw["rules"] = [dict(rule) | ({"text": {"en": "Other words"}} if rule["code"] == "passport_kept" else {}) for rule in raw["rules"]]  # fmt: skip
        monkeypatch.setattr(offers, "rule_set", lambda: offers.RuleSet.model_validate(raw))
        third = check(home_centre, passport="kept")
        assert "Other words" in {str(reason.text) for reason in offer_checks.reasons_of(third)}
        assert "Other words" not in {str(reason.text) for reason in offer_checks.reasons_of(first)}

    def test_pressing_twice_keeps_one(self, home_centre):
        key = fresh_key()
        from safar.cases.actions import offers as actions

        found = [actions.record(answers=answers(), centre=home_centre, form_key=key, by=MACHINE) for _ in range(2)]
        assert found[0] == found[1]
        assert OfferCheck.objects.count() == 1

    @pytest.mark.parametrize("role", ["ministry_viewer", "data_protection_officer"])
    def test_others_may_neither_check_nor_read(self, home_centre, actor, role):
        kept = check(home_centre)
        for forbidden in (
            lambda by: check(home_centre, by),
            lambda by: offer_checks.get(kept.pk, by=by),
            lambda by: offer_checks.recent(by=by),
            lambda by: offer_checks.of_person(kept.pk, by=by),
        ):
            with pytest.raises(PermissionDenied):
                forbidden(actor(role))

    def test_figures_count_checks_by_destination_without_voided_contacts(self, home_centre):
        voided = make.contact(home_centre)
        check(home_centre, contact_id=voided.pk, destination="KR")
        from safar.cases.actions import contacts

        contacts.void(contact_id=voided.pk, reason="Twice", by=MACHINE)
        check(home_centre, destination="KR", passport="kept")
        check(home_centre, destination="KR", agency_name="", offered_by="relative", channel="office")
        (found,) = offer_checks.counted(today(), today(), centre_id=home_centre.pk)
        assert (found.destination, found.checks, found.with_signs) == ("KR", 2, 1)
        assert offer_checks.counted(days_ago(9), days_ago(1)) == []

    def test_the_list_is_of_the_own_centre(self, home_centre, actor):
        kept = check(home_centre)
        assert list(offer_checks.recent(by=actor("counsellor"))) == [kept]
        assert list(offer_checks.recent(by=MACHINE)) == [kept]


class TestTriage:
    def test_a_yes_keeps_which_card_was_shown_and_reports_nothing(self, home_centre, actor):
        by, person = actor("counsellor"), make.person(home_centre)
        found = triage_actions.ask(yes=["trafficking", "minor"], centre=home_centre, person_id=person.pk, by=by)
        assert [code for code, _words in found.cards] == ["minor", "trafficking"]
        card = triage.shown(found)[1]
        assert (card.code, card.version) == ("trafficking", protocols().version)
        assert card.content["call"][0]["number"] == "1148"
        assert not Referral.objects.exists()
        assert not SealedNote.objects.exists()
        assert not Message.objects.exists()
        assert "trafficking" not in str(list(AuditEntry.objects.values_list("action", "fields")))
        assert triage.get(found.pk, by=by) == found

    def test_pressing_twice_asks_once_and_an_unknown_card_is_refused(self, home_centre):
        key, contact = fresh_key(), make.contact(home_centre)
        for _ in range(2):
            triage_actions.ask(yes=[], centre=home_centre, contact_id=contact.pk, form_key=key, by=MACHINE)
        assert Triage.objects.get().cards == []
        with pytest.raises(ValidationError):
            triage_actions.ask(yes=["verdict"], centre=home_centre, contact_id=contact.pk, by=MACHINE)

    @pytest.mark.usefixtures("_key")
    def test_the_hand_over_seals_the_words_and_drafts_a_referral_without_them(self, home_centre, actor):
        by, person = actor("counsellor"), make.person(home_centre)
        found = triage_actions.ask(yes=["trafficking"], centre=home_centre, person_id=person.pk, by=by)
        details = ReferralDetails("NRM_trafficking", "Istiqbolli Avlod", urgency="immediate")
        given = {"triage_id": found.pk, "kind": "trafficking", "text": "The driver kept the passport", "by": by}
        referral = triage_actions.hand_over(details=details, **given)
        assert (referral.state, referral.text, referral.fields, referral.person) == ("draft", "", [], person)
        assert SealedNote.objects.get().person_key == person.pk
        assert triage_actions.hand_over(details=details, **given) == referral
        assert SealedNote.objects.count() == Referral.objects.count() == 1

    def test_without_a_file_there_is_a_draft_and_no_note(self, home_centre):
        contact = make.contact(home_centre)
        found = triage_actions.ask(yes=["emergency"], centre=home_centre, contact_id=contact.pk, by=MACHINE)
        details = ReferralDetails("shelter", "Shelter")
        with pytest.raises(ValidationError) as refused:
            triage_actions.hand_over(triage_id=found.pk, kind="violence", text="x", details=details, by=MACHINE)
        assert set(refused.value.message_dict) == {"text"}
        with pytest.raises(ValidationError):
            triage_actions.hand_over(triage_id=found.pk, kind="", text="", details=ReferralDetails("shelter", "S", text="x"), by=MACHINE)  # fmt: skip
        drafted = triage_actions.hand_over(triage_id=found.pk, kind="", text="", details=details, by=MACHINE)
        assert (drafted.contact, drafted.state) == (contact, "draft")

    @pytest.mark.parametrize("role", ["ministry_viewer", "data_protection_officer"])
    def test_others_neither_ask_nor_look(self, home_centre, actor, role):
        contact = make.contact(home_centre)
        found = triage_actions.ask(yes=[], centre=home_centre, contact_id=contact.pk, by=MACHINE)
        with pytest.raises(PermissionDenied):
            triage_actions.ask(yes=[], centre=home_centre, contact_id=contact.pk, by=actor(role))
        with pytest.raises(PermissionDenied):
            triage.get(found.pk, by=actor(role))
        with pytest.raises(PermissionDenied):
            triage_actions.hand_over(triage_id=found.pk, kind="", text="", details=ReferralDetails("shelter", "S"), by=actor(role))  # fmt: skip

    @pytest.mark.parametrize("country", ["UZ", "KG", "TJ"])
    def test_every_country_has_all_cards_with_numbers_of_its_profile(self, country):
        assert [card.code for card in protocols_of(country).cards] == ["emergency", "minor", "trafficking"]

    def test_a_card_missing_or_naming_another_number_or_service_is_refused(self, monkeypatch):
        raw = protocols().model_dump()
        with pytest.raises(ValueError, match="Cards are needed"):
            Protocols.model_validate(raw | {"cards": raw["cards"][:2]})
        for change, says in (({"call": ["999"]}, "no number 999"), ({"service": "magic"}, "no service magic")):
            cards = [dict(raw["cards"][0]) | change, *raw["cards"][1:]]
            changed = raw | {"cards": cards}
            monkeypatch.setattr(
                Protocols, "model_validate", classmethod(lambda cls, _read, changed=changed: cls(**changed))
            )
            with pytest.raises(ValueError, match=says):
                protocols_of.__wrapped__("UZ")


class TestPrivacyAndRetention:
    def test_a_person_takes_everything_away_and_erasure_leaves_what_was_counted(self, home_centre):
        person = make.person(home_centre)
        contact = make.contact(home_centre, person)
        check(home_centre, contact_id=contact.pk, passport="kept", destination="KR")
        triage_actions.ask(yes=["minor"], centre=home_centre, contact_id=contact.pk, by=MACHINE)
        given = privacy.export(person.pk)
        assert given["offer_checks"][0]["answers"]["passport"] == "kept"
        assert "passport_kept" in given["offer_checks"][0]["reasons"]
        assert given["triages"][0]["cards"] == ["minor"]
        assert [effect.stays for effect in privacy.preview(person.pk)] == [1, 1]
        privacy.erase(person.pk)
        kept = OfferCheck.objects.get()
        assert (kept.person, kept.answers, kept.destination, kept.outcome) == (None, {}, "KR", "stop_and_call")
        assert kept.former_person_key == Triage.objects.get().former_person_key
        assert Triage.objects.get().cards == []

    def test_a_recent_check_keeps_the_file_of_its_person(self, home_centre):
        person = make.person(home_centre)
        kept = {keeper.name: keeper for keeper in keepers()}["cases.offer_checks"]
        assert list(kept.keys(today())) == []
        check(home_centre, person_id=person.pk)
        assert [row["person"] for row in kept.keys(today())] == [person.pk]

    def test_old_words_end_and_the_outcome_stays(self, home_centre):
        contact = make.contact(home_centre)
        kept = check(home_centre, contact_id=contact.pk, passport="kept")
        found = triage_actions.ask(yes=["minor"], centre=home_centre, contact_id=contact.pk, by=MACHINE)
        by_code = {rule.code: rule for rule in rules()}
        for code, of in (("cases.offer_answers", kept), ("cases.triage_cards", found)):
            rule = by_code[code]
            assert not rule.due(today(), today()).exists()
            due = rule.due(today(), today() + dt.timedelta(days=2))
            assert [one.pk for one in due] == [of.pk]
            rule.end([of.pk])
            assert not rule.due(today(), today() + dt.timedelta(days=2)).exists()
        kept.refresh_from_db()
        assert (kept.answers, kept.outcome) == ({}, "stop_and_call")


def test_each_record_says_what_it_is(home_centre):
    kept = check(home_centre, passport="kept")
    asked = triage_actions.ask(yes=[], centre=home_centre, contact_id=make.contact(home_centre).pk, by=MACHINE)
    assert str(kept) == f"stop_and_call {today()}"
    assert str(asked) == f"{asked.recorded_at:%Y-%m-%d}"
    assert str(ShownText.objects.get(code="passport_kept")) == f"passport_kept {kept.rules_version}"
