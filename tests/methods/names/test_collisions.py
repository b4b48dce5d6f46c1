"""The collisions the method note lists: names that share a key on purpose, and those that share one by rule."""

from pathlib import Path

import pytest

from safar.methods.names.keys import skeleton, token_key

NOTE = Path(__file__).resolve().parents[3] / "docs" / "methods" / "names.md"
ON_PURPOSE = (
    ("family", ("Karim", "Karimov", "Karimova", "Karimzoda", "Karimi", "Karimiyon")),
    ("family", ("Достоевский", "Достоевская", "Dostoyevsky")),
    ("patronymic", ("Anvar", "Anvarovich", "Анваровна")),
    ("given", ("Olim", "Olimjon", "Олимхон")),
    ("given", ("Abdullo", "Abdulloh", "Абдулла")),
    ("given", ("Akbarsho", "Akbarshoh")),
)
BY_RULE = (
    ("given", ("Lola", "Laylo")),
    ("given", ("Rano", "Raʼno")),
    ("given", ("Gʻafur", "Gʻofur")),
    ("given", ("Miron", "Miran")),
    ("given", ("Salim", "Solim")),
)
IN_SKELETONS_ONLY = (("Hasan", "Husan"), ("Aziz", "Aziza"), ("Jamol", "Jamila"), ("Umid", "Umida"), ("Sapar", "Safar"))


@pytest.mark.parametrize(("part", "names"), ON_PURPOSE + BY_RULE)
def test_these_share_a_key_and_the_note_says_so(part, names):
    assert len({token_key(name, part) for name in names}) == 1
    text = NOTE.read_text(encoding="utf-8")
    assert all(name in text for name in names)


@pytest.mark.parametrize("names", IN_SKELETONS_ONLY)
def test_these_share_a_skeleton_and_no_key(names):
    assert len({skeleton(name) for name in names}) == 1
    assert len({token_key(name) for name in names}) == 2
    assert all(name in NOTE.read_text(encoding="utf-8") for name in names)
