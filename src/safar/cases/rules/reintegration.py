"""What is true of work after return whatever stores it: money bands, days of reviews, when somebody counts as lost."""

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

REVIEW_MONTHS = (3, 6, 12)
LEAST_ATTEMPTS = 3
LEAST_DAYS_OF_TRYING = 14
# So much fits on the one page a person takes home.
MOST_GOALS, MOST_STEPS = 6, 12
LONGEST_GOAL, LONGEST_STEP = 160, 120
LOWEST_RATING, HIGHEST_RATING, SATISFIED_FROM = 1, 5, 4
NO_INCOME, UNTOLD = "none", "untold"
# Upper edges of monthly income in round sums of each currency; the last band is open. They sort answers and claim nothing.
_EDGES: dict[str, tuple[int, ...]] = {
    "UZS": (1_000_000, 2_000_000, 4_000_000, 8_000_000),
    "KGS": (7_500, 15_000, 30_000, 60_000),
    "TJS": (1_000, 2_000, 4_000, 8_000),
    "RUB": (10_000, 20_000, 40_000, 80_000),
    "USD": (100, 200, 400, 800),
    "EUR": (100, 200, 400, 800),
}
CURRENCIES = tuple(_EDGES)


@dataclass(frozen=True, slots=True)
class Band:
    """A band of monthly income; `high` is None for the open one."""

    code: str
    low: int
    high: int | None


def income_bands(currency: str) -> tuple[Band, ...]:
    """Return the bands of a currency, from the lowest; nothing for a currency that has none."""
    edges = _EDGES.get(currency, ())
    if not edges:
        return ()
    return tuple(
        Band(f"b{number}", low, high)
        for number, (low, high) in enumerate(zip((0, *edges), (*edges, None), strict=True), start=1)
    )


def income_codes(currency: str) -> frozenset[str]:
    return frozenset({NO_INCOME, UNTOLD, *(band.code for band in income_bands(currency))})


def change_of_income(before: str, after: str) -> int | None:
    """Return 1, 0 or -1 for more, the same or less; None where either is not told. Both must be in one currency."""
    if {"", UNTOLD} & {before, after}:
        return None
    order = [NO_INCOME, "b1", "b2", "b3", "b4", "b5"]
    difference = order.index(after) - order.index(before)
    return (difference > 0) - (difference < 0)


def months_after(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months later, or the last day of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def review_days(agreed_on: dt.date) -> dict[int, dt.date]:
    """Return the day of each review of a plan, by months after it was agreed."""
    return {months: months_after(agreed_on, months) for months in REVIEW_MONTHS}


def may_be_lost(attempts: Iterable[tuple[dt.date, bool]]) -> bool:
    """Return whether enough was tried since the person was last reached: on three days, two weeks apart from first to last.

    `attempts` are days with whether the person was reached, in any order.
    """
    days: set[dt.date] = set()
    for day, reached in sorted(attempts):
        days = set() if reached else days | {day}
    return len(days) >= LEAST_ATTEMPTS and (max(days) - min(days)).days >= LEAST_DAYS_OF_TRYING


@dataclass(frozen=True, slots=True)
class NeedDetails:
    """An immediate need and what was done about it at once."""

    need: str
    state: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReceptionDetails:
    """What is noted of somebody who has come back: through which door, when, and what they need at once."""

    door: str
    received_on: dt.date
    returned_on: dt.date | None = None
    country_of_return: str = ""
    return_type: str = ""
    reason_return: str = ""
    needs: Sequence[NeedDetails] = ()

    def problems(self, today: dt.date) -> dict[str, str]:
        """Return field → code of what is wrong: `future`, `after_reception` or `doubled`."""
        found: dict[str, str] = {}
        if self.received_on > today:
            found["received_on"] = "future"
        if self.returned_on and self.returned_on > self.received_on:
            found["returned_on"] = "after_reception"
        if len({need.need for need in self.needs}) != len(self.needs):
            found["needs"] = "doubled"
        return found

    @property
    def return_month(self) -> dt.date | None:
        return self.returned_on.replace(day=1) if self.returned_on else None


@dataclass(frozen=True, slots=True)
class GoalDetails:
    """What the person wants to reach, and how far it is from here."""

    dimension: str
    text: str
    feasibility: str
    feasibility_note: str = ""


@dataclass(frozen=True, slots=True)
class StepDetails:
    """One step to a goal: what, who, until when, what it costs."""

    text: str
    doer: str
    due_on: dt.date
    doer_name: str = ""
    cost: Decimal | None = None
    currency: str = ""

    def problems(self) -> dict[str, str]:
        """Return field → code of what is wrong: `negative`, `no_currency` or `no_name`."""
        found: dict[str, str] = {}
        if self.cost is not None and self.cost < 0:
            found["cost"] = "negative"
        if self.cost and self.currency not in CURRENCIES:
            found["currency"] = "no_currency"
        if self.doer == "partner" and not self.doer_name.strip():
            found["doer_name"] = "no_name"
        return found


@dataclass(frozen=True, slots=True)
class Agreement:
    """How a plan was agreed: by whom, in which language, in which way, on which day."""

    language: str
    way: str
    on: dt.date
    spoken_by: str = "self"


@dataclass(frozen=True, slots=True)
class ReviewDetails:
    """What a review found; whoever is not in contact any more is asked nothing.

    `confirmed` says of each service of the file whether the person received it; `ratings` are 1 to 5 by line.
    """

    contact: str
    held_on: dt.date
    reason: str = ""
    words: str = ""
    currency: str = ""
    work_before: str = ""
    work_after: str = ""
    income_before: str = ""
    income_after: str = ""
    changes: Sequence[str] = ()
    confirmed: Mapping[UUID, bool] = field(default_factory=dict)
    ratings: Mapping[str, int] = field(default_factory=dict)

    def problems(self) -> dict[str, str]:
        """Return field → code of what is wrong: `no_reason`, `not_asked`, `rating` or `income`."""
        found: dict[str, str] = {}
        asked = [self.work_after, self.income_after, *self.changes, *self.ratings]
        if self.contact == "in_contact":
            known = income_codes(self.currency) | {""}
            found |= {name: "income" for name in ("income_before", "income_after") if getattr(self, name) not in known}
        else:
            found |= {} if self.reason else {"reason": "no_reason"}
            found |= {"contact": "not_asked"} if any(asked) else {}
        if any(not LOWEST_RATING <= rating <= HIGHEST_RATING for rating in self.ratings.values()):
            found["ratings"] = "rating"
        return found


# To which dimension of a plan a service belongs; what is not here stands apart and is not guessed.
_DIMENSIONS: dict[str, tuple[str, ...]] = {
    "economic": (
        *("employment", "vocational_training", "language_course", "business_support", "loan", "wage_recovery"),
        *("insurance_claim", "skills_recognition", "reintegration_job", "reintegration_training", "business_loan"),
        *("job_search_abroad", "wage_claim", "costs_loans_remittance", "diploma_recognition"),
    ),
    "social": (
        *(
            "legal_aid",
            "document_restoration",
            "entry_ban_enquiry",
            "consular",
            "health",
            "shelter",
            "social_protection",
        ),
        *("education_children", "housing", "NRM_trafficking", "police_on_request", "AVRR", "documents_passport"),
        *("children_schooling", "pension_social_security", "entry_ban_or_registry", "return_assistance", "contract"),
        *("rights_at_work", "accident_health_insurance", "documents_withheld", "travel"),
    ),
    "psychosocial": ("MHPSS", "psychosocial", "family_dispute", "women_specific"),
}
_OF_SERVICE = {service: dimension for dimension, services in _DIMENSIONS.items() for service in services}


def dimension_of(service: str) -> str:
    """Return the dimension a service belongs to, empty where it belongs to none."""
    return _OF_SERVICE.get(service, "")
