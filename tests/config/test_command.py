import os

import pytest

from safar.config import command


@pytest.fixture
def ran(monkeypatch):
    """Collect what would run instead of running it."""
    calls: list[tuple[str, ...]] = []
    monkeypatch.setattr(command, "_django", lambda *words: calls.append(words) or 0)
    monkeypatch.setattr(command, "_granian", lambda *words, **_named: calls.append(("granian", *map(str, words))) or 0)
    for name in ("SAFAR_DATA", "SAFAR_COUNTRY", "SAFAR_SECRET_KEY", "SAFAR_DATABASE_URL"):
        monkeypatch.setenv(name, "remembered, so that it is put back")
        monkeypatch.delenv(name)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "safar.config.settings.test")
    return calls


def test_an_import_is_a_dry_run_unless_it_is_told_otherwise(ran) -> None:
    assert command.main(["import", "register", "a.xlsx"]) == 0
    assert (
        command.main(
            ["import", "register", "a.xlsx", "--centre", "TAS", "--commit", "--errors", "b.xlsx", "--consent-on-paper"]
        )
        == 0
    )
    assert ran[0] == ("import_register", "a.xlsx")
    assert set(ran[1][2:]) == {"--centre", "TAS", "--commit", "--errors", "b.xlsx", "--consent-on-paper"}


def test_the_demo_is_built_for_the_country_and_served(ran, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("SAFAR_DATA", str(tmp_path))
    assert command.main(["demo", "--country", "kg", "--people", "50", "--port", "8099"]) == 0
    assert os.environ["SAFAR_COUNTRY"] == "KG"
    assert ("build_demo", "--seed", "1", "--people", "50") in ran
    assert ran[-1][:3] == ("granian", "127.0.0.1", "8099")
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_a_fresh_demo_throws_the_earlier_one_away(ran, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("SAFAR_DATA", str(tmp_path / "demo"))
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "old").touch()
    command.main(["demo", "--fresh", "--build-only"])
    assert not (tmp_path / "demo" / "old").exists()
    assert not any(call[0] == "granian" for call in ran)


@pytest.mark.parametrize(
    ("words", "called"),
    [
        (["check"], ("check_installation",)),
        (["backup", "x.tar.gz"], ("backup", "x.tar.gz")),
        (["restore", "x.tar.gz"], ("restore", "x.tar.gz")),
        (["nightly"], ("nightly",)),
        (["open", "a@example.org", "A"], ("open_node", "a@example.org", "A")),
    ],
)
def test_each_word_runs_its_command(ran, words, called) -> None:
    assert command.main(words) == 0
    assert ran == [called]


def test_serving_prepares_first(ran, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("SAFAR_DATA", str(tmp_path))
    command.main(["serve", "--workers", "3"])
    assert [call[0] for call in ran] == ["compile_translations", "migrate", "collectstatic", "granian"]


def test_where_only_a_demo_is_there_it_is_meant(ran, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(command, "ROOT", tmp_path)
    (tmp_path / "var" / "demo-tj").mkdir(parents=True)
    (tmp_path / "var" / "demo-tj" / "safar.sqlite3").touch()
    command._configure()
    assert os.environ["SAFAR_DATA"].endswith("demo-tj")
    assert os.environ["SAFAR_COUNTRY"] == "TJ"
    assert os.environ["SAFAR_SECRET_KEY"]


def test_an_unknown_word_is_explained(ran, capsys) -> None:
    with pytest.raises(SystemExit):
        command.main(["fly"])
    assert "invalid choice" in capsys.readouterr().err
