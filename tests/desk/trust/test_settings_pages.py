import datetime as dt

import pytest
from django.urls import reverse
from django.utils.html import escape

from safar.desk.trust.matrix import allowed_by, groups
from safar.trust.models import Centre
from safar.trust.permissions import ROLES
from safar.trust.queries.profile import profile
from tests.factories import trust

pytestmark = pytest.mark.django_db
CENTRE = {"code": "NMG", "kind": "centre", "region": "UZ-NG", "name_en": "Namangan", "name_uz": "Namangan"}
PAGES = ["desk:trust:settings", "desk:trust:country", "desk:trust:roles"]


@pytest.mark.parametrize(("role", "status"), [("administrator", 200), ("coordinator", 200), ("ministry_viewer", 403)])
def test_settings_are_read_by_who_runs_or_coordinates_the_centre(role: str, status: int, client_of) -> None:
    client = client_of(role)
    assert [client.get(reverse(page)).status_code for page in PAGES] == [status] * 3


@pytest.mark.parametrize("role", ["coordinator", "ministry_viewer"])
def test_centres_are_changed_by_administrators_only(role: str, client_of, home_centre) -> None:
    client = client_of(role)
    assert reverse("desk:trust:centre_add") not in client.get(reverse("desk:trust:settings")).content.decode()
    assert client.post(reverse("desk:trust:centre_add"), CENTRE).status_code == 403
    assert client.post(reverse("desk:trust:centre", args=[home_centre.pk]), CENTRE).status_code == 403
    assert client.post(reverse("desk:trust:centre_close", args=[home_centre.pk])).status_code == 403


def test_the_list_says_which_centre_is_open_from_when_and_whose_point_is_whose(client_of, home_centre) -> None:
    trust.centre("PT", kind="outreach_point", parent=home_centre)
    trust.centre("OLD", closed_on=dt.date(2020, 1, 1))
    trust.centre("NEXT", opened_on=dt.date(2999, 1, 1))
    page = client_of("administrator").get(reverse("desk:trust:settings")).content.decode()
    for shown in ("belongs to Centre TAS", "Closed since 1 Jan 2020", "Opens 1 Jan 2999", "Outreach point"):
        assert shown in page


def test_a_centre_is_added_changed_and_closed(client_of) -> None:
    client = client_of("administrator")
    assert client.get(reverse("desk:trust:centre_add")).status_code == 200
    assert client.post(reverse("desk:trust:centre_add"), CENTRE)["Location"] == reverse("desk:trust:settings")
    centre = Centre.objects.get(code="NMG")
    address = reverse("desk:trust:centre", args=[centre.pk])
    assert 'value="Namangan"' in client.get(address).content.decode()
    assert client.post(address, CENTRE | {"phone": "71 200 00 00", "hours_en": "9–18"}).status_code == 302
    centre.refresh_from_db()
    assert (centre.phone, str(centre.hours)) == ("71 200 00 00", "9–18")
    close = reverse("desk:trust:centre_close", args=[centre.pk])
    assert client.get(close).status_code == 200
    assert client.post(close, {"on": "2026-05-01"}).status_code == 302
    centre.refresh_from_db()
    assert centre.closed_on == dt.date(2026, 5, 1)
    assert close not in client.get(address).content.decode()


def test_a_district_brings_its_region(client_of) -> None:
    from safar.reference.queries import places

    district = places.districts("UZ-NG")[0].code
    client = client_of("administrator")
    client.post(reverse("desk:trust:centre_add"), CENTRE | {"region": district})
    centre = Centre.objects.get(code="NMG")
    assert (centre.region, centre.district) == ("UZ-NG", district)
    form = client.get(reverse("desk:trust:centre", args=[centre.pk])).context["form"]
    assert form.initial["region"] == district


def test_what_is_refused_comes_back_with_everything_typed(client_of, home_centre) -> None:
    client = client_of("administrator")
    no_name = CENTRE | {"name_en": "", "name_uz": "", "phone": "typed"}
    refused = client.post(reverse("desk:trust:centre_add"), no_name)
    assert refused.status_code == 422
    assert "Give the name in at least one language." in refused.content.decode()
    assert 'value="typed"' in refused.content.decode()
    point = CENTRE | {"kind": "outreach_point"}
    assert (
        "belongs to a centre"
        in client.post(reverse("desk:trust:centre", args=[home_centre.pk]), point).content.decode()
    )
    opened = trust.centre("NEW", opened_on=dt.date(2026, 5, 1))
    too_early = client.post(reverse("desk:trust:centre_close", args=[opened.pk]), {"on": "2026-04-01"})
    assert too_early.status_code == 422
    assert "before it opened" in too_early.content.decode()
    assert client.post(reverse("desk:trust:centre_add"), {}).status_code == 422


def test_the_country_page_shows_law_terms_thresholds_and_every_consent_text(client_of) -> None:
    page = client_of("coordinator").get(reverse("desk:trust:country")).content.decode()
    found = profile()
    for law in found.laws:
        assert law.reference in page
    for purpose in found.consents:
        for text in found.consent_texts(purpose).values():
            assert text.version in page
            assert escape(text.text) in page
    assert str(found.retention_months["case_files"]) in page
    assert "has not reviewed the profile yet" in page


def test_the_matrix_shows_each_permission_once_and_no_more_than_the_roles_say(client_of) -> None:
    rows = [row for group in groups() for row in group.rows]
    assert len({row.code for row in rows}) == len(rows)
    for index, role in enumerate(ROLES.values()):
        assert {row.code for row in rows if row.held[index]} == role.permissions
    page = client_of("coordinator").get(reverse("desk:trust:roles")).content.decode()
    assert str(ROLES["ministry_viewer"].description) in page


def test_each_role_says_in_words_what_it_allows() -> None:
    words = {role.code: [str(each) for each in allowed] for role, allowed in allowed_by()}
    assert "Sign in to the desk" in words["ministry_viewer"]
    assert "Add members of staff and give roles" in words["administrator"]
    assert not any("person" in each for each in words["network_analyst"])
