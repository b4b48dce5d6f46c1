from safar.insights.models.run import MonthRun

__all__ = ["MonthRun"]
