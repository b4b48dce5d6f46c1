"""Sessions and who came to them as event rows."""

from safar.awareness.enums import TOOK_PLACE
from safar.awareness.models import CountedAttendance, NamedAttendance, Session
from safar.insights.extract import people
from safar.insights.extract.rows import Extraction, Rows, local_day, month_of
from safar.partners.enums import PartnerKind
from safar.trust.queries.profile import profile

_CHUNK = 5000


def _held() -> dict[str, list[str]]:
    return {"state__in": sorted(TOOK_PLACE)}


def sessions(run: Extraction) -> Rows:
    """One row a session that took place, whatever its approval; which of them count is for the definitions to say."""
    chosen = Session.objects.filter(**_held()).select_related("centre", "host").order_by("starts_at", "id")
    for session in chosen.iterator(chunk_size=_CHUNK):
        yield _where_and_when(session) | {
            "session_key": run.key("session", session.pk),
            "host": _host(session),
            "language": session.language,
        }


def _host(session: Session) -> str:
    """Return which institution hosted it, by its name in the node's first language: the store has no reader's language.

    A partner can be a person, and no table here says who somebody is.
    """
    if session.host is None:
        return session.host_name
    is_person = session.host.kind == PartnerKind.PERSON
    return "" if is_person else session.host.name.text(profile().default_language)


def _where_and_when(session: Session) -> dict[str, object]:
    day = local_day(session.starts_at)
    return {
        "centre": session.centre.code,
        "held_on": day,
        "month": month_of(day),
        "session_type": session.session_type,
        "region": session.region,
        "district": session.district,
        "status": session.state,
    }


def attendances(run: Extraction) -> Rows:
    """One row a named person and one a counted group; the two never hold the same head."""
    known = people.traits()
    held = {f"session__{name}": value for name, value in _held().items()}
    named = NamedAttendance.objects.filter(**held).select_related("session__centre").order_by("id")
    for seat in named.iterator(chunk_size=_CHUNK):
        session, traits = seat.session, known.get(seat.person_id)
        yield _where_and_when(session) | {
            "session_key": run.keys.of("session", session.pk),
            "person_key": run.person(seat.person_id),
            "count": 1,
            "sex": traits.sex if traits else "unknown",
            "age_band": traits.birth.age_band_on(local_day(session.starts_at)) if traits else "unknown",
            "named": True,
        }
    counted = CountedAttendance.objects.filter(**held).select_related("session__centre").order_by("id")
    for group in counted.iterator(chunk_size=_CHUNK):
        yield _where_and_when(group.session) | {
            "session_key": run.keys.of("session", group.session_id),
            "person_key": None,
            "count": group.count,
            "sex": group.sex,
            "age_band": group.age_band,
            "named": False,
        }


SOURCES = {"sessions": sessions, "attendances": attendances}
