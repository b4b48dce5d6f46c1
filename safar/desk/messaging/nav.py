from django.utils.translation import gettext_lazy as _

from safar.desk.navigation import Entry
from safar.messaging.permissions import ANSWER_INBOX

ENTRIES = [Entry(_("Questions"), "desk:messaging:inbox", "inbox", ANSWER_INBOX, 40)]
