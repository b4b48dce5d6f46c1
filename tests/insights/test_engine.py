"""The engine against the same counts in plain Python, row by row."""

from collections import defaultdict

import pytest

from safar.insights.indicators.definition import indicators
from safar.insights.indicators.engine import Engine, NoSingleFigureError
from safar.insights.indicators.period import Month, Period
from tests.insights.event_tables import generate, open_store

SEPTEMBER = Period.of(Month(2026, 9))


@pytest.fixture(scope="module")
def tables():
    return generate()


@pytest.fixture(scope="module")
def engine(tables, tmp_path_factory):
    return Engine(open_store(tables, tmp_path_factory.mktemp("store")))


def _september(rows, centre=""):
    return [row for row in rows if row["month"] == "2026-09" and (not centre or row["centre"] == centre)]


@pytest.mark.parametrize("centre", ["", "TAS", "AND", "NONE"])
def test_persons_are_counted_once_whatever_the_number_of_contacts(engine, tables, centre):
    expected = {row["person_key"] for row in _september(tables["contacts"], centre)} - {None}
    figure = engine.figure(indicators()["persons_counselled"], SEPTEMBER, centre=centre)
    assert figure.value == len(expected)


@pytest.mark.parametrize(
    ("code", "group"), [("contacts_in_person", "in_person"), ("contacts_phone", "phone"), ("contacts_online", "online")]
)
def test_contacts_are_split_by_how_they_were_held(engine, tables, code, group):
    expected = sum(row["mode_group"] == group for row in _september(tables["contacts"]))
    assert engine.figure(indicators()[code], SEPTEMBER).value == expected


def test_anonymous_and_named_contacts_are_all_contacts(engine, tables):
    nameless = sum(row["person_key"] is None for row in _september(tables["contacts"]))
    assert engine.figure(indicators()["anonymous_enquiries"], SEPTEMBER).value == nameless
    assert engine.figure(indicators()["contacts"], SEPTEMBER).value == len(_september(tables["contacts"]))


def test_only_approved_and_locked_sessions_enter_a_figure(engine, tables):
    counted = [row for row in _september(tables["sessions"]) if row["status"] in {"approved", "locked"}]
    seats = [row for row in _september(tables["attendances"]) if row["status"] in {"approved", "locked"}]
    assert engine.figure(indicators()["sessions_held"], SEPTEMBER).value == len(counted)
    assert engine.figure(indicators()["session_attendances"], SEPTEMBER).value == sum(row["count"] for row in seats)


def test_a_contact_comes_from_a_campaign_by_code_or_by_what_the_client_says(engine, tables):
    media = {"instagram", "poster_leaflet"}
    expected = sum(bool(row["campaign_code"]) or row["heard_via"] in media for row in _september(tables["contacts"]))
    assert engine.figure(indicators()["campaign_contacts"], SEPTEMBER).value == expected


def test_districts_come_from_sessions_and_contacts_each_once(engine, tables):
    held = [row for row in tables["sessions"] if row["status"] in {"approved", "locked"}]
    expected = {row["district"] for row in _september(held + tables["contacts"])} - {""}
    assert engine.figure(indicators()["districts_covered"], SEPTEMBER).value == len(expected)


@pytest.mark.parametrize("dimensions", [["sex"], ["sex", "age_band"], ["region"]])
def test_a_breakdown_of_persons_puts_each_in_one_cell_and_adds_to_the_figure(engine, tables, dimensions):
    found = engine.breakdown(indicators()["persons_counselled"], SEPTEMBER, dimensions)
    for centre in ("", "TAS", "AND"):
        last = {}
        for row in sorted(
            _september(tables["contacts"], centre), key=lambda row: (row["occurred_on"], row["contact_key"])
        ):
            if row["person_key"] is not None:
                last[row["person_key"]] = tuple(row[name] or "unknown" for name in dimensions)
        expected = defaultdict(int)
        for cell in last.values():
            expected[cell] += 1
        assert found[centre] == expected
        figure = engine.figure(indicators()["persons_counselled"], SEPTEMBER, centre=centre)
        assert sum(found[centre].values()) == figure.value


def test_a_trend_gives_each_month_and_centre_its_own_figure(engine, tables):
    trend = engine.months(indicators()["persons_counselled"], Period(Month(2026, 8), Month(2026, 10)))
    for centre in ("", "TAS", "AND"):
        for month in ("2026-08", "2026-09", "2026-10"):
            rows = [r for r in tables["contacts"] if r["month"] == month and (not centre or r["centre"] == centre)]
            assert trend[centre, month] == len({row["person_key"] for row in rows} - {None})


def test_reach_stands_a_row_a_post_with_the_last_capture_and_has_no_total(engine, tables):
    lines = engine.lines(indicators()["reach"], SEPTEMBER)
    last = {}
    for row in sorted(tables["exposures"], key=lambda row: row["captured_at"]):
        if row["measure"] == "reach":
            last[row["post_key"]] = row["value"]
    assert {line["post_key"]: line["value"] for line in lines} == last
    with pytest.raises(NoSingleFigureError, match="never added"):
        engine.figure(indicators()["reach"], SEPTEMBER)


def test_views_add_over_the_posts_of_a_platform_taking_only_the_last_capture(engine, tables):
    lines = engine.lines(indicators()["views"], SEPTEMBER)
    last = {}
    for row in sorted(tables["exposures"], key=lambda row: row["captured_at"]):
        if row["measure"] in {"views", "impressions"}:
            last[row["platform"], row["measure"], row["post_key"]] = row["value"]
    expected = defaultdict(int)
    for (platform, measure, _post), value in last.items():
        expected[platform, measure] += value
    assert {(line["platform"], line["measure"]): line["value"] for line in lines} == expected


def test_followers_are_the_last_state_even_when_captured_before_the_month(engine, tables):
    lines = engine.lines(indicators()["followers"], Period.of(Month(2026, 11)))
    assert {line["platform"] for line in lines} == {"facebook", "instagram"}
    assert all(line["captured_at"].day == 28 for line in lines)


def test_a_filter_must_be_a_disaggregation_of_the_definition(engine):
    with pytest.raises(ValueError, match="not broken down by person_key"):
        engine.figure(indicators()["contacts"], SEPTEMBER, filters={"person_key": "1"})
    women = engine.figure(indicators()["contacts"], SEPTEMBER, filters={"sex": "female"})
    men = engine.figure(indicators()["contacts"], SEPTEMBER, filters={"sex": "male"})
    unknown = engine.figure(indicators()["contacts"], SEPTEMBER, filters={"sex": "unknown"})
    assert (women + men + unknown).value == engine.figure(indicators()["contacts"], SEPTEMBER).value


def test_rows_behind_a_figure_are_as_many_as_it_counts(engine):
    indicator = indicators()["anonymous_enquiries"]
    count, rows = engine.rows(indicator, SEPTEMBER, limit=3)
    assert count == engine.figure(indicator, SEPTEMBER).value
    assert len(rows) == 3
    assert [row["occurred_on"] for row in rows] == sorted(row["occurred_on"] for row in rows)


def test_the_latest_month_is_that_of_the_last_contact_or_session(engine, tables):
    assert engine.latest_month() == max(row["month"] for row in tables["contacts"] + tables["sessions"])


def test_the_opened_store_reaches_no_file(engine, tmp_path):
    (tmp_path / "x.csv").write_text("a\n1\n")
    with pytest.raises(Exception, match=r"[Pp]ermission"):
        engine.store.connection.execute("SELECT * FROM read_csv(?)", [str(tmp_path / "x.csv")])
    with pytest.raises(Exception, match=r"locked|[Cc]annot"):
        engine.store.connection.execute("SET enable_external_access = true")
    with pytest.raises(Exception, match="read-only"):
        engine.store.connection.execute("CREATE TABLE t (a int)")
