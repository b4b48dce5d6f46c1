"""What platforms counted, as event rows; no person stands in them."""

from safar.campaigns.queries.exposures import exposure_rows
from safar.insights.extract.rows import Extraction, Rows, month_of
from safar.insights.extract.schemas import TABLES


def exposures(run: Extraction) -> Rows:
    """One row a number a platform gave, captured once."""
    columns = TABLES["exposures"].keys() - {"month"}
    for row in exposure_rows():
        found = {name: getattr(row, name) for name in columns}
        yield found | {"month": month_of(row.window_end)}


SOURCES = {"exposures": exposures}
