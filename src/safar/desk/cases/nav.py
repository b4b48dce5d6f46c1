from django.utils.translation import gettext_lazy as _

from safar.cases.permissions import (
    CHECK_OFFER,
    DECIDE_ASSESSMENT,
    FILL_ASSESSMENT,
    FOLLOW_COMPLAINT,
    MANAGE_CASE,
    MANAGE_INSTRUMENT,
    MANAGE_REFERRAL,
    PREPARE_DEPARTURE,
    READ_CONTACT,
    RECORD_CONTACT,
    RECORD_OUTCOME,
    RUN_DAY,
    SUPERVISE,
    TAKE_COMPLAINT,
)
from safar.desk.navigation import Entry
from safar.people.permissions import IMPORT_REGISTER

ENTRIES = [
    Entry(_("The day"), "desk:cases:day", "calendar-check", RUN_DAY, 8),
    Entry(_("New contact"), "desk:cases:new_contact", "plus", RECORD_CONTACT, 10),
    Entry(_("Contacts"), "desk:cases:list", "message", READ_CONTACT, 21),
    Entry(_("Follow-ups"), "desk:cases:follow_ups", "bell", READ_CONTACT, 22),
    Entry(_("Case files"), "desk:cases:cases", "folder", MANAGE_CASE, 23),
    Entry(_("Departures"), "desk:cases:departures", "plane", RECORD_OUTCOME, 25),
    Entry(_("Referrals"), "desk:cases:referrals", "send", MANAGE_REFERRAL, 24),
    Entry(_("After return"), "desk:cases:reintegration", "home", MANAGE_CASE, 25),
    Entry(_("Supervision"), "desk:cases:supervision", "users", SUPERVISE, 26),
    Entry(_("My week"), "desk:cases:care", "heart-handshake", RECORD_CONTACT, 27),
    Entry(_("Offer checks"), "desk:cases:offer_checks", "scale", CHECK_OFFER, 26),
    Entry(_("Agencies"), "desk:cases:agencies", "building", CHECK_OFFER, 27),
    Entry(_("Complaints"), "desk:cases:complaints", "flag", FOLLOW_COMPLAINT, 28),
    Entry(_("Forms on paper"), "desk:cases:instrument_blanks", "printer", FILL_ASSESSMENT, 29),
    Entry(_("Decisions"), "desk:cases:assessments_waiting", "scale", DECIDE_ASSESSMENT, 30),
    Entry(_("Instruments"), "desk:cases:instruments", "clipboard-check", MANAGE_INSTRUMENT, 84),
    Entry(_("Import a register"), "desk:cases:import", "upload", IMPORT_REGISTER, 85),
]
PERSON_ACTIONS = [
    Entry(_("Assess"), "desk:cases:assess_choose_person", "clipboard-check", FILL_ASSESSMENT, 16),
    Entry(_("Book a visit"), "desk:cases:book_person", "calendar", RUN_DAY, 11),
    Entry(_("Give a number"), "desk:cases:walk_in_person", "hash", RUN_DAY, 13),
    Entry(_("Note a call"), "desk:cases:call_person", "phone", RUN_DAY, 61),
    Entry(_("Prepare to leave"), "desk:cases:prepare_person", "plane", PREPARE_DEPARTURE, 25),
    Entry(_("Record a contact"), "desk:cases:new_contact_of", "plus", RECORD_CONTACT, 10),
    Entry(_("Open a case file"), "desk:cases:open_case", "folder", MANAGE_CASE, 20),
    Entry(_("Receive after return"), "desk:cases:receive", "home", MANAGE_CASE, 26),
    Entry(_("Refer"), "desk:cases:refer_person", "send", MANAGE_REFERRAL, 30),
    Entry(_("First questions"), "desk:cases:triage_person", "alert-triangle", RECORD_CONTACT, 12),
    Entry(_("Check an offer"), "desk:cases:check_offer_person", "scale", CHECK_OFFER, 14),
    Entry(_("Take a complaint"), "desk:cases:complain_person", "flag", TAKE_COMPLAINT, 32),
]
