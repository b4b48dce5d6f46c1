"""What may be done with contacts, case files and referrals, one permission each."""

from safar.kernel.actor import Permission

RECORD_CONTACT = Permission("cases.contact.record", "Record counselling contacts")
READ_CONTACT = Permission("cases.contact.read", "Open counselling contacts")
MANAGE_CASE = Permission("cases.case.manage", "Open, move and close case files")
MANAGE_REFERRAL = Permission("cases.referral.manage", "Make and follow referrals")

PERMISSIONS = [RECORD_CONTACT, READ_CONTACT, MANAGE_CASE, MANAGE_REFERRAL]
