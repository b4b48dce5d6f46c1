from django.utils.translation import gettext_lazy as _

from safar.desk.navigation import Entry
from safar.insights.permissions import READ_REPORT

ENTRIES = [Entry(_("Month report"), "desk:insights:month", "bar-chart", READ_REPORT, 60)]
