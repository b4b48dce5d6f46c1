"""Where centres and sessions are, as a page shows it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode
from uuid import UUID

from django.utils import timezone

from safar.awareness.queries.sessions import PublicSession
from safar.reference.queries import codes, places
from safar.trust.models import Centre


@dataclass(frozen=True, slots=True)
class ShownCentre:
    """A centre with its place in words and a link to a map."""

    centre: Centre
    region: str
    map_url: str

    @property
    def phone_link(self) -> str:
        return "".join(sign for sign in self.centre.phone if sign.isdigit() or sign == "+")


@dataclass(frozen=True, slots=True)
class ShownSession:
    """A session with its type and place in words."""

    session: PublicSession
    id: UUID
    title: str
    place: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    language: str


@dataclass(frozen=True, slots=True)
class Day:
    """The sessions of one day."""

    date: dt.date
    sessions: list[ShownSession]


def map_url(latitude: float | None, longitude: float | None) -> str:
    """Return a link to OpenStreetMap, which needs no account and tells no advertiser who looked; "" without a position."""
    if latitude is None or longitude is None:
        return ""
    marker = urlencode({"mlat": f"{latitude:.5f}", "mlon": f"{longitude:.5f}"})
    return f"https://www.openstreetmap.org/?{marker}#map=17/{latitude:.5f}/{longitude:.5f}"


def shown_centre(centre: Centre) -> ShownCentre:
    return ShownCentre(centre, place_name(centre.district or centre.region), map_url(centre.latitude, centre.longitude))


def place_name(code: str) -> str:
    return str(places.place(code).name) if code and places.is_known(code) else ""


def shown_session(session: PublicSession) -> ShownSession:
    kind = str(codes.code_list("session_type").label(session.session_type))
    where = [session.venue, place_name(session.district), place_name(session.region)]
    return ShownSession(
        session=session,
        id=session.id,
        title=session.title or kind,
        place=", ".join(dict.fromkeys(part for part in where if part)),
        starts_at=timezone.localtime(session.starts_at),
        ends_at=timezone.localtime(session.ends_at),
        language=session.language,
    )


def by_day(sessions: Iterable[PublicSession]) -> list[Day]:
    shown = [shown_session(session) for session in sessions]
    return [Day(day, list(group)) for day, group in groupby(shown, key=lambda one: one.starts_at.date())]
