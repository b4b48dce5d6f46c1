"""What counselling knows of a person, gathered from its areas: how private each field is, what leaves with them, what stays."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from safar.cases.privacy import day, departure, instruments, offers, records, referrals, reintegration, supervision
from safar.kernel.privacy import Effect, Part, Privacy, register_part

# Supervision and departure find what is theirs through case files and contacts, so they go before the records are unlinked.
# What hangs on a case file alone goes first: `records` takes the person out of the file.
AREAS = (reintegration, supervision, departure, instruments, records, day, offers, referrals)
FIELDS: dict[str, Privacy] = {name: privacy for area in AREAS for name, privacy in area.FIELDS.items()}


def export(person_id: UUID) -> Mapping[str, Any]:
    """Return everything counselling knows of a person as plain values."""
    return {name: value for area in AREAS for name, value in area.export(person_id).items()}


def erase(person_id: UUID) -> None:
    """Unlink and empty what counselling knows of a person, keeping what reports have counted."""
    for area in AREAS:
        area.erase(person_id)


def preview(person_id: UUID) -> list[Effect]:
    """Tell what erasing the person does to counselling."""
    return [effect for area in AREAS for effect in area.preview(person_id)]


register_part(Part("cases", export, erase, preview))
