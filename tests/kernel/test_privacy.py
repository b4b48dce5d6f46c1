import pytest

from safar.kernel import privacy
from safar.kernel.ids import new_id


def _part(name: str) -> privacy.Part:
    return privacy.Part(name=name, export=lambda _key: {}, erase=lambda _key: None)


def test_every_installed_domain_that_knows_people_is_found_without_being_named(monkeypatch) -> None:
    names = [part.name for part in privacy.parts()]
    assert "trust" in names
    assert len(names) == len(set(names))


def test_the_same_part_may_be_registered_again_but_no_other_under_its_name(monkeypatch) -> None:
    monkeypatch.setattr(privacy, "_PARTS", {})
    part = _part("diary")
    privacy.register_part(part)
    privacy.register_part(part)
    with pytest.raises(ValueError, match="registered twice"):
        privacy.register_part(_part("diary"))


def test_a_part_tells_and_erases_by_key() -> None:
    key = new_id()
    shelf = {key: "letter"}
    part = privacy.Part("shelf", export=lambda wanted: {"held": shelf.get(wanted)}, erase=shelf.pop)
    assert part.export(key) == {"held": "letter"}
    part.erase(key)
    assert part.export(key) == {"held": None}
