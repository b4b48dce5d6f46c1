"""Who may see figures, who may see what is behind them."""

from safar.kernel.actor import Permission

READ_REPORT = Permission("insights.report.read", "See the month report with small counts hidden")
READ_ROWS = Permission("insights.report.rows", "See true counts and the rows behind a figure")
FREEZE_REPORT = Permission("insights.report.freeze", "Freeze a month, so that its report cannot change any more")
EXPORT_REPORT = Permission("insights.report.export", "Take the report out as Word, Excel or PDF")

PERMISSIONS = [READ_REPORT, READ_ROWS, FREEZE_REPORT, EXPORT_REPORT]
