"""What may be done with contacts, case files and referrals, one permission each."""

from safar.kernel.actor import Permission

RECORD_CONTACT = Permission("cases.contact.record", "Record counselling contacts")
READ_CONTACT = Permission("cases.contact.read", "Open counselling contacts")
MANAGE_CASE = Permission("cases.case.manage", "Open, move and close case files")
MANAGE_REFERRAL = Permission("cases.referral.manage", "Make and follow referrals")
RUN_DAY = Permission("cases.day.run", "Book visits, give out numbers, call back and run the day")
PLAN_ROTA = Permission("cases.rota.plan", "Plan who receives people where and when")

PERMISSIONS = [RECORD_CONTACT, READ_CONTACT, MANAGE_CASE, MANAGE_REFERRAL]
PERMISSIONS += [RUN_DAY, PLAN_ROTA]
