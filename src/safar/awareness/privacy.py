"""How private the fields of awareness are, and what becomes of an attendance when a person is erased."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from safar.awareness.models import CountedAttendance, NamedAttendance, SignUp
from safar.kernel.privacy import Effect, Part, Privacy, register_part
from safar.people.models import Person
from safar.people.queries.clusters import members_of
from safar.people.queries.traces import traces_of

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
    """Tell the person which sessions they are recorded as having been at, and for which they signed up."""
    members = members_of(person_key)
    rows = NamedAttendance.objects.filter(person__in=members).select_related("session").order_by("session__starts_at")
    return {
        "sessions_attended": [{"title": row.session.title, "at": row.session.starts_at} for row in rows],
        "sign_ups": [
            {"title": one.session.title, "at": one.session.starts_at, "name": one.name, "phone": one.phone}
            for one in _sign_ups(members)
        ],
    }


def _erase(person_key: UUID) -> None:
    """Turn each named attendance into a counted one, so that the person is gone and no past figure changes.

    Sex and age are those of the file that answers for the person, as the extract reads them.
    """
    members = members_of(person_key)
    person = Person.objects.filter(pk=members[0]).first()
    if person is None:
        return  # asked for twice: nothing is left to count
    for row in NamedAttendance.objects.filter(person__in=members).select_related("session"):
        key = {
            "session": row.session,
            "sex": person.sex,
            "age_band": person.age_band_on(timezone.localdate(row.session.starts_at)),
            "with_disability": False,
        }
        if not CountedAttendance.objects.filter(**key).update(count=F("count") + 1):
            CountedAttendance.objects.create(**key, count=1)
        row.delete()
    SignUp.objects.filter(pk__in=[one.pk for one in _sign_ups(members)]).delete()


def _preview(person_key: UUID) -> list[Effect]:
    members = members_of(person_key)
    attended = NamedAttendance.objects.filter(person__in=members).count()
    signed_up = len(_sign_ups(members))
    return [
        *(
            [Effect(_("Places in sessions, by name"), 0, attended, _("one more in the count of the session"))]
            * bool(attended)
        ),
        *([Effect(_("Sign-ups to sessions"), signed_up)] * bool(signed_up)),
    ]


def _sign_ups(members: list[UUID]) -> list[SignUp]:
    """Return sign-ups from the public pages under the person's name and number; they carry no key of the file."""
    traces = traces_of(members)
    given = SignUp.objects.exclude(phone="").exclude(name="").select_related("session")
    return [one for one in given if traces.fit(one.name, one.phone)]


ATTENDANCE = Part(name="awareness", export=_export, erase=_erase, preview=_preview)
register_part(ATTENDANCE)
