"""What became of the referrals that left: by service and by partner, with how many stand behind each figure."""

import datetime as dt
from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from safar.cases.permissions import MANAGE_REFERRAL
from safar.cases.queries import referral_figures
from safar.cases.rules.referrals import SMALLEST_SHOWN, Figures
from safar.desk.access import requires
from safar.desk.middleware import DeskRequest
from safar.kernel.chart import Chart, Series
from safar.kernel.clock import today
from safar.ui.numbers import written_date

PERIOD_DAYS = 365
MOST_IN_CHART = 12


@requires(MANAGE_REFERRAL)
def show(request: DeskRequest) -> HttpResponse:
    until = today()
    found = referral_figures.of_period(since=until - dt.timedelta(days=PERIOD_DAYS), until=until, by=request.actor)
    note = _("Referrals sent from %(since)s to %(until)s; fewer than %(least)s are not shown.") % {
        "since": written_date(found.since),
        "until": written_date(found.until),
        "least": SMALLEST_SHOWN,
    }
    context = {
        "found": found,
        "tables": [(_("By service"), found.by_service), (_("By recipient"), found.by_partner)],
        "charts": [
            _chart(_("Share served, by service"), found.by_service, _("% of referrals sent"), note, share=True),
            _chart(
                _("Days from sending to the service, by service"),
                found.by_service,
                _("days, median"),
                note,
                share=False,
            ),
        ],
        "least": SMALLEST_SHOWN,
        "tab": "figures",
        "note": note,
    }
    return render(request, "desk/cases/referrals/figures.html", context)


def _chart(title: str, rows: Sequence[Figures], unit: str, note: str, *, share: bool) -> Chart:
    shown = [row for row in rows if (row.share if share else row.median_days) is not None][:MOST_IN_CHART]
    values = tuple(row.percent if share else row.median_days for row in shown)
    return Chart("bar", title, tuple(row.group for row in shown), (Series(title, values),), unit, note)
