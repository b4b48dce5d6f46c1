"""Answers to a person who asks what is held about them, or wants it gone (access and erasure in the sense of the law)."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.kernel.actor import Actor, check_may
from safar.kernel.privacy import parts
from safar.trust.actions import audit
from safar.trust.enums import AuditVerb
from safar.trust.permissions import ANSWER_SUBJECT_REQUESTS


@transaction.atomic
def export_person(person_key: UUID, *, reason: str = "", by: Actor) -> dict[str, dict[str, Any]]:
    """Return everything each domain holds about the person, by the name of the domain's part."""
    check_may(by, ANSWER_SUBJECT_REQUESTS)
    held = {part.name: dict(part.export(person_key)) for part in parts()}
    audit.record(
        by=by,
        action="trust.subject.export",
        verb=AuditVerb.EXPORT,
        person_key=person_key,
        fields=held,
        reason=reason.strip(),
    )
    return held


@transaction.atomic
def erase_person(person_key: UUID, *, reason: str, by: Actor) -> list[str]:
    """Erase the person in every domain or in none, and return the names of the parts that ran.

    The highest domain goes first, because what refers to a person has to go before the person does.
    """
    check_may(by, ANSWER_SUBJECT_REQUESTS)
    if not reason.strip():
        raise ValidationError({"reason": _("Write who asked and on what ground: this stays when the person is gone.")})
    erased = []
    for part in reversed(parts()):
        part.erase(person_key)
        erased.append(part.name)
    audit.record(
        by=by,
        action="trust.subject.erase",
        verb=AuditVerb.ERASE,
        person_key=person_key,
        fields=erased,
        reason=reason.strip(),
    )
    return erased
