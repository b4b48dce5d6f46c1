from safar.cases.models.agency import (
    Agency,
    AgencyChange,
    AgencyImport,
    AgencyLicence,
    AgencyName,
    LicenceSuspension,
)
from safar.cases.models.approval import Approval
from safar.cases.models.assessment import Assessment, AssessmentMove
from safar.cases.models.call import CallAttempt, CallBack
from safar.cases.models.case_file import CaseEvent, CaseFile
from safar.cases.models.complaint import Complaint, ComplaintMove, ComplaintNamed
from safar.cases.models.conference import CaseConference
from safar.cases.models.contact import Contact, ContactAdvice, ContactFlag, ContactRevision, ContactTopic
from safar.cases.models.departure import DepartureOutcome, DeparturePaper
from safar.cases.models.hand_over import HandOver
from safar.cases.models.heavy_week import HeavyWeek
from safar.cases.models.instrument import Instrument, InstrumentVersion
from safar.cases.models.offer import OfferCheck, ShownText, Triage
from safar.cases.models.opinion import SecondOpinion
from safar.cases.models.plan_review import CaseClosure, ContactAttempt, PlanReview, ReviewRating, ReviewService
from safar.cases.models.reception import ImmediateNeed, Reception
from safar.cases.models.referral import Referral, ReferralLink, ReferralMove
from safar.cases.models.register import RegisterImport, RegisterRow
from safar.cases.models.reintegration_plan import PlanGoal, PlanStep, ReintegrationPlan
from safar.cases.models.rota import CalendarFeed, RotaChange, RotaShift
from safar.cases.models.visit import Appointment, Ticket

__all__ = [
    "Agency",
    "AgencyChange",
    "AgencyImport",
    "AgencyLicence",
    "AgencyName",
    "Appointment",
    "Approval",
    "Assessment",
    "AssessmentMove",
    "CalendarFeed",
    "CallAttempt",
    "CallBack",
    "CaseClosure",
    "CaseConference",
    "CaseEvent",
    "CaseFile",
    "Complaint",
    "ComplaintMove",
    "ComplaintNamed",
    "Contact",
    "ContactAdvice",
    "ContactAttempt",
    "ContactFlag",
    "ContactRevision",
    "ContactTopic",
    "DepartureOutcome",
    "DeparturePaper",
    "HandOver",
    "HeavyWeek",
    "ImmediateNeed",
    "Instrument",
    "InstrumentVersion",
    "LicenceSuspension",
    "OfferCheck",
    "PlanGoal",
    "PlanReview",
    "PlanStep",
    "Reception",
    "Referral",
    "ReferralLink",
    "ReferralMove",
    "RegisterImport",
    "RegisterRow",
    "ReintegrationPlan",
    "ReviewRating",
    "ReviewService",
    "RotaChange",
    "RotaShift",
    "SecondOpinion",
    "ShownText",
    "Ticket",
    "Triage",
]
