from django.utils.translation import gettext_lazy as _

from safar.desk.navigation import Entry
from safar.partners.permissions import READ_PARTNER

ENTRIES = [
    Entry(_("Partners"), "desk:partners:list", "heart-handshake", READ_PARTNER, 50),
]
