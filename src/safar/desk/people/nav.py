from django.utils.translation import gettext_lazy as _

from safar.desk.navigation import Entry
from safar.people.permissions import CHANGE_PERSON, MERGE_PEOPLE, RECORD_CONSENT, SEARCH_PEOPLE
from safar.trust.permissions import NAME_READERS, READ_SEALED

ENTRIES = [
    Entry(_("People"), "desk:people:search", "users", SEARCH_PEOPLE, 20),
    Entry(_("Sealed notes"), "desk:people:sealed_requests", "lock", NAME_READERS, 81),
]
PERSON_ACTIONS = [
    Entry(_("Merge with another file"), "desk:people:merge_with", "merge", MERGE_PEOPLE, 96),
    Entry(_("Change details"), "desk:people:edit", "edit", CHANGE_PERSON, 90),
    Entry(_("Sealed notes"), "desk:people:sealed", "lock", READ_SEALED, 94),
    Entry(_("Consent and contact"), "desk:people:consents", "shield", RECORD_CONSENT, 91),
    Entry(_("Client card"), "desk:people:card", "id-card", CHANGE_PERSON, 92),
]
