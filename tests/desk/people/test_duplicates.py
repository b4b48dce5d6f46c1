import pytest
from django.urls import reverse

from safar.desk.people import weighing
from safar.insights.extract.merging import CountChange
from safar.kernel.actor import MACHINE
from safar.people.actions import duplicates, merges, sweep
from safar.people.models import DuplicateCandidate, Merge, NotSamePair, Person
from safar.people.queries import clusters
from safar.people.rules import Birth, ContactPointDetails
from tests.factories import cases, people

pytestmark = pytest.mark.django_db

PHONE = ContactPointDetails("phone", "901234567")


@pytest.fixture
def pair(home_centre) -> tuple[Person, Person]:
    kept = people.person("Tukhtaev", "Utkir", birth=Birth(1994, 5, 2), contact_points=[PHONE], at=home_centre)
    merged = people.person("Tuxtarev", "Utkir", birth=Birth(1994), contact_points=[PHONE], at=home_centre)
    return kept, merged


def address(pair: tuple[Person, Person], name: str = "duplicate") -> str:
    return reverse(f"desk:people:{name}", args=[person.pk for person in pair])


def typed(pair: tuple[Person, Person], **fields) -> dict[str, str]:
    return {"keep": str(pair[0].pk), "reason": "same passport", "form_key": "", **fields}


def test_the_queue_lists_pairs_after_the_sweep(client_of, pair) -> None:
    client = client_of("coordinator")
    assert "Nothing to compare" in client.get(reverse("desk:people:duplicates")).content.decode()
    sweep.sweep(by=MACHINE)
    page = client.get(reverse("desk:people:duplicates")).content.decode()
    for person in pair:
        assert person.client_number in page
    candidate = DuplicateCandidate.objects.get()
    assert reverse("desk:people:duplicate", args=[candidate.first_id, candidate.second_id]) in page


def test_two_files_stand_side_by_side_with_the_weight_of_each_part(client_of, pair) -> None:
    page = client_of("coordinator").get(address(pair)).content.decode()
    assert "<mark>" in page
    assert "<mark>" in page
    assert page.count("weight-bar") >= 4
    assert "Same phone number" in page


def test_the_page_says_which_figures_a_merge_changes(client_of, pair, home_centre) -> None:
    for person in pair:
        cases.contact(home_centre, person)
    page = client_of("coordinator").get(address(pair)).content.decode()
    assert "Persons counselled" in page
    assert "New clients" in page
    assert "frozen reports stay as they are" in page


def test_merging_leads_to_the_merge_and_the_file_tells_of_it(client_of, pair, home_centre) -> None:
    client = client_of("counsellor")
    cases.contact(home_centre, pair[1])
    assert client.post(address(pair), typed(pair, reason="")).status_code == 422
    response = client.post(address(pair), typed(pair))
    merge = Merge.objects.get()
    assert response.url == reverse("desk:people:merge", args=[merge.pk])
    moved = client.get(reverse("desk:people:file", args=[pair[1].pk]))
    assert moved.url == reverse("desk:people:file", args=[pair[0].pk])
    page = client.get(moved.url).content.decode()
    assert response.url in page
    assert "First contact" in page
    edit = client.get(reverse("desk:people:edit", args=[pair[1].pk]))
    assert edit.url == reverse("desk:people:edit", args=[pair[0].pk])
    assert client.get(address(pair)).url == moved.url


def test_the_other_file_may_be_kept(client_of, pair) -> None:
    client_of("counsellor").post(address(pair), typed(pair, keep=str(pair[1].pk)))
    assert clusters.heads() == {pair[0].pk: pair[1].pk}


def test_a_merge_is_undone_with_a_reason(client_of, pair) -> None:
    client = client_of("counsellor")
    merge = merges.merge(kept_id=pair[0].pk, merged_id=pair[1].pk, reason="same passport", by=MACHINE)
    page = reverse("desk:people:merge", args=[merge.pk])
    assert "Part the files again" in client.get(page).content.decode()
    assert client.post(page, {"verb": "undo", "reason": ""}).status_code == 422
    assert client.post(page, {"verb": "undo", "reason": "two passports"}).url == page
    assert clusters.heads() == {}
    assert "Undone" in client.get(page).content.decode()


def test_a_closed_case_asks_for_a_second_person(client_of, pair, home_centre) -> None:
    from safar.cases.enums.cases import CaseState
    from safar.cases.models import CaseFile
    from safar.kernel.clock import today

    case = cases.case(home_centre, pair[1])
    CaseFile.objects.filter(pk=case.pk).update(state=CaseState.CLOSED, closed_on=today())
    one, other = client_of("coordinator"), client_of("coordinator")
    assert "a second person confirms" in one.get(address(pair)).content.decode()
    page = one.post(address(pair), typed(pair)).url
    assert "somebody else confirms it" in one.get(page).content.decode()
    assert "waits for a second person" in one.get(address(pair)).content.decode()
    assert page in other.get(reverse("desk:people:duplicates")).content.decode()
    one.post(page, {"verb": "confirm"})
    assert clusters.heads() == {}
    other.post(page, {"verb": "confirm"})
    assert clusters.heads() == {pair[1].pk: pair[0].pk}


def test_a_waiting_merge_is_refused(client_of, pair, monkeypatch) -> None:
    monkeypatch.setattr("safar.people.queries.guards.needing_second", set)
    one, other = client_of("coordinator"), client_of("coordinator")
    page = one.post(address(pair), typed(pair)).url
    assert "Keep two files" in other.get(page).content.decode()
    other.post(page, {"verb": "refuse"})
    assert Merge.objects.get().state == "refused"


def test_no_and_not_sure_are_remembered(client_of, pair) -> None:
    sweep.sweep(by=MACHINE)
    client = client_of("counsellor")
    client.post(address(pair, "duplicate_decide"), {"answer": "not_sure"})
    assert DuplicateCandidate.objects.get().state == "not_sure"
    assert "Not sure" in client.get(reverse("desk:people:duplicates")).content.decode()
    client.post(address(pair, "duplicate_decide"), {"answer": "not_same", "why": "two passports"})
    assert NotSamePair.objects.get().reason == "two passports"
    assert "two passports" in client.get(address(pair)).content.decode()


def test_what_somebody_else_did_meanwhile_is_said_and_nothing_is_lost(client_of, pair, monkeypatch) -> None:
    client = client_of("counsellor")

    def refused(**_fields) -> None:
        from django.core.exceptions import ValidationError

        raise ValidationError("Somebody was quicker.")

    monkeypatch.setattr(merges, "merge", refused)
    page = client.post(address(pair), typed(pair))
    assert page.status_code == 422
    assert "Somebody was quicker." in page.content.decode()
    assert "same passport" in page.content.decode()


def test_another_file_is_named_by_its_number(client_of, pair) -> None:
    client = client_of("counsellor")
    page = reverse("desk:people:merge_with", args=[pair[0].pk])
    assert client.get(page).status_code == 200
    for wrong in ("TAS-26-99999", pair[0].client_number):
        assert client.post(page, {"number": wrong}).status_code == 422
    assert client.post(page, {"number": pair[1].client_number.lower()}).url == address(pair)


def test_siblings_are_warned_of(client_of, home_centre) -> None:
    shared = {"patronymic": "Anvarovich", "contact_points": [PHONE], "at": home_centre}
    hasan = people.person("Karimov", "Hasan", birth=Birth(1994, 5, 2), **shared)
    husan = people.person("Karimov", "Husan", birth=Birth(1968, 11, 20), **shared)
    page = client_of("counsellor").get(address((hasan, husan))).content.decode()
    assert "twins share all the rest" in page
    assert "a father and a son" in page


def test_files_that_are_gone_or_closed_to_somebody_are_not_found(client_of, pair, monkeypatch) -> None:
    client = client_of("counsellor")
    unknown = "01890000-0000-7000-8000-00000000ffff"
    assert client.get(reverse("desk:people:duplicate", args=[pair[0].pk, unknown])).status_code == 404
    assert client.get(reverse("desk:people:merge", args=[unknown])).status_code == 404
    monkeypatch.setattr("safar.people.queries.guards.closed_to", lambda ids, _by: set(ids))
    assert client.get(address(pair)).status_code == 404
    assert client.post(address(pair, "duplicate_decide"), {"answer": "not_same"}).status_code == 404


@pytest.mark.parametrize("role", ["ministry_viewer", "outreach_officer"])
def test_who_may_not_merge_reaches_none_of_it(client_of, pair, role) -> None:
    client = client_of(role)
    merge = merges.merge(kept_id=pair[0].pk, merged_id=pair[1].pk, reason="same passport", by=MACHINE)
    for page in (
        reverse("desk:people:duplicates"),
        address(pair),
        reverse("desk:people:merge", args=[merge.pk]),
        reverse("desk:people:merge_with", args=[pair[0].pk]),
    ):
        assert client.get(page).status_code == 403
    assert client.post(address(pair, "duplicate_decide")).status_code == 403


def test_changes_of_figures_are_named_as_reports_name_them() -> None:
    [change] = weighing.changes_in_words([CountChange("new_clients", "2026-09")])
    assert (change.name, change.month, change.change) == ("New clients", "September 2026", -1)


def test_a_second_no_changes_nothing(client_of, pair) -> None:
    duplicates.not_same(first_id=pair[0].pk, second_id=pair[1].pk, reason="first", by=MACHINE)
    client_of("counsellor").post(address(pair, "duplicate_decide"), {"answer": "not_same", "why": "second"})
    assert NotSamePair.objects.get().reason == "first"


def test_the_board_tells_those_who_may_decide(client_of, pair) -> None:
    board = reverse("desk:board")
    assert "may be one person" not in client_of("coordinator").get(board).content.decode()
    sweep.sweep(by=MACHINE)
    assert "1 pair of files may be one person" in client_of("coordinator").get(board).content.decode()
    assert "may be one person" not in client_of("outreach_officer").get(board).content.decode()
