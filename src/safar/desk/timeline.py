"""A person's timeline is composed here: each desk area adds what it knows, none knows the others."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from safar.desk.areas import modules
from safar.kernel.actor import Actor
from safar.people.queries import clusters


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened with a person."""

    when: dt.datetime
    title: str
    text: str
    icon: str
    url: str = ""


def timeline_of(person_id: UUID, by: Actor) -> list[TimelineEntry]:
    """Return what every area tells of the person, newest first, under whichever of their files it was recorded."""
    files = clusters.members_of(person_id)
    entries = [entry for module in modules("timeline") for file in files for entry in module.entries(file, by)]
    return sorted(entries, key=lambda entry: entry.when, reverse=True)
