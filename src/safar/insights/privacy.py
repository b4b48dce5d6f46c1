"""How private the fields of a frozen run are.

No person stands in a run or can be erased from one. The event store knows people by keyed hashes; an erasure is a change of the
records, so the store is built anew without the person's key the next time somebody looks.
"""

from safar.kernel.privacy import Privacy

FIELDS: dict[str, Privacy] = {
    "MonthRun.id": Privacy.INTERNAL,
    "MonthRun.recorded_at": Privacy.INTERNAL,
    "MonthRun.month": Privacy.PUBLIC,
    "MonthRun.centre": Privacy.PUBLIC,
    "MonthRun.frozen_at": Privacy.INTERNAL,
    "MonthRun.frozen_by": Privacy.INTERNAL,
    "MonthRun.data_version": Privacy.INTERNAL,
    "MonthRun.definitions_version": Privacy.PUBLIC,
    # Holds the true counts beside the protected ones, small ones too.
    "MonthRun.content": Privacy.SENSITIVE,
    "MonthRun.sha256": Privacy.PUBLIC,
}
