import pytest
from pydantic import ValidationError

from safar.reference.queries import figures, places
from safar.reference.queries.figures import ObservationRow, population, published_figures


@pytest.mark.parametrize(
    ("centre", "persons", "exposures", "period"),
    [("OSH", 6000, 1_000_000, "2024-03/2025-08"), ("DUS", 10_000, 710_000, "2023-11/2025-08")],
)
def test_the_published_figures_of_a_centre_stay_two_numbers_of_two_units(centre, persons, exposures, period):
    found = {figure.unit: figure for figure in published_figures(centre)}
    assert found["persons"].value == persons
    assert found["exposures"].value == exposures
    assert {figure.period for figure in found.values()} == {period}
    assert not found["exposures"].may_add_over_time
    assert found["persons"].publisher == "ICMPD"


def test_every_figure_names_its_source_and_a_place_or_centre():
    centres = set(figures.centre_codes())
    for figure in figures._figures():
        assert figure.source
        assert figure.publisher
        assert figure.address
        assert figure.geo in centres or places.is_known(figure.geo) or "-" in figure.geo
        assert {"en", "ru", "uz", "uz-cyrl"} == set(figure.name)


def test_people_and_exposures_published_as_one_number_are_marked_mixed():
    (served,) = published_figures("MRC-NETWORK", "mrc_served_as_published")
    assert served.unit == "mixed"
    assert not served.may_add_over_time


def test_the_return_drive_sums_by_country_and_by_sex():
    rows = published_figures("UZ", "assisted_return")
    drive = [row for row in rows if row.period == "2025-07-30/2025-08-30"]
    assert sum(row.value for row in drive if len(row.counterpart) == 2) == 621
    assert sum(row.value for row in drive if row.sex in "FM") == 621


def test_figures_come_latest_first():
    periods = [figure.period for figure in published_figures("UZ", "labour_migrants_abroad")]
    assert periods == sorted(periods, reverse=True)


@pytest.mark.parametrize(("country", "total"), [("UZ", 35_603_400), ("KG", 5_885_500), ("TJ", 9_660_000)])
def test_population_is_known_for_every_region_at_one_date(country, total):
    found = population(country)
    assert set(found) == {region.code for region in places.regions(country)}
    assert len({figure.period for figure in found.values()}) == 1
    assert sum(figure.value for figure in found.values()) == total


def test_no_population_where_there_are_no_regions():
    assert population("FR") == {}


def test_press_quoting_an_office_is_second_hand():
    assert not any(figure.second_hand for figure in published_figures("OSH"))
    assert any(figure.second_hand for figure in published_figures("UZ"))


def test_a_figure_with_an_unknown_unit_is_refused():
    with pytest.raises(ValidationError):
        ObservationRow.model_validate({"unit": "people", "value": "6000"})
