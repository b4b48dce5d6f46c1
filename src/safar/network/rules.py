"""What a bundle for the hub looks like, byte by byte: the same tables always make the same bytes."""

import hashlib
import json
import re
from collections.abc import Sequence
from typing import Any

from safar.insights.release.tables import ProtectedTable

FORMAT = "safar-bundle/1"
_MONTH = re.compile(r"^\d{4}-(0[1-9]|1[0-2])$")


def is_month(text: str) -> bool:
    return _MONTH.match(text) is not None


def canonical(*, country: str, month: str, tables: Sequence[ProtectedTable]) -> str:
    """Return the bundle as JSON with sorted keys and no spare blanks; a hidden count is null, never zero.

    The order of the tables is that of their titles: two runs over the same tables must give the same hash.
    """
    content = {
        "format": FORMAT,
        "country": country,
        "month": month,
        "tables": sorted((_table(table) for table in tables), key=lambda table: str(table["title"])),
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def _table(table: ProtectedTable) -> dict[str, Any]:
    return {
        "title": table.title,
        "unit": table.unit,
        "method": table.method,
        "thresholds": list(table.thresholds),
        "rows": [{"cell": list(key), "count": table.shown[key]} for key in sorted(table.shown)],
    }
