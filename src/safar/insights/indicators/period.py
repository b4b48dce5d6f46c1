"""A span of whole months."""

import datetime as dt
from dataclasses import dataclass

_MONTHS = 12


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month, written 2026-10."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read `YYYY-MM`; raises ValueError for anything else."""
        day = dt.date.fromisoformat(f"{text}-01")
        return cls(day.year, day.month)

    @classmethod
    def of(cls, day: dt.date) -> "Month":
        return cls(day.year, day.month)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    def plus(self, months: int) -> "Month":
        year, month = divmod(self.year * _MONTHS + self.month - 1 + months, _MONTHS)
        return Month(year, month + 1)

    @property
    def first(self) -> dt.date:
        return dt.date(self.year, self.month, 1)

    @property
    def last(self) -> dt.date:
        return self.plus(1).first - dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """From one month to another, both included."""

    start: Month
    end: Month

    @classmethod
    def of(cls, month: Month) -> "Period":
        return cls(month, month)

    @property
    def first_month(self) -> str:
        return str(self.start)

    @property
    def last_month(self) -> str:
        return str(self.end)

    @property
    def label(self) -> str:
        return self.first_month if self.start == self.end else f"{self.first_month}/{self.last_month}"

    def months(self) -> list[Month]:
        count = (self.end.year - self.start.year) * _MONTHS + self.end.month - self.start.month
        return [self.start.plus(step) for step in range(count + 1)]
