"""The shapes the public interface answers in; a changed shape is a new version, never a surprise."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ninja import Schema


class HealthOut(Schema):
    """`events_age_seconds` is null until the first report was built."""

    status: Literal["ok", "failing"]
    database: bool
    migrations: bool
    events_age_seconds: int | None
    version: str


class VersionOut(Schema):
    name: str
    version: str


class CodeOut(Schema):
    """A stable code with its names by language."""

    code: str
    names: dict[str, str]


class SessionOut(Schema):
    """A public session. `places_left` is null when there is no limit."""

    id: UUID
    title: str
    type: CodeOut
    starts_at: dt.datetime
    ends_at: dt.datetime
    region: CodeOut | None
    district: CodeOut | None
    venue: str
    language: str
    centre: str
    places_left: int | None
    is_open: bool


class SessionsOut(Schema):
    since: dt.date
    until: dt.date
    sessions: list[SessionOut]
