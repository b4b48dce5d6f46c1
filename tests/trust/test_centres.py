import datetime as dt
from dataclasses import replace

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from safar.kernel.actor import MACHINE, VISITOR
from safar.trust.actions import centres as actions
from safar.trust.models import AuditEntry, Centre
from safar.trust.queries import centres as queries
from safar.trust.rules import CentreDetails, coordinates_are_plausible
from tests.factories import trust

pytestmark = pytest.mark.django_db
OSH = CentreDetails(
    code="NMG", kind="centre", name={"en": " Namangan ", "ru": ""}, region="UZ-NG", latitude=41.0, longitude=71.7
)


def test_a_centre_opens_and_reads_as_its_name() -> None:
    centre = actions.add(details=OSH, by=MACHINE)
    centre.refresh_from_db()
    assert (str(centre), dict(centre.name), centre.code) == ("Namangan", {"en": "Namangan"}, "NMG")
    assert AuditEntry.objects.get().action == "trust.centre.add"


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("code", {"code": " "}),
        ("code", {"code": "TAS"}),
        ("kind", {"kind": "castle"}),
        ("name", {"name": {"en": "  "}}),
        ("region", {"region": "XX-1"}),
        ("district", {"district": "UZ1703202"}),
        ("latitude", {"latitude": None}),
        ("latitude", {"latitude": 120.0}),
        ("parent_id", {"kind": "outreach_point"}),
        ("parent_id", {"kind": "centre", "parent_id": "home"}),
        ("parent_id", {"kind": "mobile_team", "parent_id": "point"}),
    ],
)
def test_what_is_wrong_with_a_centre_is_said_beside_the_field(field: str, change: dict, home_centre: Centre) -> None:
    point = trust.centre("PT", kind="outreach_point", parent=home_centre)
    if "parent_id" in change:
        change = change | {"parent_id": {"home": home_centre.pk, "point": point.pk}[change["parent_id"]]}
    with pytest.raises(ValidationError) as refusal:
        actions.add(details=replace(OSH, **change), by=MACHINE)
    assert list(refusal.value.message_dict) == [field]


def test_a_point_belongs_to_a_centre(home_centre: Centre) -> None:
    point = actions.add(details=replace(OSH, kind="outreach_point", parent_id=home_centre.pk), by=MACHINE)
    assert point.parent == home_centre


def test_a_district_lies_in_its_region() -> None:
    from safar.reference.queries import places

    district = places.districts("UZ-NG")[0]
    assert actions.add(details=replace(OSH, district=district.code), by=MACHINE).district == district.code


def test_a_change_names_the_fields_that_changed() -> None:
    centre = actions.add(details=OSH, by=MACHINE)
    actions.change(centre=centre, details=replace(OSH, phone=" 71 200 ", hours={"en": "9–18"}), by=MACHINE)
    assert AuditEntry.objects.first().fields == ["hours", "phone"]
    before = AuditEntry.objects.count()
    actions.change(
        centre=Centre.objects.get(pk=centre.pk), details=replace(OSH, phone="71 200", hours={"en": "9–18"}), by=MACHINE
    )
    assert AuditEntry.objects.count() == before


def test_the_code_of_a_centre_never_changes() -> None:
    centre = actions.add(details=OSH, by=MACHINE)
    with pytest.raises(ValidationError, match="cannot change"):
        actions.change(centre=centre, details=replace(OSH, code="OTHER"), by=MACHINE)


def test_a_centre_closes_after_its_points(home_centre: Centre) -> None:
    point = trust.centre("PT", kind="outreach_point", parent=home_centre)
    with pytest.raises(ValidationError, match="Centre PT"):
        actions.close(centre=home_centre, on=dt.date(2026, 5, 1), by=MACHINE)
    actions.close(centre=point, on=dt.date(2026, 4, 1), by=MACHINE)
    actions.close(centre=home_centre, on=dt.date(2026, 5, 1), by=MACHINE)
    assert AuditEntry.objects.first().action == "trust.centre.close"


def test_a_centre_cannot_close_before_it_opened() -> None:
    centre = trust.centre("NEW", opened_on=dt.date(2026, 5, 1))
    with pytest.raises(ValidationError, match="before it opened"):
        actions.close(centre=centre, on=dt.date(2026, 4, 1), by=MACHINE)


@pytest.mark.parametrize("role", ["coordinator", "ministry_viewer"])
def test_only_who_manages_centres_may(role: str, actor, home_centre: Centre) -> None:
    by = actor(role)
    for call in (
        lambda: actions.add(details=OSH, by=by),
        lambda: actions.change(centre=home_centre, details=OSH, by=by),
        lambda: actions.close(centre=home_centre, on=dt.date(2026, 5, 1), by=by),
    ):
        with pytest.raises(PermissionDenied):
            call()


@time_machine.travel(dt.datetime(2026, 5, 1, 6, tzinfo=dt.UTC), tick=False)
def test_open_centres_are_those_people_can_come_to_today() -> None:
    trust.centre("A", opened_on=dt.date(2026, 5, 1))
    trust.centre("B", opened_on=dt.date(2026, 5, 2))
    closed = trust.centre("C", closed_on=dt.date(2026, 5, 1))
    trust.centre("D", closed_on=dt.date(2026, 5, 2))
    assert [centre.code for centre in queries.open_centres()] == ["A", "D"]
    assert [label for _key, label in queries.choices()] == ["Centre A", "Centre D"]
    assert [label for _key, label in queries.choices(include=[closed.pk])] == ["Centre A", "Centre C", "Centre D"]
    assert {centre.code for centre in queries.all_centres()} == {"A", "B", "C", "D"}
    assert queries.centre(closed.pk) == closed


def test_records_are_made_under_the_actors_centre_else_the_first(actor, home_centre: Centre) -> None:
    assert queries.home_of(actor("counsellor")) == home_centre
    assert queries.home_of(VISITOR) == home_centre


def test_without_any_centre_one_is_asked_for() -> None:
    with pytest.raises(ValidationError, match="no open centre"):
        queries.home_of(VISITOR)


@pytest.mark.parametrize(
    ("latitude", "longitude", "plausible"),
    [
        (None, None, True),
        (41.3, 69.2, True),
        (41.3, None, False),
        (None, 69.2, False),
        (91, 0, False),
        (0, -181, False),
    ],
)
def test_coordinates_come_as_a_pair_on_the_globe(latitude, longitude, plausible) -> None:
    assert coordinates_are_plausible(latitude, longitude) is plausible
