"""Version 1 of the public interface: reading only, nothing about a person, no sign-in."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Status

from safar.api import health
from safar.api.schemas import CodeOut, HealthOut, SessionOut, SessionsOut, VersionOut
from safar.awareness.queries import sessions
from safar.awareness.queries.sessions import PublicSession
from safar.kernel.clock import today
from safar.kernel.multilingual import Multilingual
from safar.reference.queries import codes, places

DAYS_SHOWN = 92
UNAVAILABLE = 503
_A_WHILE = "public, max-age=300"

api = NinjaAPI(
    title="Safar",
    version="1",
    description="Public data of a Migrant Resource Centre. Nothing here is about a person.",
    urls_namespace="api:v1",
    openapi_url="openapi.json",
    # The interactive page would load its scripts from another host.
    docs_url=None,
)


@api.get("health", response={200: HealthOut, UNAVAILABLE: HealthOut}, summary="Can this installation serve people now?")
def show_health(request: HttpRequest, response: HttpResponse) -> Status[HealthOut]:
    found = health.check()
    response.headers["Cache-Control"] = "no-store"
    told = HealthOut(
        status="ok" if found.is_well else "failing",
        database=found.database,
        migrations=found.migrations,
        events_age_seconds=found.events_age_seconds,
        version=health.product_version(),
    )
    return Status(200 if found.is_well else UNAVAILABLE, told)


@api.get("version", response=VersionOut, summary="Which version runs here?")
def show_version(request: HttpRequest) -> VersionOut:
    return VersionOut(name="safar", version=health.product_version())


@api.get("sessions", response=SessionsOut, summary="Public awareness sessions of the next three months")
def list_sessions(request: HttpRequest, response: HttpResponse) -> SessionsOut:
    since, until = today(), today() + dt.timedelta(days=DAYS_SHOWN)
    response.headers["Cache-Control"] = _A_WHILE
    found = sessions.public_calendar(since, until)
    return SessionsOut(since=since, until=until, sessions=[_session(session) for session in found])


def _session(session: PublicSession) -> SessionOut:
    return SessionOut(
        id=session.id,
        title=session.title,
        type=_code(session.session_type, codes.code_list("session_type").label(session.session_type)),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        region=_place(session.region),
        district=_place(session.district),
        venue=session.venue,
        language=session.language,
        centre=session.centre_code,
        places_left=session.places_left,
        is_open=session.is_open,
    )


def _place(code: str) -> CodeOut | None:
    return _code(code, places.name(code)) if code else None


def _code(code: str, names: Multilingual) -> CodeOut:
    return CodeOut(code=code, names=dict(names))
