from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from safar.cases.models import Contact
from tests.cases.test_register_import import DAY, truth
from tests.data.registers.shared import HERE

pytestmark = pytest.mark.django_db
FILE = HERE / "uz_latin.xlsx"


@pytest.fixture(autouse=True)
def _day(settings, tmp_path):
    settings.DATA_FOLDER = tmp_path
    with time_machine.travel(DAY, tick=False):
        yield


def run(file, *options):
    out = StringIO()
    call_command("import_register", str(file), "--centre", "TAS", *options, stdout=out)
    return out.getvalue()


def test_without_commit_it_only_says_what_would_happen(home_centre):
    said = run(FILE)
    assert f"Visits to take over: {truth('uz_latin')['contacts']}" in said
    assert "phone" in said
    assert not Contact.objects.exists()


def test_with_commit_it_takes_over_once_and_writes_the_errors(home_centre, tmp_path):
    assert f"Taken over: {truth('uz_latin')['contacts']} contacts." in run(
        FILE, "--commit", "--errors", str(tmp_path / "e.xlsx")
    )
    assert (tmp_path / "e.xlsx").stat().st_size > 10_000
    run(FILE, "--commit")
    assert Contact.objects.count() == truth("uz_latin")["contacts"]


@pytest.mark.parametrize(
    ("file", "options", "said"),
    [
        ("nowhere.xlsx", (), "cannot be read"),
        (__file__, (), "not an Excel file"),
        (FILE, ("--default-mode", "pigeon"), "no way of contact"),
        (FILE, ("--centre", "XXX"), "no centre"),
    ],
)
def test_what_cannot_be_done_is_said(home_centre, file, options, said):
    with pytest.raises(CommandError, match=said):
        run(file, *options)


def test_a_register_with_two_columns_for_one_thing_is_refused(home_centre, monkeypatch):
    monkeypatch.setattr("safar.cases.actions.registers.doubled_fields", lambda _sheet: ["date"])
    with pytest.raises(CommandError, match="Two columns"):
        run(FILE, "--commit")
