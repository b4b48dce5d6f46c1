import json
from dataclasses import dataclass
from uuid import UUID

from safar.insights.indicators.engine import ALL_CENTRES
from safar.insights.indicators.period import Month
from safar.insights.models import MonthRun
from safar.insights.reports.content import MonthReport, digest, from_data


class AlteredRunError(RuntimeError):
    """The stored content of a run no longer has the hash it was frozen with."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure that has changed since the month was frozen; None is a figure that did not exist then or does not now."""

    code: str
    unit: str
    frozen: int | None
    now: int | None

    @property
    def difference(self) -> int | None:
        return None if self.frozen is None or self.now is None else self.now - self.frozen


def frozen(month: Month, centre: str = ALL_CENTRES) -> MonthRun | None:
    """Return the frozen run of a month, None while it is open."""
    chosen = MonthRun.objects.filter(month=str(month)).select_related("frozen_by", "centre")
    return chosen.filter(centre__code=centre).first() if centre else chosen.filter(centre=None).first()


def get(run_id: UUID) -> MonthRun:
    """Return a run; raises MonthRun.DoesNotExist."""
    return MonthRun.objects.select_related("centre", "frozen_by").get(pk=run_id)


def report_of(run: MonthRun, *, hide: bool) -> MonthReport:
    """Return the report exactly as frozen; raises AlteredRunError when somebody reached into the database."""
    if digest(run.content) != run.sha256:
        raise AlteredRunError(str(run))
    return from_data(json.loads(run.content)["protected" if hide else "true"])


def corrections(before: MonthReport, after: MonthReport) -> list[Correction]:
    """Return the figures that differ, in the order of the report."""
    old = {line.code: line for line in before.figures}
    new = {line.code: line for line in after.figures}
    found = []
    for code in [*new, *(code for code in old if code not in new)]:
        was, is_now = old.get(code), new.get(code)
        line = is_now or was
        if line and (was and was.value) != (is_now and is_now.value):
            found.append(Correction(code, line.unit, was.value if was else None, is_now.value if is_now else None))
    return found
