import datetime as dt

import pytest

from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.kernel.once import fresh_key
from safar.partners.actions import partners as actions
from safar.partners.models import Agreement, Partner, Touchpoint
from safar.partners.rules import AgreementDetails
from tests.factories import partners as factory

pytestmark = pytest.mark.django_db

TYPED = {
    "kind": "institution",
    "type": "education",
    "name_uz": "Kasb maktabi",
    "place": "UZ-TK",
    "focal_name": "Sample Person",
    "topics": ["language_and_exam"],
}


def signed(partner: Partner, days: int | None) -> Agreement:
    end = None if days is None else today() + dt.timedelta(days=days)
    start = min(today(), end or today())
    return actions.sign(partner_id=partner.pk, details=AgreementDetails("mou", start, end), by=MACHINE)


def test_who_works_with_partners_sees_them_and_the_ministry_does_not(client_of):
    partner = factory.partner()
    for role in ("counsellor", "outreach_officer"):
        assert str(partner.name) in client_of(role).get("/desk/partners/").text
    ministry = client_of("ministry_viewer")
    for path in ("", f"{partner.pk}/", "new/"):
        assert ministry.get(f"/desk/partners/{path}").status_code == 403


def test_a_counsellor_reads_and_does_not_change(client_of):
    partner = factory.partner()
    counsellor = client_of("counsellor")
    page = counsellor.get(f"/desk/partners/{partner.pk}/")
    assert page.status_code == 200
    assert "/edit/" not in page.text
    assert counsellor.get(f"/desk/partners/{partner.pk}/edit/").status_code == 403
    for act in ("state", "agreement", "touchpoint"):
        assert counsellor.post(f"/desk/partners/{partner.pk}/{act}/").status_code == 403


def test_the_list_is_narrowed_by_the_filters(client_of):
    school = factory.partner(name={"en": "Vocational school"}, region="UZ-TK", topics=("travel",))
    factory.partner(name={"en": "Reporter"}, type="media", kind="person")
    client = client_of("counsellor")
    for asked in ({"text": "vocational"}, {"type": "education"}, {"region": "UZ-TK"}, {"topic": "travel"}):
        assert [row.partner for row in client.get("/desk/partners/", asked).context["rows"]] == [school]
    assert "No partner here" in client.get("/desk/partners/", {"state": "active"}).text
    assert len(client.get("/desk/partners/", {"type": "no_such_type"}).context["rows"]) == 2


def test_a_partner_is_added_once_however_often_the_form_is_sent(client_of):
    client = client_of("outreach_officer")
    assert client.get("/desk/partners/new/").status_code == 200
    typed = TYPED | {"form_key": fresh_key()}
    first, again = client.post("/desk/partners/new/", typed), client.post("/desk/partners/new/", typed)
    partner = Partner.objects.get()
    assert first["Location"] == again["Location"] == f"/desk/partners/{partner.pk}/"
    assert (partner.region, partner.district, str(partner.name)) == ("UZ-TK", "", "Kasb maktabi")


def test_a_district_brings_its_region(client_of):
    from safar.reference.queries import places

    district = places.districts("UZ-AN")[0]
    client_of("coordinator").post("/desk/partners/new/", TYPED | {"place": district.code})
    partner = Partner.objects.get()
    assert (partner.region, partner.district) == ("UZ-AN", district.code)


def test_what_is_wrong_comes_back_marked_with_everything_typed(client_of):
    typed = TYPED | {"name_uz": "", "focal_email": "nobody"}
    response = client_of("coordinator").post("/desk/partners/new/", typed)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"name_uz", "focal_email"}
    assert "Sample Person" in response.text
    assert client_of("coordinator").post("/desk/partners/new/", {}).status_code == 422


def test_details_are_changed_and_a_mistake_changes_nothing(client_of):
    partner = factory.partner(note="Old", topics=("travel",))
    client = client_of("coordinator")
    form = client.get(f"/desk/partners/{partner.pk}/edit/").context["form"]
    assert form.initial["topics"] == ["travel"]
    assert client.post(f"/desk/partners/{partner.pk}/edit/", TYPED | {"note": "New"}).status_code == 302
    partner.refresh_from_db()
    assert partner.note == "New"
    assert client.post(f"/desk/partners/{partner.pk}/edit/", TYPED | {"website": "x"}).status_code == 422
    assert client.post(f"/desk/partners/{partner.pk}/edit/", {}).status_code == 422


def test_an_agreement_is_recorded_once_and_its_standing_is_in_words(client_of):
    partner = factory.partner()
    client = client_of("outreach_officer")
    typed = {"kind": "mou", "signed_on": today().isoformat(), "expires_on": "", "form_key": fresh_key()}
    for _each in range(2):
        client.post(f"/desk/partners/{partner.pk}/agreement/", typed)
    assert Agreement.objects.count() == 1
    for days in (-1, 10, 300):
        signed(partner, days)
    text = client.get(f"/desk/partners/{partner.pk}/").text
    for words in ("No end", "Ended", "Ends soon", "In force", "Agreed"):
        assert words in text


def test_a_wrong_agreement_opens_the_form_again_with_what_was_typed(client_of):
    partner = factory.partner()
    client = client_of("coordinator")
    typed = {"kind": "mou", "signed_on": "2999-01-01", "note": "Two years"}
    response = client.post(f"/desk/partners/{partner.pk}/agreement/", typed)
    assert response.status_code == 422
    assert "Two years" in response.text
    assert client.post(f"/desk/partners/{partner.pk}/agreement/", {}).status_code == 422


def test_a_conversation_is_recorded_with_who_had_it(client_of):
    partner = factory.partner()
    client = client_of("outreach_officer")
    typed = {"on": today().isoformat(), "what": "They host two sessions", "form_key": fresh_key()}
    response = client.post(f"/desk/partners/{partner.pk}/touchpoint/", typed, follow=True)
    assert "They host two sessions" in response.text
    assert client.staff.full_name in response.text
    assert Touchpoint.objects.get().staff == client.staff


def test_a_conversation_still_to_come_is_refused_and_kept_in_the_form(client_of):
    partner = factory.partner()
    client = client_of("coordinator")
    response = client.post(f"/desk/partners/{partner.pk}/touchpoint/", {"on": "2999-01-01", "what": "Meeting hall"})
    assert response.status_code == 422
    assert "Meeting hall" in response.text
    assert client.post(f"/desk/partners/{partner.pk}/touchpoint/", {}).status_code == 422


def test_the_state_moves_by_one_press_along_its_ways(client_of):
    partner = factory.partner(focal_email="a@example.org", website="https://example.org", focal_role="Head")
    client = client_of("coordinator")
    move = f"/desk/partners/{partner.pk}/state/"
    assert "The state is recorded." in client.post(move, {"to": "contacted"}, follow=True).text
    assert "cannot go from" in client.post(move, {"to": "identified"}, follow=True).text
    assert "Choose a state from the list." in client.post(move, {"to": "lost"}, follow=True).text


def test_agreements_that_end_soon_stand_on_the_list_and_on_todays_board(client_of):
    partner = factory.partner()
    signed(partner, 20)
    coordinator = client_of("coordinator")
    for path in ("/desk/partners/", "/desk/"):
        text = coordinator.get(path).text
        assert "Agreements that end soon" in text
        assert f"/desk/partners/{partner.pk}/" in text
    assert "Agreements that end soon" not in client_of("counsellor").get("/desk/").text
