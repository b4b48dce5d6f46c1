from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from safar.desk.trust.trail_file import workbook
from safar.kernel.actor import MACHINE
from safar.kernel.ids import new_id
from safar.trust.actions import audit
from safar.trust.enums import AuditVerb
from safar.trust.models import AuditEntry
from safar.trust.queries.actors import actor_for

pytestmark = pytest.mark.django_db
PAGE = "desk:trust:audit"


@pytest.mark.parametrize(
    ("role", "status"),
    [("administrator", 200), ("data_protection_officer", 200), ("coordinator", 403), ("ministry_viewer", 403)],
)
def test_only_who_may_see_the_trail_sees_it(role: str, status: int, client_of) -> None:
    client = client_of(role)
    assert client.get(reverse("desk:trust:audit")).status_code == status
    assert client.post(reverse("desk:trust:audit_export")).status_code == status


def test_rows_read_as_sentences_with_names_for_staff_and_keys_for_people(client_of, staff_member) -> None:
    colleague, person = staff_member("counsellor"), new_id()
    audit.record(by=actor_for(colleague), action="trust.staff.set_roles", subject_key=colleague.pk, fields=["roles"])
    audit.record(
        by=actor_for(colleague),
        action="not.yet.described",
        verb=AuditVerb.READ,
        person_key=person,
        reason="asked by phone",
    )
    audit.record(by=MACHINE, action="trust.centre.add", subject_key=new_id())
    page = client_of("administrator").get(reverse(PAGE)).content.decode()
    for shown in (
        colleague.full_name,
        "Changed somebody&#x27;s roles",
        "not.yet.described",
        str(person)[-8:],
        "asked by phone",
        "The installation",
    ):
        assert shown in page


def test_filters_narrow_and_the_older_rows_keep_them(client_of) -> None:
    client = client_of("administrator")
    person = new_id()
    for _ in range(51):
        audit.record(by=MACHINE, action="people.person.open", verb=AuditVerb.READ, person_key=person)
    audit.record(by=MACHINE, action="something.else")
    wanted = {"person": str(person), "verb": "read", "staff": "", "since": "2020-01-01", "until": ""}
    response = client.get(reverse(PAGE), wanted)
    assert "something.else" not in response.content.decode()
    assert len(response.context["rows"]) == 50
    older = client.get(reverse(PAGE), wanted | {"before": response.context["older"]})
    assert len(older.context["rows"]) == 1
    assert f"person={person}" in response.content.decode()


@pytest.mark.parametrize("query", [{"since": "yesterday"}, {"person": "x"}, {"staff": "x"}, {"verb": "x"}])
def test_a_filter_that_makes_no_sense_is_said(query: dict, client_of) -> None:
    assert "Please check what is marked" in client_of("administrator").get(reverse(PAGE), query).content.decode()


def test_an_empty_result_says_what_to_do(client_of) -> None:
    page = client_of("administrator").get(reverse(PAGE), {"person": str(new_id())})
    assert "No rows match" in page.content.decode()


def test_an_address_that_continues_nothing_leads_to_the_start(client_of) -> None:
    assert client_of("administrator").get(reverse(PAGE), {"before": "x"})["Location"] == reverse(PAGE)


def test_who_is_failing_to_sign_in_is_seen_while_it_happens(client_of) -> None:
    for _ in range(5):
        Client().post(reverse("account_login"), {"login": "Guess@example.org", "password": "wrong"})
    Client().post(reverse("account_login"), {"login": "other@example.org", "password": "wrong"})
    page = client_of("administrator").get(reverse(PAGE)).content.decode()
    for shown in ("guess@example.org", "Locked until", "other@example.org", "May try again"):
        assert shown in page


def test_the_page_costs_the_same_however_long_the_trail_is(
    client_of, django_assert_max_num_queries, staff_member
) -> None:
    client = client_of("administrator")
    for _ in range(30):
        colleague = staff_member("counsellor")
        audit.record(by=actor_for(colleague), action="trust.staff.change", subject_key=colleague.pk)
    with django_assert_max_num_queries(9):
        client.get(reverse(PAGE))


def _sheets(content: bytes) -> dict[str, list[tuple]]:
    book = openpyxl.load_workbook(BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_the_export_is_a_workbook_with_real_dates_and_text_that_stays_text(client_of) -> None:
    client, person = client_of("data_protection_officer"), new_id()
    audit.record(by=MACHINE, action="trust.centre.add", person_key=person, fields=["b", "a"], reason="=1+1")
    audit.record(by=MACHINE, action="other.thing")
    response = client.post(reverse("desk:trust:audit_export"), {"person": str(person)})
    assert response["Content-Disposition"].endswith('.xlsx"')
    sheets = _sheets(response.content)
    head, *rows = sheets["Trail"]
    exported = next(row for row in rows if row[5] == "trust.centre.add")
    assert head[0] == "When"
    assert exported[0].year == AuditEntry.objects.last().recorded_at.year
    assert exported[3:] == ("Added a centre", "Changed", "trust.centre.add", str(person), "", "a, b", "=1+1")
    assert "other.thing" not in [row[5] for row in rows]
    assert ("Rows in this file", len(rows)) == sheets["Definitions"][-1][:2]
    assert AuditEntry.objects.first().action == "trust.audit.export"


def test_a_trail_longer_than_a_sheet_goes_on_in_the_next(django_assert_num_queries) -> None:
    for number in range(5):
        audit.record(by=MACHINE, action=f"made.up.{number}")
    sheets = _sheets(workbook(AuditEntry.objects.select_related("staff"), rows_a_sheet=2))
    assert [len(rows) - 1 for title, rows in sheets.items() if title.startswith("Trail")] == [2, 2, 1]
    assert sheets["Definitions"][-1][1] == 5


def test_an_empty_trail_still_makes_a_workbook() -> None:
    sheets = _sheets(workbook([]))
    assert len(sheets["Trail"]) == 1
    assert sheets["Definitions"][-1][1] == 0
