"""What platforms counted, as event rows; no person stands in them."""

import datetime as dt
from typing import Any

from safar.campaigns.queries.exposures import exposure_rows
from safar.insights.extract.rows import Extraction, Rows, local_day, month_of
from safar.insights.extract.schemas import TABLES


def exposures(run: Extraction) -> Rows:
    """One row a number a platform gave, captured once."""
    columns = TABLES["exposures"].keys() - {"month", "value"}
    for row in exposure_rows():
        found = {name: row[name] for name in columns}
        yield found | {"value": float(row["value"]), "month": month_of(_day(row))}


def _day(row: dict[str, Any]) -> dt.date:
    """Return the day a number belongs to: the end of its window; of a post's whole life, the day it was published."""
    day: dt.date | None = row["window_end"] or row["published_on"]
    return day or local_day(row["captured_at"])


SOURCES = {"exposures": exposures}
