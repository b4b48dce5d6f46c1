"""How private the fields of awareness are, and what becomes of an attendance when a person is erased."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import F

from safar.awareness.models import CountedAttendance, NamedAttendance
from safar.awareness.queries.tallies import cell_of
from safar.kernel.privacy import Part, Privacy, register_part

FIELDS: dict[str, Privacy] = {
    "Session.id": Privacy.PUBLIC,
    "Session.recorded_at": Privacy.INTERNAL,
    "Session.centre": Privacy.PUBLIC,
    "Session.session_type": Privacy.PUBLIC,
    "Session.title": Privacy.PUBLIC,
    "Session.starts_at": Privacy.PUBLIC,
    "Session.ends_at": Privacy.PUBLIC,
    "Session.region": Privacy.PUBLIC,
    "Session.district": Privacy.PUBLIC,
    "Session.venue": Privacy.PUBLIC,
    "Session.host": Privacy.INTERNAL,
    "Session.host_name": Privacy.INTERNAL,
    "Session.target_group": Privacy.INTERNAL,
    "Session.language": Privacy.PUBLIC,
    "Session.expected": Privacy.INTERNAL,
    "Session.capacity": Privacy.INTERNAL,
    "Session.public": Privacy.INTERNAL,
    "Session.notes": Privacy.INTERNAL,
    "Session.state": Privacy.INTERNAL,
    "SessionModule.id": Privacy.INTERNAL,
    "SessionModule.recorded_at": Privacy.INTERNAL,
    "SessionModule.session": Privacy.INTERNAL,
    "SessionModule.code": Privacy.PUBLIC,
    "Facilitator.id": Privacy.INTERNAL,
    "Facilitator.recorded_at": Privacy.INTERNAL,
    "Facilitator.session": Privacy.INTERNAL,
    "Facilitator.staff": Privacy.INTERNAL,
    "SessionMaterial.id": Privacy.INTERNAL,
    "SessionMaterial.recorded_at": Privacy.INTERNAL,
    "SessionMaterial.session": Privacy.INTERNAL,
    "SessionMaterial.item": Privacy.INTERNAL,
    "SessionMaterial.language": Privacy.INTERNAL,
    "SessionMaterial.count": Privacy.INTERNAL,
    "SessionStep.id": Privacy.INTERNAL,
    "SessionStep.recorded_at": Privacy.INTERNAL,
    "SessionStep.session": Privacy.INTERNAL,
    "SessionStep.step": Privacy.INTERNAL,
    "SessionStep.from_state": Privacy.INTERNAL,
    "SessionStep.to_state": Privacy.INTERNAL,
    "SessionStep.staff": Privacy.INTERNAL,
    "SessionStep.reason": Privacy.INTERNAL,
    "NamedAttendance.id": Privacy.INTERNAL,
    "NamedAttendance.recorded_at": Privacy.INTERNAL,
    "NamedAttendance.session": Privacy.PERSONAL,
    "NamedAttendance.person": Privacy.PERSONAL,
    # A count of a few people in a village can lead to them: figures leave only through disclosure control.
    "CountedAttendance.id": Privacy.INTERNAL,
    "CountedAttendance.recorded_at": Privacy.INTERNAL,
    "CountedAttendance.session": Privacy.INTERNAL,
    "CountedAttendance.sex": Privacy.INTERNAL,
    "CountedAttendance.age_band": Privacy.INTERNAL,
    "CountedAttendance.with_disability": Privacy.SENSITIVE,
    "CountedAttendance.count": Privacy.INTERNAL,
    "AttendanceCorrection.id": Privacy.INTERNAL,
    "AttendanceCorrection.recorded_at": Privacy.INTERNAL,
    "AttendanceCorrection.session": Privacy.INTERNAL,
    "AttendanceCorrection.before": Privacy.INTERNAL,
    "AttendanceCorrection.after": Privacy.INTERNAL,
    "AttendanceCorrection.reason": Privacy.INTERNAL,
    "AttendanceCorrection.staff": Privacy.INTERNAL,
    "SignUp.id": Privacy.INTERNAL,
    "SignUp.recorded_at": Privacy.INTERNAL,
    "SignUp.session": Privacy.INTERNAL,
    "SignUp.name": Privacy.PERSONAL,
    "SignUp.phone": Privacy.PERSONAL,
    "SignUp.language": Privacy.INTERNAL,
    "SignUp.reference": Privacy.PERSONAL,
    "KnowledgeTest.id": Privacy.INTERNAL,
    "KnowledgeTest.recorded_at": Privacy.INTERNAL,
    "KnowledgeTest.session": Privacy.INTERNAL,
    "KnowledgeTest.phase": Privacy.INTERNAL,
    "KnowledgeTest.answered": Privacy.INTERNAL,
    "KnowledgeTest.matched": Privacy.INTERNAL,
    "KnowledgeTestItem.id": Privacy.INTERNAL,
    "KnowledgeTestItem.recorded_at": Privacy.INTERNAL,
    "KnowledgeTestItem.test": Privacy.INTERNAL,
    "KnowledgeTestItem.number": Privacy.INTERNAL,
    "KnowledgeTestItem.answered": Privacy.INTERNAL,
    "KnowledgeTestItem.correct": Privacy.INTERNAL,
    "LoggedQuestion.id": Privacy.INTERNAL,
    "LoggedQuestion.recorded_at": Privacy.INTERNAL,
    "LoggedQuestion.session": Privacy.INTERNAL,
    "LoggedQuestion.text": Privacy.INTERNAL,
    "LoggedQuestion.topic": Privacy.INTERNAL,
}


def _export(person_key: UUID) -> Mapping[str, Any]:
    """Tell the person which sessions they are recorded as having been at."""
    rows = NamedAttendance.objects.filter(person=person_key).select_related("session").order_by("session__starts_at")
    return {"sessions_attended": [{"title": row.session.title, "at": row.session.starts_at} for row in rows]}


def _erase(person_key: UUID) -> None:
    """Turn each named attendance into a counted one, so that the person is gone and no past figure changes."""
    for row in NamedAttendance.objects.filter(person=person_key).select_related("person", "session"):
        sex, band = cell_of(row)
        key = {"session": row.session, "sex": sex, "age_band": band, "with_disability": False}
        if not CountedAttendance.objects.filter(**key).update(count=F("count") + 1):
            CountedAttendance.objects.create(**key, count=1)
        row.delete()


ATTENDANCE = Part(name="awareness", export=_export, erase=_erase)
register_part(ATTENDANCE)
