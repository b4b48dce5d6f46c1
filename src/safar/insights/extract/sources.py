"""All event tables with the function that makes each."""

from collections.abc import Callable

from safar.insights.extract import awareness, campaigns, cases
from safar.insights.extract.rows import Extraction, Rows

SOURCES: dict[str, Callable[[Extraction], Rows]] = {**cases.SOURCES, **awareness.SOURCES, **campaigns.SOURCES}
