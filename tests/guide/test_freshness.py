import datetime as dt

from safar.guide.enums import Freshness
from safar.guide.rules import expiry, freshness, in_cyrillic

TODAY = dt.date(2026, 11, 24)


def test_a_fact_is_good_through_its_last_day_and_expired_on_the_next():
    assert freshness(TODAY, TODAY) is Freshness.DUE
    assert freshness(TODAY - dt.timedelta(days=1), TODAY) is Freshness.EXPIRED


def test_a_fact_is_due_in_its_last_thirty_days():
    assert freshness(TODAY + dt.timedelta(days=30), TODAY) is Freshness.DUE
    assert freshness(TODAY + dt.timedelta(days=31), TODAY) is Freshness.FRESH


def test_expiry_counts_days_from_the_check():
    assert expiry(dt.date(2026, 1, 1), 180) == dt.date(2026, 6, 30)


def test_names_of_tests_and_addresses_stay_latin_in_cyrillic_text():
    assert in_cyrillic("EPS-TOPIK imtihoni, E-9 vizasi") == "EPS-TOPIK имтиҳони, E-9 визаси"
    assert in_cyrillic("migration.uz saytida RuID oʻrnating") == "migration.uz сайтида RuID ўрнатинг"
