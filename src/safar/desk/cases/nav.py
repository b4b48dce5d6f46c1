from django.utils.translation import gettext_lazy as _

from safar.cases.permissions import (
    MANAGE_CASE,
    MANAGE_REFERRAL,
    PREPARE_DEPARTURE,
    READ_CONTACT,
    RECORD_CONTACT,
    RECORD_OUTCOME,
    SUPERVISE,
)
from safar.desk.navigation import Entry
from safar.people.permissions import IMPORT_REGISTER

ENTRIES = [
    Entry(_("New contact"), "desk:cases:new_contact", "plus", RECORD_CONTACT, 10),
    Entry(_("Contacts"), "desk:cases:list", "message", READ_CONTACT, 21),
    Entry(_("Follow-ups"), "desk:cases:follow_ups", "bell", READ_CONTACT, 22),
    Entry(_("Case files"), "desk:cases:cases", "folder", MANAGE_CASE, 23),
    Entry(_("Departures"), "desk:cases:departures", "plane", RECORD_OUTCOME, 25),
    Entry(_("Referrals"), "desk:cases:referrals", "send", MANAGE_REFERRAL, 24),
    Entry(_("Supervision"), "desk:cases:supervision", "users", SUPERVISE, 26),
    Entry(_("My week"), "desk:cases:care", "heart-handshake", RECORD_CONTACT, 96),
    Entry(_("Import a register"), "desk:cases:import", "upload", IMPORT_REGISTER, 85),
]
PERSON_ACTIONS = [
    Entry(_("Prepare to leave"), "desk:cases:prepare_person", "plane", PREPARE_DEPARTURE, 25),
    Entry(_("Record a contact"), "desk:cases:new_contact_of", "plus", RECORD_CONTACT, 10),
    Entry(_("Open a case file"), "desk:cases:open_case", "folder", MANAGE_CASE, 20),
    Entry(_("Refer"), "desk:cases:refer_person", "send", MANAGE_REFERRAL, 30),
]
