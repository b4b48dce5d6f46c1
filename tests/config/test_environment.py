import pytest
from django.core.exceptions import ImproperlyConfigured

from safar.config.environment import database_from_url, env_bool, env_text


def test_a_secret_may_stand_in_a_file(monkeypatch, tmp_path) -> None:
    (tmp_path / "secret").write_text("hidden\n")
    monkeypatch.setenv("SAFAR_X_FILE", str(tmp_path / "secret"))
    assert env_text("SAFAR_X") == "hidden"


def test_a_missing_setting_names_the_remedy() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"SAFAR_X is not set\. Run this\."):
        env_text("SAFAR_X", hint="Run this.")


@pytest.mark.parametrize(("text", "value"), [("true", True), ("false", False)])
def test_only_true_and_false_are_answers(monkeypatch, text, value) -> None:
    assert env_bool("SAFAR_X", default=True) is True
    monkeypatch.setenv("SAFAR_X", text)
    assert env_bool("SAFAR_X", default=not value) is value


def test_a_typing_slip_does_not_switch_a_protection_off(monkeypatch) -> None:
    monkeypatch.setenv("SAFAR_X", "0")
    with pytest.raises(ImproperlyConfigured):
        env_bool("SAFAR_X", default=True)


def test_databases_are_named_by_one_address() -> None:
    sqlite = database_from_url("sqlite:////srv/safar.sqlite3")
    assert (sqlite["NAME"], sqlite["OPTIONS"]["transaction_mode"]) == ("/srv/safar.sqlite3", "IMMEDIATE")
    postgres = database_from_url("postgresql://safar:se%40cret@db:5433/node")
    assert (postgres["USER"], postgres["PASSWORD"], postgres["HOST"], postgres["PORT"], postgres["NAME"]) == (
        "safar",
        "se@cret",
        "db",
        "5433",
        "node",
    )
    with pytest.raises(ImproperlyConfigured, match="mysql"):
        database_from_url("mysql://x")
