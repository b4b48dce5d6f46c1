import datetime as dt

import pytest

from safar.guide.actions import content
from safar.guide.enums import Origin
from safar.guide.models import Fact, FactVersion
from safar.kernel.actor import MACHINE
from tests.factories import guide

pytestmark = pytest.mark.django_db

TYPED = {
    "title_en": "Fee",
    "statement_en": "The fee is 20.",
    "statement_uz": "Boj 20.",
    "source_title": "Gazette",
    "source_url": "https://example.org/2",
    "source_date": "2026-05-01",
    "valid_days": "90",
}


@pytest.fixture
def old():
    return guide.fact(key="old", source_date=dt.date(2020, 1, 1), origin=Origin.SHIPPED)


def test_the_board_shows_what_is_past_its_date_to_everybody_who_reads_the_guide(client_of, old):
    guide.guide()
    guide.fact(key="soon", valid_days=10)
    guide.fact(key="fresh", valid_days=300)
    for role in ("counsellor", "ministry_viewer", "network_analyst"):
        response = client_of(role).get("/desk/guide/")
        assert response.status_code == 200
        assert "/desk/guide/fact/old/" in response.text
        assert "/desk/guide/new/" not in response.text
        assert response.text.count('<p class="figure-value">1<') == 3
    assert "/desk/guide/new/" in client_of("coordinator").get("/desk/guide/").text


def test_who_has_no_part_in_the_guide_is_refused(client_of, old):
    client = client_of("data_protection_officer")
    for path in ("", "fact/old/", "destination/kr/"):
        assert client.get(f"/desk/guide/{path}").status_code == 403


def test_readers_cannot_change_check_assign_or_retire(client_of, old):
    for role in ("counsellor", "ministry_viewer"):
        client = client_of(role)
        assert client.get("/desk/guide/new/").status_code == 403
        assert client.get("/desk/guide/fact/old/change/").status_code == 403
        for act in ("verify", "owner", "retire"):
            assert client.post(f"/desk/guide/fact/old/{act}/").status_code == 403
    assert FactVersion.objects.get().number == 1


def test_the_staff_guide_opens_for_every_destination_and_marks_what_is_old(client_of):
    content.load(by=MACHINE)
    client = client_of("counsellor")
    for destination in ("kr", "ru"):
        response = client.get(f"/desk/guide/destination/{destination}/")
        assert response.status_code == 200
        assert "Past its date" in response.text
        assert f'href="/en/guide/{destination}/"' in response.text


def test_a_check_in_one_press_puts_a_fact_back_in_date(client_of, old):
    client = client_of("coordinator")
    assert "Past its date" in client.get("/desk/guide/fact/old/").text
    response = client.post("/desk/guide/fact/old/verify/", {"valid_days": "90"}, follow=True)
    assert "Marked as checked today." in response.text
    version = FactVersion.objects.get()
    assert version.verified_by == client.staff
    assert "Past its date" not in response.text


def test_a_check_without_a_term_says_what_to_choose(client_of, old):
    response = client_of("coordinator").post("/desk/guide/fact/old/verify/", {"valid_days": "7"}, follow=True)
    assert "Choose when it is checked again." in response.text


def test_a_change_becomes_a_version_and_both_are_on_the_page(client_of, old):
    client = client_of("coordinator")
    form = client.get("/desk/guide/fact/old/change/").context["form"]
    assert form.initial["statement_en"] == "The fee is 10."
    assert "title_uz_cyrl" not in form.initial
    response = client.post("/desk/guide/fact/old/change/", TYPED, follow=True)
    assert "Version 2 is in force." in response.text
    assert "The fee is 10." in response.text
    assert "The fee is 20." in response.text


def test_a_change_of_nothing_or_without_a_source_comes_back_with_what_was_typed(client_of, old):
    client = client_of("coordinator")
    client.post("/desk/guide/fact/old/change/", TYPED)
    same = client.post("/desk/guide/fact/old/change/", TYPED)
    assert same.status_code == 422
    assert "Nothing was changed." in same.text
    wrong = client.post("/desk/guide/fact/old/change/", TYPED | {"title_en": "", "source_date": "2999-01-01"})
    assert wrong.status_code == 422
    assert "The fee is 20." in wrong.text
    assert set(wrong.context["form"].errors) == {"title_en", "source_date"}
    assert client.post("/desk/guide/fact/old/change/", {}).status_code == 422


def test_a_new_fact_is_added_with_its_place_and_topics(client_of):
    guide.guide()
    client = client_of("coordinator")
    place = {"key": "kr-new", "kind": "fact", "destination": "KR", "section": "costs", "topics": ["contract"]}
    assert client.get("/desk/guide/new/").status_code == 200
    response = client.post("/desk/guide/new/", TYPED | place, follow=True)
    assert "The fact is in the guide." in response.text
    fact = Fact.objects.get(key="kr-new")
    assert (fact.destination, [row.topic for row in fact.topics.all()]) == ("KR", ["contract"])
    again = client.post("/desk/guide/new/", TYPED | place)
    assert again.status_code == 422
    assert "key" in again.context["form"].errors
    assert client.post("/desk/guide/new/", {}).status_code == 422


def test_an_owner_is_chosen_from_the_staff(client_of, old, staff_member):
    owner = staff_member("counsellor")
    client = client_of("coordinator")
    response = client.post("/desk/guide/fact/old/owner/", {"owner": str(owner.pk)}, follow=True)
    assert owner.full_name in response.text
    assert owner.full_name in client.get("/desk/guide/").text
    wrong = client.post("/desk/guide/fact/old/owner/", {"owner": "somebody"}, follow=True)
    assert "Choose somebody from the list." in wrong.text


def test_a_retired_fact_says_why_and_can_no_longer_be_touched(client_of, old):
    client = client_of("coordinator")
    assert "Say why" in client.post("/desk/guide/fact/old/retire/", {"reason": ""}, follow=True).text
    response = client.post("/desk/guide/fact/old/retire/", {"reason": "The scheme ended"}, follow=True)
    assert "The scheme ended" in response.text
    assert "/change/" not in response.text
    for act, typed in (("verify", {"valid_days": "90"}), ("owner", {"owner": ""})):
        assert "was retired" in client.post(f"/desk/guide/fact/old/{act}/", typed, follow=True).text
    assert client.post("/desk/guide/fact/old/change/", TYPED).status_code == 422


def test_todays_board_reminds_who_keeps_the_guide(client_of, old):
    guide.fact(valid_days=10)
    text = client_of("coordinator").get("/desk/").text
    assert "1 fact is past its date." in text
    assert "1 fact is to be checked within 30 days." in text
    assert "past its date" not in client_of("counsellor").get("/desk/").text


def test_todays_board_is_silent_when_everything_is_in_date(client_of):
    guide.fact(valid_days=300)
    assert "desk/guide/fact" not in client_of("coordinator").get("/desk/").text
    from safar.desk.guide import board

    assert board.cards(MACHINE) == []
