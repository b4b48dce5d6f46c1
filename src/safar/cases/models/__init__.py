from safar.cases.models.case_file import CaseEvent, CaseFile
from safar.cases.models.contact import Contact, ContactAdvice, ContactFlag, ContactRevision, ContactTopic
from safar.cases.models.referral import Referral, ReferralMove
from safar.cases.models.register import RegisterImport, RegisterRow

__all__ = [
    "CaseEvent",
    "CaseFile",
    "Contact",
    "ContactAdvice",
    "ContactFlag",
    "ContactRevision",
    "ContactTopic",
    "Referral",
    "ReferralMove",
    "RegisterImport",
    "RegisterRow",
]
