import pytest
from django.apps import apps

from safar.awareness import privacy
from safar.awareness.models import NamedAttendance
from safar.awareness.queries.tallies import tally_of
from safar.kernel.privacy import parts
from tests.factories import awareness

pytestmark = pytest.mark.django_db


def test_every_field_is_classified_and_no_other() -> None:
    held = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("awareness").get_models()
        for field in model._meta.local_fields
    }
    assert set(privacy.FIELDS) == held


def test_the_part_is_found() -> None:
    assert privacy.ATTENDANCE in parts()


def test_a_person_is_told_where_they_were(home_centre) -> None:
    person = awareness.attendee(home_centre)
    made = awareness.held(home_centre, title="Contracts")
    awareness.named(made, person)
    assert privacy.ATTENDANCE.export(person.pk)["sessions_attended"] == [{"title": "Contracts", "at": made.starts_at}]


def test_erasing_a_person_changes_no_figure(home_centre) -> None:
    person, other = awareness.attendee(home_centre), awareness.attendee(home_centre)
    first, second = awareness.held(home_centre), awareness.held(home_centre)
    awareness.counted(first, sex="female", count=4)
    for made in (first, second):
        awareness.named(made, person, other)
    before = [(tally_of(made.pk).attendances, tally_of(made.pk).of(sex="female")) for made in (first, second)]
    privacy.ATTENDANCE.erase(person.pk)
    assert [(tally_of(made.pk).attendances, tally_of(made.pk).of(sex="female")) for made in (first, second)] == before
    assert set(NamedAttendance.objects.values_list("person_id", flat=True)) == {other.pk}
