"""What may be done with contacts, case files and referrals, one permission each."""

from safar.kernel.actor import Permission

RECORD_CONTACT = Permission("cases.contact.record", "Record counselling contacts")
READ_CONTACT = Permission("cases.contact.read", "Open counselling contacts")
MANAGE_CASE = Permission("cases.case.manage", "Open, move and close case files")
MANAGE_REFERRAL = Permission("cases.referral.manage", "Make and follow referrals")
RUN_DAY = Permission("cases.day.run", "Book visits, give out numbers, call back and run the day")
PLAN_ROTA = Permission("cases.rota.plan", "Plan who receives people where and when")
PREPARE_DEPARTURE = Permission(
    "cases.departure.prepare", "Prepare a departure: costs, documents, plan, take-home sheet"
)
RECORD_OUTCOME = Permission("cases.departure.outcome", "Record what became of a departure")
CHECK_OFFER = Permission("cases.offer.check", "Check offers and look up agencies")
IMPORT_AGENCIES = Permission("cases.agency.import", "Take over registers of licensed agencies")
TAKE_COMPLAINT = Permission("cases.complaint.take", "Take complaints")
FOLLOW_COMPLAINT = Permission("cases.complaint.follow", "Open complaints, pass them on and follow them")
INDEPENDENT_COMPLAINT = Permission(
    "cases.complaint.independent", "Open complaints about centres and their staff, from outside their chain"
)
SUPERVISE = Permission("cases.supervision.see", "See the caseload of every worker and hand work over")
DECIDE_APPROVAL = Permission("cases.approval.decide", "Approve or send back what asks for a second person")
ASK_OPINION = Permission("cases.opinion.ask", "Ask a colleague for a second opinion, and give one")

OVERSEE_REFERRAL = Permission("cases.referral.oversee", "See referrals of the centre that are overdue for long")
READ_COHORTS = Permission("cases.cohort.read", "See how many stay in the programme after return")
FILL_ASSESSMENT = Permission("cases.assessment.fill", "Fill assessments and read their results")
READ_SENSITIVE = Permission(
    "cases.assessment.sensitive", "Fill assessments of forced labour and exploitation, and read those one filled"
)
DECIDE_ASSESSMENT = Permission(
    "cases.assessment.decide", "Read sensitive assessments of the centre and decide what follows from them"
)
EXPORT_ASSESSMENTS = Permission("cases.assessment.export", "Take answers out, and take answers over from files")
MANAGE_INSTRUMENT = Permission("cases.instrument.manage", "Add, publish and retire instruments")

PERMISSIONS = [RECORD_CONTACT, READ_CONTACT, MANAGE_CASE, MANAGE_REFERRAL]
PERMISSIONS += [FILL_ASSESSMENT, READ_SENSITIVE, DECIDE_ASSESSMENT, EXPORT_ASSESSMENTS, MANAGE_INSTRUMENT]
PERMISSIONS += [RUN_DAY, PLAN_ROTA]
PERMISSIONS += [PREPARE_DEPARTURE, RECORD_OUTCOME]
PERMISSIONS += [CHECK_OFFER, IMPORT_AGENCIES, TAKE_COMPLAINT, FOLLOW_COMPLAINT, INDEPENDENT_COMPLAINT]
PERMISSIONS += [SUPERVISE, DECIDE_APPROVAL, ASK_OPINION]
PERMISSIONS += [OVERSEE_REFERRAL]
PERMISSIONS += [READ_COHORTS]
