import datetime as dt
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.cases.actions import cases
from safar.cases.enums.cases import OPEN_CASES, CaseKind
from safar.cases.enums.reintegration import NEED_MOVES, NEED_NEEDS_REASON, NeedState
from safar.cases.models import CaseFile, ImmediateNeed, Reception
from safar.cases.permissions import MANAGE_CASE
from safar.cases.rules.cases import CaseDetails
from safar.cases.rules.moves import may_move
from safar.cases.rules.reintegration import NeedDetails, ReceptionDetails
from safar.kernel import once
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import today
from safar.people.models import Person
from safar.people.queries import guardians
from safar.reference.queries import codes, places
from safar.trust.actions import audit
from safar.trust.models import Centre

_OF_RETURN = ("country_of_return", "return_type", "returned_on", "reason_return")


@transaction.atomic
def receive(*, person_id: UUID, details: ReceptionDetails, centre: Centre, form_key: str = "", by: Actor) -> Reception:
    """Receive somebody who has come back; their file after return opens with it, or is continued if it is open.

    A child is received when somebody answers for them: the file of a child says who, or nothing is begun.
    """
    check_may(by, MANAGE_CASE)
    if earlier := once.result_of(form_key):
        return Reception.objects.get(pk=earlier)
    person = Person.objects.select_for_update(of=("self",)).get(pk=person_id)
    if guardians.is_missing(person):
        raise ValidationError({"__all__": _("This is a child: write into their file first who answers for them.")})
    _check(details)
    case = _case(person_id, details, centre, by)
    reception = Reception.objects.create(
        case_file=case,
        door=details.door,
        received_on=details.received_on,
        return_month=case.returned_on.replace(day=1) if case.returned_on else None,
        staff_id=by.staff_id,
    )
    for need in details.needs:
        _add(reception, need, details.received_on)
    once.use(form_key, reception.pk)
    _trail(case, "cases.reception.receive", by, ["door", "received_on", "needs"])
    return reception


@transaction.atomic
def add_need(*, case_id: UUID, details: NeedDetails, on: dt.date | None = None, by: Actor) -> ImmediateNeed:
    """Note a need that was seen only later."""
    check_may(by, MANAGE_CASE)
    reception = Reception.objects.select_for_update(of=("self",)).select_related("case_file").get(case_file=case_id)
    day = on or today()
    problems = _problems_of_need(details) or _problems_of_day(reception, day)
    if reception.needs.filter(need=details.need).exists():
        problems["need"] = _("This need is noted already.")
    if problems:
        raise ValidationError(problems)
    added = _add(reception, details, day)
    _trail(reception.case_file, "cases.reception.add_need", by, ["needs"])
    return added


@transaction.atomic
def settle_need(*, need_id: UUID, to: str, reason: str = "", on: dt.date | None = None, by: Actor) -> ImmediateNeed:
    """Say what became of a need; what was met stays met, and what was not has its reason."""
    check_may(by, MANAGE_CASE)
    needs = ImmediateNeed.objects.select_for_update(of=("self",)).select_related("reception__case_file")
    need, day = needs.get(pk=need_id), on or today()
    if not may_move(NEED_MOVES, need.state, to):
        raise ValidationError({"to": _("A need cannot go this way.")})
    problems = _problems_of_need(NeedDetails(need.need, to, reason)) or _problems_of_day(need.reception, day)
    if problems:
        raise ValidationError(problems)
    need.state, need.reason, need.settled_on = to, reason if to in NEED_NEEDS_REASON else "", day
    need.save(update_fields=["state", "reason", "settled_on"])
    _trail(need.reception.case_file, "cases.reception.settle_need", by, ["needs"])
    return need


def _case(person_id: UUID, details: ReceptionDetails, centre: Centre, by: Actor) -> CaseFile:
    """Return the open file after return, completed by what the reception knows better, or a new one."""
    standing = CaseFile.objects.select_for_update(of=("self",)).filter(
        person_id=person_id, kind=CaseKind.REINTEGRATION, state__in=OPEN_CASES
    )
    case = standing.order_by("id").first()
    told = {name: value for name in _OF_RETURN if (value := getattr(details, name))}
    if case is None:
        opened = CaseDetails(kind=CaseKind.REINTEGRATION, opened_on=details.received_on, **told)
        return cases.open(person_id=person_id, details=opened, centre=centre, by=by)
    if Reception.objects.filter(case_file=case).exists():
        raise ValidationError({"__all__": _("This person has been received already; their file is open.")})
    if details.received_on < case.opened_on:
        raise ValidationError({"received_on": _("The day lies before the opening of the case.")})
    for name, value in told.items():
        setattr(case, name, value)
    if told:
        case.save(update_fields=list(told))
    return case


def _check(details: ReceptionDetails) -> None:
    messages = {
        "future": _("This day lies in the future."),
        "after_reception": _("The return cannot come after the day on which the person was received."),
        "doubled": _("Name each need once."),
    }
    problems = {name: messages[code] for name, code in details.problems(today()).items()}
    unknown = _("Choose one of the values offered.")
    for name, code_list in (
        ("door", "reception_door"),
        ("return_type", "return_type"),
        ("reason_return", "reason_return"),
    ):
        value = getattr(details, name)
        if (value or name == "door") and not codes.is_known(code_list, value):
            problems[name] = unknown
    if details.country_of_return and not places.is_known(details.country_of_return):
        problems["country_of_return"] = unknown
    for need in details.needs:
        if found := _problems_of_need(need):
            problems["needs"] = next(iter(found.values()))
    if problems:
        raise ValidationError(problems)


def _problems_of_need(need: NeedDetails) -> dict[str, str]:
    unknown = _("Choose one of the values offered.")
    if not codes.is_known("immediate_need", need.need):
        return {"need": unknown}
    if need.state not in NeedState.values:
        return {"state": unknown}
    if need.state in NEED_NEEDS_REASON and not codes.is_known("need_unmet", need.reason):
        return {"reason": _("Say why the need was not met.")}
    return {}


def _problems_of_day(reception: Reception, day: dt.date) -> dict[str, str]:
    if not reception.case_file.is_open:
        return {"__all__": _("This case is closed; open a new one when the person comes back.")}
    if not reception.received_on <= day <= today():
        return {"on": _("The day must lie between the reception and today.")}
    return {}


def _add(reception: Reception, need: NeedDetails, day: dt.date) -> ImmediateNeed:
    reason = need.reason if need.state in NEED_NEEDS_REASON else ""
    return ImmediateNeed.objects.create(
        reception=reception, need=need.need, state=need.state, reason=reason, settled_on=day
    )


def _trail(case: CaseFile, action: str, by: Actor, fields: list[str]) -> None:
    audit.record(by=by, action=action, person_key=case.person_id, subject_key=case.pk, fields=fields)
