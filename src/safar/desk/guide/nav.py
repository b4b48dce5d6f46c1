from django.utils.translation import gettext_lazy as _

from safar.desk.navigation import Entry
from safar.guide.permissions import READ_FACT

ENTRIES = [Entry(_("Guide"), "desk:guide:board", "book-open", READ_FACT, 60)]
