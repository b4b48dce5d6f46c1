import datetime as dt
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.cases.actions.approvals import require_approval
from safar.cases.enums.approvals import Act
from safar.cases.enums.cases import (
    CASE_MOVES,
    CASE_NEEDS_REASON,
    CLOSED_CASES,
    OPEN_CASES,
    CaseEventKind,
    CaseKind,
    CaseState,
    Delivery,
)
from safar.cases.models import CaseEvent, CaseFile
from safar.cases.permissions import MANAGE_CASE
from safar.cases.queries.approvals import circumstances_of
from safar.cases.rules.cases import CaseDetails
from safar.cases.rules.moves import may_move
from safar.kernel import once
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import today
from safar.people.models import Person
from safar.reference.queries import codes, places
from safar.trust.actions import audit
from safar.trust.models import Centre

_CODED = {"destination": "destination", "return_type": "return_type", "reason_return": "reason_return"}


@transaction.atomic
def open(  # noqa: A001  (cases are opened; another word would be looked for in vain)
    *, person_id: UUID, details: CaseDetails, centre: Centre, form_key: str = "", by: Actor
) -> CaseFile:
    """Open a case file; a second open one of the same kind is refused, so that a person has one plan."""
    check_may(by, MANAGE_CASE)
    if earlier := once.result_of(form_key):
        return CaseFile.objects.get(pk=earlier)
    Person.objects.select_for_update(of=("self",)).get(
        pk=person_id
    )  # two desks at once: the second waits and is refused
    _check(details)
    if CaseFile.objects.filter(person_id=person_id, kind=details.kind, state__in=OPEN_CASES).exists():
        raise ValidationError({"kind": _("This person already has an open case file of this kind.")})
    case = CaseFile.objects.create(
        person_id=person_id,
        centre=centre,
        worker_id=by.staff_id,
        kind=details.kind,
        opened_on=details.opened_on,
        destination=details.destination,
        country_of_return=details.country_of_return,
        return_type=details.return_type,
        returned_on=details.returned_on,
        reason_return=details.reason_return,
    )
    _add(case, CaseEventKind.OPENED, by, occurred_on=details.opened_on, state=CaseState.OPEN)
    if details.plan.strip():
        _add(case, CaseEventKind.PLAN, by, occurred_on=details.opened_on, text=details.plan.strip())
    once.use(form_key, case.pk)
    _trail(case, "cases.case.open", by, fields=["kind", "opened_on"])
    return case


@transaction.atomic
def move(*, case_id: UUID, to: str, reason: str = "", on: dt.date | None = None, by: Actor) -> CaseFile:
    """Move a case to another state; closing writes the day, dropping out needs the reason, a rule may ask for approval."""
    check_may(by, MANAGE_CASE)
    case = CaseFile.objects.select_for_update(of=("self",)).get(pk=case_id)
    day = on or today()
    if not may_move(CASE_MOVES, case.state, to):
        raise ValidationError({"to": _("A case cannot go this way.")})
    if to in CASE_NEEDS_REASON and not reason.strip():
        raise ValidationError({"reason": _("Say why the person dropped out.")})
    if not case.opened_on <= day <= today():
        raise ValidationError({"on": _("The day must lie between the opening of the case and today.")})
    if to in CLOSED_CASES:
        act = Act.DROP_OUT if to == CaseState.DROPOUT else Act.CLOSE_CASE
        require_approval(act=act, subject_key=case.pk, about=circumstances_of(case), by=by)
    case.state = to
    case.reason = reason.strip()
    case.closed_on = day if to in CLOSED_CASES else None
    case.save(update_fields=["state", "reason", "closed_on"])
    _add(case, CaseEventKind.STATE, by, occurred_on=day, state=to, text=reason.strip())
    _trail(case, "cases.case.move", by, fields=["state"])
    return case


@transaction.atomic
def add_service(
    *,
    case_id: UUID,
    service: str,
    delivery: str = Delivery.DIRECT,
    text: str = "",
    on: dt.date | None = None,
    contact_id: UUID | None = None,
    by: Actor,
) -> CaseEvent:
    """Note a service the person received, by the centre or through a partner; `service` is a referral_service or topic."""
    check_may(by, MANAGE_CASE)
    case = _open_case(case_id)
    if not (codes.is_known("referral_service", service) or codes.is_known("topic", service)):
        raise ValidationError({"service": _("Choose one of the values offered.")})
    if delivery not in Delivery.values:
        raise ValidationError({"delivery": _("Choose one of the values offered.")})
    day = _day(case, on)
    event = _add(
        case, CaseEventKind.SERVICE, by, occurred_on=day, service=service, delivery=delivery, text=text.strip(),
        contact_id=contact_id,
    )  # fmt: skip
    _trail(case, "cases.case.add_service", by, fields=["service", "delivery"])
    return event


@transaction.atomic
def add_note(
    *, case_id: UUID, text: str, kind: str = CaseEventKind.NOTE, on: dt.date | None = None, by: Actor
) -> CaseEvent:
    """Add a note or the plan agreed with the person."""
    check_may(by, MANAGE_CASE)
    case = _open_case(case_id)
    if kind not in {CaseEventKind.NOTE, CaseEventKind.PLAN}:
        raise ValidationError({"kind": _("Choose one of the values offered.")})
    if not text.strip():
        raise ValidationError({"text": _("Write something first.")})
    event = _add(case, CaseEventKind(kind), by, occurred_on=_day(case, on), text=text.strip())
    _trail(case, f"cases.case.add_{kind}", by, fields=["text"])
    return event


def _check(details: CaseDetails) -> None:
    messages = {
        "future": _("This day lies in the future."),
        "after_opening": _("The return cannot come after the opening of the case."),
    }
    problems = {name: messages[code] for name, code in details.problems(today()).items()}
    unknown = _("Choose one of the values offered.")
    if details.kind not in CaseKind.values:
        problems["kind"] = unknown
    for name, code_list in _CODED.items():
        if (value := getattr(details, name)) and not codes.is_known(code_list, value):
            problems[name] = unknown
    if details.country_of_return and not places.is_known(details.country_of_return):
        problems["country_of_return"] = unknown
    if problems:
        raise ValidationError(problems)


def _open_case(case_id: UUID) -> CaseFile:
    case = CaseFile.objects.select_for_update(of=("self",)).get(pk=case_id)
    if not case.is_open:
        raise ValidationError({"__all__": _("This case is closed; open a new one when the person comes back.")})
    return case


def _day(case: CaseFile, on: dt.date | None) -> dt.date:
    day = on or today()
    if not case.opened_on <= day <= today():
        raise ValidationError({"on": _("The day must lie between the opening of the case and today.")})
    return day


def _add(case: CaseFile, kind: CaseEventKind, by: Actor, **fields: object) -> CaseEvent:
    return CaseEvent.objects.create(case_file=case, kind=kind, staff_id=by.staff_id, **fields)


def _trail(case: CaseFile, action: str, by: Actor, fields: list[str]) -> None:
    audit.record(by=by, action=action, person_key=case.person_id, subject_key=case.pk, fields=fields)
