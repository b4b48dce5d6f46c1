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


@transaction.atomic
def freeze(*, month: Month, centre: str = ALL_CENTRES, by: Actor) -> MonthRun:
    """Freeze a finished month of a centre or the node; a second press gives back the first run."""
    check_may(by, FREEZE_REPORT)
    if earlier := runs.frozen(month, centre):
        return earlier
    _check_over(month, today())
    _bring_up_to_date()
    content = canonical(
        {
            "true": as_data(month_reports.true_report(month, centre)),
            "protected": as_data(month_reports.protected_report(month, centre)),
        }
    )
    manifest = folder.current()
    run = MonthRun.objects.create(
        month=str(month),
        centre=Centre.objects.get(code=centre) if centre else None,
        frozen_at=now(),
        frozen_by_id=by.id,
        data_version=manifest.data_version if manifest else "",
        definitions_version=definitions_version(),
        content=content,
        sha256=digest(content),
    )
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
            raise ValidationError(
                {"month": _("The figures are being brought up to date just now. Try again in a minute.")}
            ) from error
