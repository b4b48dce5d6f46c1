import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.kernel.once import fresh_key
from safar.partners.actions import partners as actions
from safar.partners.enums import TRANSITIONS, PartnerState
from safar.partners.models import Agreement, Partner, Touchpoint
from safar.partners.queries import partners as queries
from safar.partners.queries.partners import Filters
from safar.partners.rules import AgreementDetails, agreement_standing
from safar.trust.models import AuditEntry
from tests.factories import partners as factory

pytestmark = pytest.mark.django_db


def mou(signed_on=None, expires_on=None, **fields) -> AgreementDetails:
    return AgreementDetails(kind="mou", signed_on=signed_on or today(), expires_on=expires_on, **fields)


def test_the_same_form_sent_twice_adds_one_partner():
    key = fresh_key()
    first = actions.add(details=factory.details(), form_key=key, by=MACHINE)
    again = actions.add(details=factory.details(), form_key=key, by=MACHINE)
    assert first == again
    assert Partner.objects.count() == 1


def test_a_change_names_the_fields_that_changed_and_not_their_values():
    partner = factory.partner(topics=("contract", "travel"))
    details = factory.details(name=dict(partner.name), focal_phone="+998 71 200 00 00", topics=("travel", "legal_aid"))
    changed = actions.change(partner_id=partner.pk, details=details, by=MACHINE)
    assert changed.focal_phone == "+998 71 200 00 00"
    assert sorted(row.topic for row in changed.topics.all()) == ["legal_aid", "travel"]
    assert AuditEntry.objects.get(action="partners.partners.change").fields == ["focal_phone"]


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"name": {"en": " "}}, "name"),
        ({"kind": "robot"}, "kind"),
        ({"type": "circus"}, "type"),
        ({"topics": ("weather",)}, "topics"),
        ({"district": "UZ1703202"}, "district"),
        ({"focal_email": "nobody"}, "focal_email"),
        ({"website": "ftp://example.org"}, "website"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(fields, at):
    with pytest.raises(ValidationError) as refused:
        factory.partner(**fields)
    assert at in refused.value.message_dict


def test_a_partnership_moves_along_its_states_and_no_other_way():
    partner = factory.partner()
    for state in PartnerState:
        if state not in TRANSITIONS[PartnerState.IDENTIFIED]:
            with pytest.raises(ValidationError):
                actions.move(partner_id=partner.pk, to=state, by=MACHINE)
    assert actions.move(partner_id=partner.pk, to=PartnerState.CONTACTED, by=MACHINE).state == "contacted"


def test_every_state_can_be_left_and_reached():
    reached = {state for targets in TRANSITIONS.values() for state in targets}
    assert set(TRANSITIONS) == set(PartnerState)
    assert all(TRANSITIONS.values())
    assert reached == set(PartnerState) - {PartnerState.IDENTIFIED}


def test_a_first_conversation_makes_an_identified_partner_a_contacted_one(actor):
    partner = factory.partner()
    officer = actor("outreach_officer")
    key = fresh_key()
    first = actions.touch(partner_id=partner.pk, on=today(), what=" Two sessions agreed ", form_key=key, by=officer)
    again = actions.touch(partner_id=partner.pk, on=today(), what="x", form_key=key, by=officer)
    partner.refresh_from_db()
    assert (partner.state, first.what, first.staff_id) == ("contacted", "Two sessions agreed", officer.id)
    assert first == again
    actions.touch(partner_id=partner.pk, on=today(), what="Again", by=officer)
    partner.refresh_from_db()
    assert (partner.state, Touchpoint.objects.count()) == ("contacted", 2)


def test_a_conversation_has_words_and_is_not_in_the_future():
    with pytest.raises(ValidationError) as refused:
        actions.touch(partner_id=factory.partner().pk, on=today() + dt.timedelta(days=1), what=" ", by=MACHINE)
    assert set(refused.value.message_dict) == {"on", "what"}


def test_a_signature_makes_the_partner_agreed_unless_it_is_active_already():
    partner = factory.partner()
    key = fresh_key()
    first = actions.sign(partner_id=partner.pk, details=mou(), form_key=key, by=MACHINE)
    assert actions.sign(partner_id=partner.pk, details=mou(), form_key=key, by=MACHINE) == first
    partner.refresh_from_db()
    assert partner.state == "agreed"
    actions.move(partner_id=partner.pk, to=PartnerState.ACTIVE, by=MACHINE)
    actions.sign(partner_id=partner.pk, details=mou(), by=MACHINE)
    partner.refresh_from_db()
    assert partner.state == "active"


def test_an_agreement_cannot_end_before_it_began_or_be_signed_tomorrow():
    tomorrow = today() + dt.timedelta(days=1)
    wrong = AgreementDetails(kind="handshake", signed_on=tomorrow, expires_on=today())
    with pytest.raises(ValidationError) as refused:
        actions.sign(partner_id=factory.partner().pk, details=wrong, by=MACHINE)
    assert set(refused.value.message_dict) == {"kind", "signed_on", "expires_on"}


def test_the_database_too_refuses_an_agreement_that_ends_before_it_begins():
    with pytest.raises(IntegrityError):
        Agreement.objects.create(
            partner=factory.partner(), signed_on=dt.date(2026, 2, 2), expires_on=dt.date(2026, 2, 1)
        )


def test_an_agreement_stands_open_valid_expiring_or_expired():
    day = dt.date(2026, 11, 24)
    ends = {"expired": day - dt.timedelta(days=1), "expiring": day, "valid": day + dt.timedelta(days=61), "open": None}
    assert {agreement_standing(end, day) for end in ends.values()} == set(ends)
    assert all(agreement_standing(end, day) == standing for standing, end in ends.items())


def test_partners_are_found_by_any_language_of_their_name_and_narrowed_by_each_filter(actor):
    reader = actor("counsellor")
    school = factory.partner(
        name={"uz": "Kasb maktabi", "ru": "Училище"}, region="UZ-TK", topics=("travel", "contract")
    )
    factory.partner(kind="person", type="media", name={"en": "Reporter"})
    for filters in (
        Filters(text="УЧИЛ"),
        Filters(text="maktabi kasb"),
        Filters(kind="institution"),
        Filters(type="education"),
        Filters(region="UZ-TK"),
        Filters(topic="travel"),
    ):
        assert list(queries.listing(filters, by=reader)) == [school], filters
    assert queries.listing(Filters(state="active"), by=reader).count() == 0
    assert queries.listing(by=reader).count() == 2


def test_the_list_knows_the_last_conversation_and_the_latest_end_without_multiplying_rows(actor):
    partner = factory.partner(topics=("travel", "contract"))
    for days in (1, 9):
        actions.touch(partner_id=partner.pk, on=today() - dt.timedelta(days=days), what="Talked", by=MACHINE)
        actions.sign(partner_id=partner.pk, details=mou(expires_on=today() + dt.timedelta(days=days)), by=MACHINE)
    rows = list(queries.listing(by=actor("counsellor")))
    assert len(rows) == 1
    assert rows[0].last_touch == today() - dt.timedelta(days=1)
    assert rows[0].agreed_until == today() + dt.timedelta(days=9)


def test_agreements_that_end_soon_are_named_unless_a_later_one_holds(actor):
    ends_soon, renewed, endless, later = (factory.partner() for _each in range(4))
    soon = today() + dt.timedelta(days=20)
    for partner in (ends_soon, renewed, endless):
        actions.sign(partner_id=partner.pk, details=mou(expires_on=soon), by=MACHINE)
    actions.sign(partner_id=renewed.pk, details=mou(expires_on=today() + dt.timedelta(days=700)), by=MACHINE)
    actions.sign(partner_id=endless.pk, details=mou(), by=MACHINE)
    actions.sign(partner_id=later.pk, details=mou(expires_on=today() + dt.timedelta(days=100)), by=MACHINE)
    assert [row.partner for row in queries.expiring_agreements(by=actor("counsellor"))] == [ends_soon]


def test_active_partners_nobody_has_spoken_to_for_half_a_year_are_quiet(actor):
    never, long_ago, lately, _only_identified = (factory.partner() for _each in range(4))
    for partner in (never, long_ago, lately):
        actions.sign(partner_id=partner.pk, details=mou(), by=MACHINE)
    actions.touch(partner_id=long_ago.pk, on=today() - dt.timedelta(days=181), what="x", by=MACHINE)
    actions.touch(partner_id=lately.pk, on=today() - dt.timedelta(days=180), what="x", by=MACHINE)
    assert set(queries.quiet(by=actor("counsellor"))) == {never, long_ago}


def test_names_and_choices_are_in_the_readers_language_and_dormant_partners_come_last():
    awake = factory.partner(name={"en": "Zeta"})
    asleep = factory.partner(name={"en": "Alpha"})
    actions.move(partner_id=asleep.pk, to=PartnerState.DORMANT, by=MACHINE)
    assert queries.names({awake.pk}) == {awake.pk: "Zeta"}
    assert [label for _key, label in queries.choices()] == ["Zeta", "Alpha"]


def test_reading_and_managing_are_different_rights(actor):
    partner = factory.partner()
    counsellor = actor("counsellor")
    assert queries.get(partner.pk, by=counsellor) == partner
    with pytest.raises(PermissionDenied):
        actions.touch(partner_id=partner.pk, on=today(), what="x", by=counsellor)
    with pytest.raises(PermissionDenied):
        queries.listing(by=actor("ministry_viewer"))


def test_rows_are_named_by_what_a_colleague_would_call_them():
    partner = factory.partner(name={"en": "College"}, topics=("travel",))
    agreement = actions.sign(partner_id=partner.pk, details=mou(dt.date(2026, 1, 2)), by=MACHINE)
    touchpoint = actions.touch(partner_id=partner.pk, on=dt.date(2026, 1, 3), what="x", by=MACHINE)
    assert [str(row) for row in (partner, partner.topics.get(), agreement, touchpoint)] == [
        "College",
        "travel",
        "mou 2026-01-02",
        "2026-01-03",
    ]
