from safar.awareness.models.attendance import AttendanceCorrection, CountedAttendance, NamedAttendance
from safar.awareness.models.learning import KnowledgeTest, KnowledgeTestItem, LoggedQuestion
from safar.awareness.models.session import Facilitator, Session, SessionMaterial, SessionModule, SessionStep
from safar.awareness.models.sign_up import SignUp

__all__ = [
    "AttendanceCorrection",
    "CountedAttendance",
    "Facilitator",
    "KnowledgeTest",
    "KnowledgeTestItem",
    "LoggedQuestion",
    "NamedAttendance",
    "Session",
    "SessionMaterial",
    "SessionModule",
    "SessionStep",
    "SignUp",
]
