from safar.trust.models.audit import AuditEntry
from safar.trust.models.centre import Centre
from safar.trust.models.register import ProcessingAnswers
from safar.trust.models.retention import RetentionHold, RetentionRun
from safar.trust.models.sealed import SealedNote, SealedOpening, SealedReader
from safar.trust.models.staff import RoleAssignment, Staff
from safar.trust.models.subject_request import SubjectRequest

__all__ = [
    "AuditEntry",
    "Centre",
    "ProcessingAnswers",
    "RetentionHold",
    "RetentionRun",
    "RoleAssignment",
    "SealedNote",
    "SealedOpening",
    "SealedReader",
    "Staff",
    "SubjectRequest",
]
