import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.cases.actions import places
from safar.cases.enums.day import ENDS_CALL, AttemptResult, CallReason, CallState
from safar.cases.models import CallAttempt, CallBack, Contact
from safar.cases.permissions import RUN_DAY
from safar.cases.rules.day import LONGEST_CONTACT, LONGEST_NAME
from safar.kernel import once
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import now, today
from safar.people.actions.gate import gated, passing
from safar.people.enums import ConsentPurpose
from safar.people.rules import Use
from safar.trust.actions import audit

DAYS_TO_THE_NEXT_TRY = 1


@dataclass(frozen=True, slots=True)
class CallDetails:
    """Whom to call, why and by when; of a person with a file the number stands in the file."""

    reason: str
    due_on: dt.date | None = None
    name: str = ""
    contact: str = ""


@gated(ConsentPurpose.BE_CONTACTED)
@transaction.atomic
def owe(
    *, centre_id: UUID, details: CallDetails, person_id: UUID | None = None, form_key: str = "", by: Actor
) -> CallBack:
    """Put somebody on the list of those to be called; of a person with a file only if they agreed to be contacted."""
    check_may(by, RUN_DAY)
    if earlier := once.result_of(form_key):
        return CallBack.objects.get(pk=earlier)
    places.check_runs(centre_id, by)
    _check(details, named=person_id is not None)
    if person_id:
        passing(person_id, Use(ConsentPurpose.BE_CONTACTED))
    call = CallBack.objects.create(
        centre_id=centre_id,
        person_id=person_id,
        name="" if person_id else " ".join(details.name.split()),
        contact="" if person_id else details.contact.strip(),
        reason=details.reason,
        due_on=details.due_on or today(),
        staff_id=by.staff_id,
    )
    once.use(form_key, call.pk)
    audit.record(by=by, action="cases.call.owe", person_key=person_id, subject_key=call.pk, fields=["due_on"])
    return call


@gated(ConsentPurpose.BE_CONTACTED)
@transaction.atomic
def tried(*, call_id: UUID, result: str, by: Actor) -> CallBack:
    """Note one try: reached and given up end the call-back, everything else brings it back tomorrow.

    That somebody withdrew their consent ends it as well; nobody is tried after that.
    """
    check_may(by, RUN_DAY)
    call = CallBack.objects.select_for_update(of=("self",)).get(pk=call_id)
    places.check_runs(call.centre_id, by)
    outcome = _result(result)
    if call.state != CallState.OPEN:
        raise ValidationError({"result": _("This call-back has ended.")})
    if call.person_id and outcome is not AttemptResult.NOT_NEEDED:
        passing(call.person_id, Use(ConsentPurpose.BE_CONTACTED), field="result")
    CallAttempt.objects.create(call=call, result=outcome, staff_id=by.staff_id)
    if outcome in ENDS_CALL:
        call.state, call.ended_at = ENDS_CALL[outcome], now()
    else:
        call.due_on = today() + dt.timedelta(days=DAYS_TO_THE_NEXT_TRY)
    call.save(update_fields=["state", "ended_at", "due_on"])
    audit.record(by=by, action="cases.call.tried", person_key=call.person_id, subject_key=call.pk, fields=["result"])
    return call


@gated(ConsentPurpose.BE_CONTACTED)
@transaction.atomic
def tried_follow_up(*, contact_id: UUID, result: str, by: Actor) -> CallAttempt:
    """Note a try to reach somebody whose follow-up is due, without ending it: its outcome is noted where it was agreed."""
    check_may(by, RUN_DAY)
    contact = Contact.objects.select_for_update(of=("self",)).get(pk=contact_id)
    places.check_runs(contact.centre_id, by)
    outcome = _result(result)
    if contact.follow_up_on is None or contact.follow_up_done_at is not None:
        raise ValidationError({"result": _("No follow-up is open here.")})
    if contact.person_id:
        passing(contact.person_id, Use(ConsentPurpose.BE_CONTACTED), field="result")
    attempt = CallAttempt.objects.create(contact=contact, result=outcome, staff_id=by.staff_id)
    audit.record(
        by=by, action="cases.call.tried", person_key=contact.person_id, subject_key=contact.pk, fields=["result"]
    )
    return attempt


def _result(result: str) -> AttemptResult:
    if result not in AttemptResult.values:
        raise ValidationError({"result": _("Choose one of the values offered.")})
    return AttemptResult(result)


def _check(details: CallDetails, *, named: bool) -> None:
    problems: dict[str, str] = {}
    if details.reason not in CallReason.values:
        problems["reason"] = _("Choose one of the values offered.")
    if details.due_on and details.due_on < today():
        problems["due_on"] = _("This day is over.")
    if not named and not details.contact.strip():
        problems["contact"] = _("Write the number or address, or nobody can be called.")
    for field, most in (("name", LONGEST_NAME), ("contact", LONGEST_CONTACT)):
        if len(getattr(details, field)) > most:
            problems[field] = _("This is too long.")
    if problems:
        raise ValidationError(problems)
