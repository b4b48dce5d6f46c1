import datetime as dt

import time_machine

from safar.kernel import clock

MIDNIGHT_AND_A_HALF = dt.datetime(2026, 3, 1, 19, 30, tzinfo=dt.UTC)  # 00:30 on 2 March in Tashkent


@time_machine.travel(MIDNIGHT_AND_A_HALF, tick=False)
def test_today_is_the_day_at_the_centre_not_in_utc() -> None:
    assert clock.now() == MIDNIGHT_AND_A_HALF
    assert clock.today() == dt.date(2026, 3, 2)


def test_now_knows_its_time_zone() -> None:
    assert clock.now().tzinfo is not None
