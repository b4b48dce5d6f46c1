from django.utils.translation import gettext_lazy as _

from safar.campaigns.permissions import READ_CAMPAIGN
from safar.desk.navigation import Entry

ENTRIES = [Entry(_("Campaigns"), "desk:campaigns:list", "megaphone", READ_CAMPAIGN, 40)]
