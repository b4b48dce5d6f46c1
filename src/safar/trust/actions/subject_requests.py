"""Answers to a person who asks what is held about them, wants it right or gone, or objects to a use of it.

A request is received by whoever is asked, answered by the data-protection officer, and counted from the day it came.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.kernel import once
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import today
from safar.kernel.privacy import Effect, parts
from safar.trust.actions import audit
from safar.trust.enums import (
    REQUEST_TRANSITIONS,
    AuditVerb,
    IdentityCheck,
    RequestedBy,
    RequestKind,
    RequestState,
    RequestWay,
)
from safar.trust.models import SubjectRequest
from safar.trust.permissions import ANSWER_SUBJECT_REQUESTS, RECEIVE_SUBJECT_REQUESTS
from safar.trust.queries.profile import profile
from safar.trust.rules import RequestDetails


@transaction.atomic
def receive(*, person_key: UUID, details: RequestDetails, form_key: str = "", by: Actor) -> SubjectRequest:
    """Note a request with the day by which the country's profile wants it answered."""
    check_may(by, RECEIVE_SUBJECT_REQUESTS)
    if earlier := once.result_of(form_key):
        return SubjectRequest.objects.get(pk=earlier)
    problems = _problems(details)
    if problems:
        raise ValidationError(problems)
    request = SubjectRequest.objects.create(
        person_key=person_key,
        kind=details.kind,
        way=details.way,
        asked_by=details.asked_by,
        identity=details.identity,
        wish=details.wish.strip(),
        received_on=details.received_on,
        received_by_id=by.staff_id,
        due_on=details.received_on + dt.timedelta(days=profile().days_for(details.kind)),
    )
    once.use(form_key, request.pk)
    _trail(request, "trust.request.receive", by, [request.kind])
    return request


@transaction.atomic
def identify(*, request_id: UUID, how: str, by: Actor) -> SubjectRequest:
    """Record how the centre made sure that the one who asks is the person."""
    check_may(by, RECEIVE_SUBJECT_REQUESTS)
    request = _open(request_id)
    if how not in set(IdentityCheck.values) - {IdentityCheck.NOT_YET}:
        raise ValidationError({"how": _("Say how you know that it is the person.")})
    request.identity = how
    request.save(update_fields=["identity"])
    _trail(request, "trust.request.identify", by, ["identity"])
    return request


@transaction.atomic
def extend(*, request_id: UUID, reason: str, by: Actor) -> SubjectRequest:
    """Lengthen the time once, by the days the profile allows, with a reason the person is told."""
    check_may(by, ANSWER_SUBJECT_REQUESTS)
    request = _open(request_id)
    if not reason.strip():
        raise ValidationError({"reason": _("Write what the person is told about why it takes longer.")})
    if request.extension_reason:
        raise ValidationError({"reason": _("The time was lengthened once; that cannot be done again.")})
    request.due_on += dt.timedelta(days=profile().subject_requests.extension_days)
    request.extension_reason = reason.strip()
    request.save(update_fields=["due_on", "extension_reason"])
    _trail(request, "trust.request.extend", by, ["due_on"])
    return request


@transaction.atomic
def answer(*, request_id: UUID, state: str, decision: str, by: Actor) -> SubjectRequest:
    """Close a request: done, refused with the ground, or taken back. An erasure is done by `erase`, not by saying so."""
    check_may(by, ANSWER_SUBJECT_REQUESTS)
    request = _open(request_id)
    if state not in {allowed.value for allowed in REQUEST_TRANSITIONS[RequestState.OPEN]}:
        raise ValidationError({"state": _("Choose one of the values offered.")})
    if state == RequestState.DONE:
        _check_identified(request)
        if request.kind == RequestKind.ERASURE:
            raise ValidationError({"state": _("Erase the person on this page; that closes the request.")})
    if state != RequestState.DROPPED and not decision.strip():
        raise ValidationError(
            {"decision": _("Write what was done, or on what ground it is refused: the person is told.")}
        )
    return _close(request, state, decision.strip(), by)


@transaction.atomic
def copy(*, request_id: UUID, by: Actor) -> dict[str, dict[str, Any]]:
    """Return the person's own copy, once it is known that the one who asks is the person; the request stays open."""
    check_may(by, ANSWER_SUBJECT_REQUESTS)
    request = _open(request_id)
    if request.kind != RequestKind.COPY:
        raise ValidationError({"kind": _("The person has not asked for a copy.")})
    _check_identified(request)
    return export_person(request.person_key, reason=f"request {request.pk}", by=by)


def effects(person_key: UUID, *, by: Actor) -> list[Effect]:
    """Tell what erasing the person would do, domain by domain, leaving a read row in the trail; nothing is changed."""
    check_may(by, ANSWER_SUBJECT_REQUESTS)
    found = [effect for part in parts() for effect in part.preview(person_key)]
    audit.record(by=by, action="trust.subject.preview", verb=AuditVerb.READ, person_key=person_key)
    return found


@transaction.atomic
def erase(*, request_id: UUID, by: Actor) -> SubjectRequest:
    """Erase the person who asked for it and close the request; what stays is the unlinked tally."""
    check_may(by, ANSWER_SUBJECT_REQUESTS)
    request = _open(request_id)
    if request.kind != RequestKind.ERASURE:
        raise ValidationError({"kind": _("The person has not asked to be erased.")})
    _check_identified(request)
    erase_person(request.person_key, reason=f"request {request.pk}", by=by)
    request.refresh_from_db()
    return _close(request, RequestState.DONE, "", by)


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


def _close(request: SubjectRequest, state: str, decision: str, by: Actor) -> SubjectRequest:
    request.state, request.decision = state, decision
    request.answered_on, request.answered_by_id = today(), by.staff_id
    request.save(update_fields=["state", "decision", "answered_on", "answered_by"])
    _trail(request, "trust.request.answer", by, ["state"])
    return request


def _open(request_id: UUID) -> SubjectRequest:
    request = SubjectRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
    if not request.is_open:
        raise ValidationError({"__all__": _("This request is answered already.")})
    return request


def _check_identified(request: SubjectRequest) -> None:
    if not request.is_identified:
        raise ValidationError({"identity": _("First make sure that the one who asks is the person.")})


def _problems(details: RequestDetails) -> dict[str, str]:
    closed = {
        "kind": RequestKind.values,
        "way": RequestWay.values,
        "asked_by": RequestedBy.values,
        "identity": IdentityCheck.values,
    }
    unknown = _("Choose one of the values offered.")
    problems = {name: unknown for name, values in closed.items() if getattr(details, name) not in values}
    if details.received_on > today():
        problems["received_on"] = _("This day has not come yet.")
    return problems


def _trail(request: SubjectRequest, action: str, by: Actor, fields: list[str]) -> None:
    audit.record(by=by, action=action, person_key=request.person_key, subject_key=request.pk, fields=fields)
