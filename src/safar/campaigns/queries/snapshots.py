"""The value that counts: of each metric and window, the one captured last."""

import datetime as dt

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from safar.campaigns.models import MetricSnapshot


def latest(
    snapshots: QuerySet[MetricSnapshot], *, captured_until: dt.datetime | None = None
) -> QuerySet[MetricSnapshot]:
    """Keep one snapshot a post or channel, metric and window, without a query for each."""
    if captured_until is not None:
        snapshots = snapshots.filter(captured_at__lte=captured_until)
    newest_first = Window(
        RowNumber(),
        partition_by=[F("post"), F("channel"), F("native_name"), F("window_start"), F("window_end")],
        order_by=[F("captured_at").desc(), F("recorded_at").desc()],
    )
    return snapshots.annotate(newness=newest_first).filter(newness=1)
