"""How long people stay in a programme, when some have ended well before and others are still in it (Kaplan and Meier 1958)."""

import warnings
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

HALF = 0.5
Times: TypeAlias = NDArray[np.float64]
Seen: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Step:
    """What is known at one time: people at risk just before it, events and censorings on it, the share that stays after it.

    `survival`, `low` and `high` are shares from 0 to 1. The interval is None where its formula has no value: before the first
    event, and once nobody is left.
    """

    time: float
    at_risk: int
    events: int
    censored: int
    survival: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Curve:
    """The steps of a curve, one for each distinct time, in ascending order; `people` is the size of the group."""

    people: int
    confidence: float
    steps: tuple[Step, ...]

    def at(self, time: float) -> Step | None:
        """Return what holds at a time, in the unit of the times given; None beyond what was seen of anybody.

        Before the first time everybody stays. After the last one nothing is known, except that nobody left stays nobody.
        """
        before = bisect_right(self.steps, time, key=lambda step: step.time)
        if not before:
            return Step(time, self.people, 0, 0, 1.0, None, None) if self.steps else None
        step = self.steps[before - 1]
        known = time <= self.steps[-1].time or step.survival == 0
        return Step(time, self.at_risk(time), 0, 0, step.survival, step.low, step.high) if known else None

    def at_risk(self, time: float) -> int:
        """Return how many are still followed just before a time."""
        return sum(step.events + step.censored for step in self.steps if step.time >= time)

    @property
    def median(self) -> float | None:
        """The first time at which at most half remain; None while more than half do."""
        return next((step.time for step in self.steps if step.survival <= HALF), None)


def kaplan_meier(times: Sequence[float], ended: Sequence[bool], *, confidence: float = 0.95) -> Curve:
    """Return the product-limit estimate of the share that stays, with a pointwise interval.

    `times`, shape (n,), how long each was followed, in any one unit, at least 0; `ended`, shape (n,), whether the event was
    seen then (False: censored, followed no longer). Whoever is censored at the time of an event counts as at risk for it.
    The interval is the exponential Greenwood one (log-log), which stays inside 0 and 1. Assumes that whoever is censored would
    have left no sooner and no later than the others. Complexity O(n log n).
    Errors: ValueError for different lengths, a negative or unknown time, or a confidence that is no share.
    Source: Kaplan and Meier (1958); Kalbfleisch and Prentice (2002), section 1.4; computed by scipy.stats.ecdf.
    """
    followed, seen = np.asarray(times, dtype=float), np.asarray(ended, dtype=bool)
    if followed.shape != seen.shape or followed.ndim != 1:
        raise ValueError("times and ended must be two lists of the same length")
    if not np.isfinite(followed).all() or (followed < 0).any():
        raise ValueError("a time must be a number of at least 0")
    if not 0 < confidence < 1:
        raise ValueError("confidence must lie between 0 and 1")
    steps = _steps(followed, seen, confidence) if followed.size else ()
    return Curve(int(followed.size), confidence, steps)


def _steps(followed: Times, seen: Seen, confidence: float) -> tuple[Step, ...]:
    # Loaded when a curve is asked for: SciPy's statistics take a second to import.
    from scipy import stats

    found = stats.ecdf(stats.CensoredData(uncensored=followed[seen], right=followed[~seen])).sf
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", RuntimeWarning
        )  # it tells of the places where there is no interval, which become None
        interval = found.confidence_interval(confidence_level=confidence, method="log-log")
    steps = []
    for time, share, low, high in zip(
        found.quantiles, found.probabilities, interval.low.probabilities, interval.high.probabilities, strict=True
    ):
        here = followed == time
        steps.append(
            Step(
                time=float(time),
                at_risk=int((followed >= time).sum()),
                events=int((here & seen).sum()),
                censored=int((here & ~seen).sum()),
                survival=float(share),
                low=None if np.isnan(low) else float(low),
                high=None if np.isnan(high) else float(high),
            )
        )
    return tuple(steps)
