from safar.cases.models.call import CallAttempt, CallBack
from safar.cases.models.case_file import CaseEvent, CaseFile
from safar.cases.models.contact import Contact, ContactAdvice, ContactFlag, ContactRevision, ContactTopic
from safar.cases.models.departure import DepartureOutcome, DeparturePaper
from safar.cases.models.referral import Referral, ReferralMove
from safar.cases.models.register import RegisterImport, RegisterRow
from safar.cases.models.rota import CalendarFeed, RotaChange, RotaShift
from safar.cases.models.visit import Appointment, Ticket

__all__ = [
    "Appointment",
    "CalendarFeed",
    "CallAttempt",
    "CallBack",
    "CaseEvent",
    "CaseFile",
    "Contact",
    "ContactAdvice",
    "ContactFlag",
    "ContactRevision",
    "ContactTopic",
    "DepartureOutcome",
    "DeparturePaper",
    "Referral",
    "ReferralMove",
    "RegisterImport",
    "RegisterRow",
    "RotaChange",
    "RotaShift",
    "Ticket",
]
