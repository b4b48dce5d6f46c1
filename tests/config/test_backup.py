import sqlite3
import tarfile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from safar.config import backup
from tests.factories import people
from tests.trust.emptying import empty_trail

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def folder(tmp_path, settings, monkeypatch):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL is backed up by pg_dump, which the CI run of `./safar backup` covers")
    settings.DATA_FOLDER = tmp_path / "data"
    (settings.DATA_FOLDER / "files").mkdir(parents=True)
    (settings.DATA_FOLDER / "files" / "register.xlsx").write_bytes(b"raw")
    (settings.DATA_FOLDER / "static").mkdir()
    yield settings.DATA_FOLDER
    monkeypatch.undo()
    empty_trail()


def restored_into(tmp_path, monkeypatch, settings, archive):
    """Restore beside the running database, as on a new machine, and return the data folder."""
    settings.DATA_FOLDER = tmp_path / "elsewhere"
    monkeypatch.setitem(connection.settings_dict, "NAME", str(settings.DATA_FOLDER / "safar.sqlite3"))
    monkeypatch.setattr(connection, "close", lambda: None)
    call_command("restore", str(archive))
    return settings.DATA_FOLDER


def test_what_comes_out_is_what_went_in(folder, tmp_path, monkeypatch, settings, capsys) -> None:
    person = people.person()
    call_command("backup", str(tmp_path / "safar.tar.gz"))
    target = restored_into(tmp_path, monkeypatch, settings, tmp_path / "safar.tar.gz")
    assert (target / "files" / "register.xlsx").read_bytes() == b"raw"
    assert not (target / "static").exists()
    copy = sqlite3.connect(target / "safar.sqlite3")
    assert copy.execute("select client_number from people_person").fetchall() == [(person.client_number,)]
    copy.close()
    assert "Restored and verified" in capsys.readouterr().out


def test_a_damaged_backup_is_refused(folder, tmp_path, monkeypatch, settings) -> None:
    backup.write(tmp_path / "good.tar.gz")
    with tarfile.open(tmp_path / "good.tar.gz") as archive:
        archive.extractall(tmp_path / "open", filter="data")
    (tmp_path / "open" / "files" / "register.xlsx").write_bytes(b"other")
    with tarfile.open(tmp_path / "bad.tar.gz", "w:gz") as archive:
        for entry in sorted((tmp_path / "open").iterdir()):
            archive.add(entry, arcname=entry.name)
    with pytest.raises(CommandError, match=r"files/register\.xlsx"):
        restored_into(tmp_path, monkeypatch, settings, tmp_path / "bad.tar.gz")


def test_nothing_is_overwritten(folder, tmp_path) -> None:
    call_command("backup", str(tmp_path / "safar.tar.gz"))
    with pytest.raises(CommandError, match="exists"):
        call_command("backup", str(tmp_path / "safar.tar.gz"))
    (folder / "safar.sqlite3").touch()
    with pytest.raises(CommandError, match="already holds a database"):
        call_command("restore", str(tmp_path / "safar.tar.gz"))


def test_a_restore_that_lost_rows_is_told(folder, tmp_path, monkeypatch, settings) -> None:
    backup.write(tmp_path / "safar.tar.gz")
    monkeypatch.setattr(backup, "row_counts", lambda: {"people_person": 7})
    with pytest.raises(CommandError, match="Row counts differ"):
        restored_into(tmp_path, monkeypatch, settings, tmp_path / "safar.tar.gz")


def test_the_installation_checks_itself(folder, settings, capsys) -> None:
    settings.SAFAR_IS_DEMO = True
    call_command("check_installation")
    printed = capsys.readouterr().out
    assert "all migrations applied" in printed
    assert "code lists valid" in printed
