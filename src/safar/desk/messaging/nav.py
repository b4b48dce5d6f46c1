from django.utils.translation import gettext_lazy as _

from safar.desk.navigation import Entry
from safar.messaging.permissions import ANSWER_INBOX, SEND_MESSAGE

ENTRIES = [Entry(_("Questions"), "desk:messaging:inbox", "inbox", ANSWER_INBOX, 40)]
PERSON_ACTIONS = [Entry(_("Send a reminder"), "desk:messaging:remind", "mail", SEND_MESSAGE, 60)]
