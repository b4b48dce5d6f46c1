import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.utils import timezone

from safar.awareness import rules
from safar.awareness.enums import SessionState
from safar.awareness.models import (
    AttendanceCorrection,
    CountedAttendance,
    KnowledgeTest,
    LoggedQuestion,
    NamedAttendance,
    Session,
    SessionMaterial,
    SessionStep,
    SignUp,
)
from safar.awareness.permissions import READ_SESSION
from safar.awareness.queries.tallies import cells_of, tally_of
from safar.awareness.rules import CountedCell, Tally
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import now, today
from safar.people.queries import persons

DAYS_AHEAD = 7


@dataclass(frozen=True, slots=True)
class PublicSession:
    """What the public may know of a session; codes are named by the page in the reader's language."""

    id: UUID
    title: str
    session_type: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    region: str
    district: str
    venue: str
    language: str
    centre_code: str
    places_left: int | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class SessionPage:
    """Everything the page of a session shows, except the named list, which is opened apart and leaves a trace."""

    session: Session
    modules: list[str]
    facilitators: list[str]
    materials: list[SessionMaterial]
    tally: Tally
    cells: list[CountedCell]
    tests: list[KnowledgeTest]
    questions: list[LoggedQuestion]
    history: list[SessionStep]
    corrections: list[AttendanceCorrection]
    signed_up: int


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """One person on the named list."""

    person_id: UUID
    label: str


def public_calendar(since: dt.date, until: dt.date) -> list[PublicSession]:
    """Return the public sessions planned from `since` to `until`, soonest first, with the places still free; 1 query."""
    sessions = (
        between(since, until)
        .filter(public=True, state=SessionState.PLANNED)
        .select_related("centre")
        .annotate(taken=_counted(SignUp))
        .order_by("starts_at", "id")
    )
    return [_public(session) for session in sessions]


def public_session(session_id: UUID) -> PublicSession | None:
    """Return one public session, None when there is none that the public may see."""
    found = Session.objects.filter(pk=session_id, public=True, state=SessionState.PLANNED)
    session = found.select_related("centre").annotate(taken=_counted(SignUp)).first()
    return _public(session) if session else None


def upcoming(by: Actor) -> list[Session]:
    """Return what is planned from today for a week, soonest first."""
    check_may(by, READ_SESSION)
    return list(
        between(today(), today() + dt.timedelta(days=DAYS_AHEAD - 1))
        .exclude(state=SessionState.CANCELLED)
        .select_related("centre")
        .order_by("starts_at", "id")
    )


def waiting_for_approval(by: Actor) -> list[Session]:
    """Return the submitted sessions, oldest first."""
    check_may(by, READ_SESSION)
    return list(Session.objects.filter(state=SessionState.SUBMITTED).order_by("starts_at", "id"))


def overdue(by: Actor) -> list[Session]:
    """Return the sessions whose day has passed and of which nobody has said yet whether they took place."""
    check_may(by, READ_SESSION)
    late = Session.objects.filter(state=SessionState.PLANNED, starts_at__lt=_start_of(today()))
    return list(late.order_by("starts_at", "id"))


def month(year: int, month_number: int, *, by: Actor) -> list[Session]:
    """Return the sessions of a month by date, each with `named_count` and `counted_sum`; 1 query."""
    check_may(by, READ_SESSION)
    first = dt.date(year, month_number, 1)
    last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    return list(
        between(first, last)
        .select_related("centre")
        .annotate(named_count=_counted(NamedAttendance), counted_sum=_summed())
        .order_by("starts_at", "id")
    )


def page(session_id: UUID, by: Actor) -> SessionPage:
    """Return a session with everything about it but names; a constant number of queries."""
    check_may(by, READ_SESSION)
    session = get_object_or_404(Session.objects.select_related("centre", "host"), pk=session_id)
    return SessionPage(
        session=session,
        modules=list(session.modules.values_list("code", flat=True)),
        facilitators=[row.staff.full_name for row in session.facilitators.select_related("staff")],
        materials=list(session.materials.all()),
        tally=tally_of(session.pk),
        cells=cells_of(session.pk),
        tests=list(session.tests.prefetch_related("items")),
        questions=list(session.questions.all()),
        history=list(session.steps.select_related("staff")),
        corrections=list(session.corrections.select_related("staff")),
        signed_up=session.sign_ups.count(),
    )


def roster(session_id: UUID, by: Actor) -> list[RosterEntry]:
    """Return the named list in the order it was written; opening it leaves a read row in the trail."""
    check_may(by, READ_SESSION)
    people = list(NamedAttendance.objects.filter(session=session_id).values_list("person_id", flat=True))
    labels = persons.labels(people, by=by)
    return [RosterEntry(person_id, labels[person_id]) for person_id in people]


def sign_ups(session_id: UUID, by: Actor) -> list[SignUp]:
    """Return who took a place from the public pages; these people are not registered and have no file."""
    check_may(by, READ_SESSION)
    return list(SignUp.objects.filter(session=session_id))


def attended_by(person_id: UUID, by: Actor) -> list[Session]:
    """Return the sessions a person was at, newest first, for their timeline."""
    check_may(by, READ_SESSION)
    return list(Session.objects.filter(named__person=person_id).order_by("-starts_at", "-id"))


def between(since: dt.date, until: dt.date) -> QuerySet[Session]:
    """Return the sessions that start on these days of the centre's calendar, both included."""
    return Session.objects.filter(
        starts_at__gte=_start_of(since), starts_at__lt=_start_of(until + dt.timedelta(days=1))
    )


def tests_by_phase(tests: Sequence[KnowledgeTest]) -> dict[str, KnowledgeTest]:
    return {test.phase: test for test in tests}


def _start_of(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def _public(session: Session) -> PublicSession:
    left = rules.places_left(session.capacity, session.taken)  # type: ignore[attr-defined]
    return PublicSession(
        id=session.pk,
        title=session.title,
        session_type=session.session_type,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        region=session.region,
        district=session.district,
        venue=session.venue,
        language=session.language,
        centre_code=session.centre.code,
        places_left=left,
        is_open=session.starts_at > now() and left != 0,
    )


def _counted(model: type[SignUp | NamedAttendance]) -> Coalesce:
    """Count rows of a session in a subquery: two joins in one query would multiply each other."""
    rows = model.objects.filter(session=OuterRef("pk")).order_by().values("session")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0, output_field=IntegerField())


def _summed() -> Coalesce:
    rows = CountedAttendance.objects.filter(session=OuterRef("pk")).order_by().values("session")
    return Coalesce(Subquery(rows.annotate(n=Sum("count")).values("n")), 0, output_field=IntegerField())
