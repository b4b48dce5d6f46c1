"""A date of which only the year, or year and month, may be known."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A year, perhaps a month, perhaps a day. An unknown part is None and is never filled in."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.year <= date.max.year:
            raise ValueError("year")
        if self.month is None:
            if self.day is not None:
                raise ValueError("month")
            return
        if not 1 <= self.month <= len("JFMAMJJASOND"):
            raise ValueError("month")
        if self.day is not None and not 1 <= self.day <= monthrange(self.year, self.month)[1]:
            raise ValueError("day")

    def __str__(self) -> str:
        parts = [f"{self.year:04}"]
        if self.month is not None:
            parts.append(f"{self.month:02}")
        if self.day is not None:
            parts.append(f"{self.day:02}")
        return "-".join(parts)

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read "1990", "1990-05" or "1990-05-17", the forms `str()` writes."""
        return cls(*(int(part) for part in text.split("-")))

    @property
    def full(self) -> date | None:
        """The day itself when all of it is known."""
        if self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)
