from django.utils.translation import gettext_lazy as _

from safar.desk.navigation import Entry
from safar.trust.permissions import (
    KEEP_REGISTER,
    MANAGE_RETENTION,
    MANAGE_STAFF,
    RECEIVE_SUBJECT_REQUESTS,
    SEE_AUDIT,
    SEE_SETTINGS,
    USE_DESK,
)

ENTRIES = [
    Entry(_("Staff"), "desk:trust:staff", "users", MANAGE_STAFF, 80),
    Entry(_("Audit trail"), "desk:trust:audit", "eye", SEE_AUDIT, 82),
    Entry(_("Requests about data"), "desk:trust:requests", "shield", RECEIVE_SUBJECT_REQUESTS, 79),
    Entry(_("What ends"), "desk:trust:retention", "hourglass", MANAGE_RETENTION, 83),
    Entry(_("Processing register"), "desk:trust:register", "database", KEEP_REGISTER, 83),
    Entry(_("Settings"), "desk:trust:settings", "settings", SEE_SETTINGS, 84),
    Entry(_("My account"), "desk:trust:me", "user", USE_DESK, 90),
]
PERSON_ACTIONS = [
    Entry(_("Note a request"), "desk:trust:request_new", "shield", RECEIVE_SUBJECT_REQUESTS, 93),
    Entry(_("Hold"), "desk:trust:retention_hold", "hourglass", MANAGE_RETENTION, 96),
]
