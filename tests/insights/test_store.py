"""The store is built aside, swapped in one step, and rebuilt when records have changed."""

import stat
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command

from safar.cases.models import Contact
from safar.insights.extract.keys import Keys, keys_of_node
from safar.insights.extract.rows import Extraction
from safar.insights.extract.schemas import TABLES, arrow_schema
from safar.insights.store import building, folder, freshness, keymap, reading, versions
from safar.kernel.actor import MACHINE
from safar.kernel.multilingual import Multilingual
from safar.partners.enums import PartnerKind
from safar.trust.actions import audit
from safar.trust.queries.profile import profile
from tests.factories import awareness, partners, trust
from tests.insights.records import autumn

pytestmark = [pytest.mark.usefixtures("data_folder"), pytest.mark.django_db]


def change():
    audit.record(by=MACHINE, action="cases.contact.record")


def test_before_the_first_build_there_is_nothing_to_read():
    assert folder.current() is None
    with pytest.raises(reading.StoreMissingError):
        reading.current()
    assert keymap.resolve("contact", [1]) == {}


def test_no_event_table_has_a_column_for_who_somebody_is():
    forbidden = {"name", "phone", "birth", "client_number", "email", "address", "note", "person_id"}
    allowed = {"native_name", "named"}
    for table, columns in TABLES.items():
        assert not [name for name in columns if any(word in name for word in forbidden) and name not in allowed], table
        assert arrow_schema(table).names == list(columns)


def test_no_identifier_of_the_registry_reaches_the_store(data_folder):
    autumn()
    manifest = building.build()
    build = folder.build_folder(manifest.build)
    ids = {str(person).replace("-", "") for person in Contact.objects.values_list("person_id", flat=True) if person}
    for path in build.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert b"Karimova" not in content, path
        assert not [one for one in ids if one.encode() in content or UUID(one).bytes in content], path


def test_a_host_is_named_when_it_is_an_institution_and_not_when_it_is_a_person():
    here = trust.centre("TAS")
    names = {"uz": "3-sonli kollej", "en": "College 3"}
    awareness.held(here, host=partners.partner(name=names), title="a")
    awareness.held(here, host=partners.partner(name={"en": "Karimova"}, kind=PartnerKind.PERSON), title="b")
    awareness.held(here, host_name="College 4", title="c")
    building.build()
    store, _manifest = reading.current()
    hosts = {row["host"] for row in store.fetch(store.table("sessions"))}
    assert hosts == {Multilingual(names).text(profile().default_language), "", "College 4"}


def test_keys_need_the_secret_of_the_node_and_tell_kinds_apart(tmp_path):
    person = UUID(int=7)
    mine, again, other = keys_of_node(tmp_path), keys_of_node(tmp_path), Keys(b"other")
    assert mine.of("person", person) == again.of("person", person)
    assert len({mine.of("person", person), mine.of("contact", person), other.of("person", person)}) == 3
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600
    assert Extraction(mine, heads={}).person(None, None) is None


def test_a_key_leads_back_to_its_contact_inside_the_node():
    autumn()
    building.build()
    store, _manifest = reading.current()
    table = store.table("contacts")
    keys = [row["contact_key"] for row in store.fetch(table.select("contact_key").limit(5))]
    found = keymap.resolve("contact", keys)
    assert set(found) == set(keys)
    assert Contact.objects.filter(pk__in=found.values()).count() == 5


def test_a_new_build_replaces_the_old_one_and_only_the_last_two_stay():
    first = building.build()
    reading.current()
    second = building.build()
    third = building.build()
    kept = {path.name for path in (folder.root() / "builds").iterdir()}
    assert kept == {second.build, third.build}
    assert reading.current()[1] == third
    assert first.build not in kept


def test_a_build_that_breaks_leaves_the_old_one_and_no_rubbish(monkeypatch):
    kept = building.build()

    def broken(*args):
        raise OSError("disk full")

    monkeypatch.setattr(building, "load_database", broken)
    with pytest.raises(OSError, match="disk full"):
        building.build()
    assert folder.current() == kept
    assert folder.progress() is None
    assert not list(folder.root().glob("aside-*"))


def test_a_build_says_how_far_it_is():
    seen = []
    building.build(report=seen.append)
    assert [one.table for one in seen] == list(TABLES)
    assert {one.of for one in seen} == {len(TABLES)}


def test_two_builds_do_not_run_at_once():
    with folder.only_one() as mine:
        assert mine
        folder.note_progress(folder.Progress("contacts", 0, 9, "now"))
        with pytest.raises(building.BuildRunningError):
            building.build()
        with pytest.raises(CommandError, match="being built"):
            call_command("build_insights")
        state = freshness.ensure()
        assert (state.manifest, state.is_stale, state.progress.table) == (None, True, "contacts")


def test_the_command_builds(capsys):
    call_command("build_insights")
    assert "contacts 0" in capsys.readouterr().out


def test_a_change_makes_the_store_stale_and_looking_brings_it_up_to_date():
    first = freshness.ensure().manifest
    assert freshness.ensure().manifest == first
    change()
    second = freshness.ensure()
    assert second.manifest != first
    assert not second.is_stale


def test_reading_and_freezing_are_no_changes():
    before = versions.data_version()
    audit.record(by=MACHINE, action="people.person.open", verb="read")
    audit.record(by=MACHINE, action="insights.run.freeze")
    assert versions.data_version() == before


def test_a_large_node_shows_old_figures_while_new_ones_are_counted(monkeypatch):
    first = freshness.ensure().manifest
    change()
    started = []
    monkeypatch.setattr(freshness.threading.Thread, "start", lambda thread: started.append(thread.name))
    state = freshness.ensure(at_once=0)
    assert (state.manifest, state.is_stale, started) == (first, True, ["insights-build"])


@pytest.mark.parametrize("error", [building.BuildRunningError(), OSError("disk full")])
def test_a_build_beside_the_page_ends_quietly_and_leaves_a_line_in_the_log(monkeypatch, caplog, error):
    def broken():
        raise error

    monkeypatch.setattr(building, "build", broken)
    monkeypatch.setattr(freshness.connection, "close", lambda: None)
    freshness._build_beside()
    assert ("could not be rebuilt" in caplog.text) is isinstance(error, OSError)
