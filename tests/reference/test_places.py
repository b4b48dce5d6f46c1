import json
from itertools import chain

import pytest
from django.utils.translation import override

from safar.methods.names.transliteration import to_cyrillic, to_latin
from safar.reference.queries import places

COUNTS = {"UZ": (14, 209), "KG": (9, 55), "TJ": (5, 62)}
OWN = {"UZ": {"en", "ru", "uz", "uz-cyrl"}, "KG": {"en", "ru", "ky"}, "TJ": {"en", "ru", "tg"}}


def all_districts(country: str) -> list[places.Place]:
    return list(chain.from_iterable(places.districts(region.code) for region in places.regions(country)))


def test_all_countries_are_named_in_seven_languages_where_cldr_has_them():
    assert len(places.countries()) == 249
    for country in places.countries():
        assert {"en", "ru", "uz", "tg", "ky"} <= set(country.name), country.code
    assert places.place("UZ").name["kaa"]


@pytest.mark.parametrize("country", places.DETAILED)
def test_regions_and_districts_hang_together(country):
    regions, districts = COUNTS[country]
    assert len(places.regions(country)) == regions
    assert len(all_districts(country)) == districts
    for found in (*places.regions(country), *all_districts(country)):
        assert found.country == country
        assert places.is_known(found.parent)
        assert OWN[country] <= set(found.name), found.code
        assert found.source
        assert found.p_code or found.p_code_status.startswith("missing"), found.code


@pytest.mark.parametrize("country", places.DETAILED)
def test_regions_are_named_in_the_languages_of_the_neighbours(country):
    for region in places.regions(country):
        assert {"uz", "uz-cyrl", "tg", "ky", "ru", "en"} <= set(region.name)


def test_every_uzbek_place_name_survives_both_alphabets():
    for found in (*places.regions("UZ"), *all_districts("UZ")):
        assert to_cyrillic(found.name["uz"]) == found.name["uz-cyrl"]
        assert to_latin(found.name["uz-cyrl"]) == found.name["uz"]


def test_a_place_knows_its_codes():
    asaka = places.place("UZ1703224")
    assert (asaka.level, asaka.parent, asaka.national_code) == (places.DISTRICT, "UZ-AN", "1703224")
    assert str(asaka.name) == "Asaka district"


def test_the_region_of_a_code():
    assert places.region_of("UZ1703224") == "UZ-AN"
    assert places.region_of("UZ-AN") == "UZ-AN"
    assert places.region_of("UZ") == ""


def test_a_code_we_do_not_know():
    assert not places.is_known("XX-1")
    assert str(places.name("XX-1")) == "XX-1"
    assert str(places.name("UZ-TK")) == "Tashkent City"
    with pytest.raises(LookupError, match="XX-1"):
        places.place("XX-1")
    assert places.regions("FR") == []


@pytest.mark.parametrize("country", places.DETAILED)
def test_shapes_cover_the_regions_in_little_space(country):
    shapes = places.shapes(country)
    assert {feature["properties"]["code"] for feature in shapes["features"]} == {
        region.code for region in places.regions(country)
    }
    assert len(json.dumps(shapes["features"], separators=(",", ":"))) < 40_000
    assert places.shapes_notice(country)


def test_shapes_are_named_in_the_language_of_the_reader():
    with override("ru"):
        first = places.shapes("UZ")["features"][0]["properties"]
    assert first == {"code": "UZ-AN", "name": "Андижанская область"}
    assert "OpenStreetMap" in places.shapes_notice("UZ")


def test_a_country_without_shapes_is_an_error():
    with pytest.raises(LookupError, match="FR"):
        places.shapes("FR")
