import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.insights.indicators.definition import definitions_version
from safar.insights.indicators.engine import ALL_CENTRES
from safar.insights.indicators.period import Month
from safar.insights.models import MonthRun
from safar.insights.permissions import FREEZE_REPORT
from safar.insights.queries import runs
from safar.insights.reports import month as month_reports
from safar.insights.reports.content import as_data, canonical, digest
from safar.insights.store import building, folder, versions
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import now, today
from safar.trust.actions import audit
from safar.trust.models import Centre


def freeze(*, month: Month, centre: str = ALL_CENTRES, by: Actor) -> MonthRun:
    """Freeze a finished month of a centre or the node; a second press gives back the first run."""
    check_may(by, FREEZE_REPORT)
    if earlier := runs.frozen(month, centre):
        return earlier
    _check_over(month, today())
    _bring_up_to_date()
    # Counting takes seconds. Nobody may have to wait for the database meanwhile, so it comes before the transaction.
    true, protected = month_reports.true_report(month, centre), month_reports.protected_report(month, centre)
    if true.data_version != protected.data_version:
        raise _busy()
    content = canonical({"true": as_data(true), "protected": as_data(protected)})
    return _keep(month, centre, content, data_version=true.data_version, by=by)


@transaction.atomic
def _keep(month: Month, centre: str, content: str, *, data_version: str, by: Actor) -> MonthRun:
    place = Centre.objects.get(code=centre) if centre else None
    run, is_new = MonthRun.objects.get_or_create(
        month=str(month),
        centre=place,
        defaults={
            "frozen_at": now(),
            "frozen_by_id": by.id,
            "data_version": data_version,
            "definitions_version": definitions_version(),
            "content": content,
            "sha256": digest(content),
        },
    )
    if is_new:
        audit.record(by=by, action="insights.run.freeze", subject_key=run.pk, fields=["month", "centre"])
    return run


def _check_over(month: Month, day: dt.date) -> None:
    if day <= month.last:
        raise ValidationError({"month": _("The month is not over yet; its figures can still change.")})


def _bring_up_to_date() -> None:
    """Freeze what is true now, not what was true when the store was last built."""
    manifest = folder.current()
    if manifest is None or manifest.data_version != versions.data_version():
        try:
            building.build()
        except building.BuildRunningError as error:
            raise _busy() from error


def _busy() -> ValidationError:
    return ValidationError({"month": _("The figures are being brought up to date just now. Try again in a minute.")})
