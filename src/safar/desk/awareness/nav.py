from django.utils.translation import gettext_lazy as _

from safar.awareness.permissions import READ_SESSION
from safar.desk.navigation import Entry

ENTRIES = [Entry(_("Sessions"), "desk:awareness:list", "graduation-cap", READ_SESSION, 40)]
