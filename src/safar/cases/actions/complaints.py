"""Taking a complaint, passing it on past whoever it is about, and following it to its end."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.cases.enums.complaints import COMPLAINT_MOVES, ComplaintOutcome, ComplaintState, Evidence
from safar.cases.models import Agency, Complaint, ComplaintMove, ComplaintNamed, Contact
from safar.cases.permissions import FOLLOW_COMPLAINT, TAKE_COMPLAINT
from safar.cases.queries.complaints import KINDS, check_open, institutions, recipient_name, recipients_for
from safar.cases.rules.complaints import ComplaintDetails
from safar.cases.rules.moves import may_move
from safar.kernel import once
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import today
from safar.people.actions import consents
from safar.people.actions.gate import gated, passing
from safar.people.enums import ConsentPurpose, SharedField
from safar.people.rules import ConsentDetails, Use
from safar.reference.queries import codes
from safar.trust.actions import audit
from safar.trust.enums import AuditVerb
from safar.trust.models import Centre, Staff


@dataclass(frozen=True, slots=True)
class Passing:
    """To whom a complaint goes, which fields of the person go along, and the consent to that where it is given now."""

    recipient: str
    fields: Sequence[str] = ()
    agreed: ConsentDetails | None = None


@transaction.atomic
def receive(
    *,
    details: ComplaintDetails,
    centre: Centre,
    person_id: UUID | None = None,
    contact_id: UUID | None = None,
    received_on: dt.date | None = None,
    form_key: str = "",
    by: Actor,
) -> Complaint:
    """Take a complaint; nothing leaves the centre by that, and whoever is named in it cannot open it from now on."""
    check_may(by, TAKE_COMPLAINT)
    if earlier := once.result_of(form_key):
        return Complaint.objects.get(pk=earlier)
    if contact_id:
        person_id = Contact.objects.values_list("person_id", flat=True).get(pk=contact_id)
    _check(details, by)
    complaint = _written(details, by)
    complaint.centre, complaint.person_id, complaint.contact_id = centre, person_id, contact_id
    complaint.received_on = received_on or today()
    complaint.save(force_insert=True)
    ComplaintNamed.objects.bulk_create(
        ComplaintNamed(complaint=complaint, staff_id=staff) for staff in sorted(set(details.named_staff))
    )
    _log(complaint, "", complaint.received_on, "", by)
    once.use(form_key, complaint.pk)
    _trail(complaint, "cases.complaint.receive", by, ["kind"])
    return complaint


@gated(ConsentPurpose.SHARE)
@transaction.atomic
def pass_on(*, complaint_id: UUID, to: Passing, on: dt.date | None = None, by: Actor) -> Complaint:
    """Pass a complaint on to an institution that is not in a chain with anybody it is about.

    Of a person only what they agreed to tell this recipient; a complaint without a person leaves without one.
    """
    complaint = _locked(complaint_id, by)
    if to.recipient not in {each.code for each in recipients_for(complaint)}:
        raise ValidationError({"recipient": _("This institution cannot hear this complaint.")})
    if not set(to.fields) <= set(SharedField.values):
        raise ValidationError({"fields": _("Choose one of the values offered.")})
    complaint.recipient = to.recipient
    complaint.fields = sorted(set(to.fields)) if complaint.person_id else []
    if complaint.person_id:
        if to.agreed:
            consents.decide(person_id=complaint.person_id, details=to.agreed, by=by)
        grant = passing(complaint.person_id, sharing(complaint)).grant
        complaint.consent_key = grant.pk if grant else None
    complaint.passed_on = on or today()
    complaint.due_on = complaint.passed_on + dt.timedelta(days=institutions().answer_days)
    return _to(complaint, ComplaintState.PASSED_ON, complaint.passed_on, "", by)


def sharing(complaint: Complaint) -> Use:
    """Return what the consent gate is asked: this recipient, these fields, and the words of the complaint itself."""
    told = frozenset(complaint.fields) | {SharedField.NEED}
    return Use(purpose=ConsentPurpose.SHARE, recipient=recipient_name(complaint.recipient), fields=told)


@gated(ConsentPurpose.SHARE)
@transaction.atomic
def letter(*, complaint_id: UUID, by: Actor) -> Complaint:
    """Return a complaint to be handed to its recipient, while the consent it was passed on under still stands."""
    complaint = _locked(complaint_id, by)
    if not complaint.recipient:
        raise ValidationError({"recipient": _("Choose first who is to hear the complaint.")})
    if complaint.person_id:
        passing(complaint.person_id, sharing(complaint))
    audit.record(
        by=by,
        action="cases.complaint.letter",
        verb=AuditVerb.EXPORT,
        person_key=complaint.person_id,
        subject_key=complaint.pk,
        fields=complaint.fields,
    )
    return complaint


@transaction.atomic
def answer(*, complaint_id: UUID, text: str, on: dt.date | None = None, by: Actor) -> Complaint:
    """Record what the recipient answered."""
    complaint = _locked(complaint_id, by)
    if not text.strip():
        raise ValidationError({"text": _("Write what the answer says.")})
    return _to(complaint, ComplaintState.ANSWERED, on or today(), text.strip(), by)


@transaction.atomic
def close(
    *,
    complaint_id: UUID,
    outcomes: Collection[str],
    amount_back: Decimal | None = None,
    text: str = "",
    on: dt.date | None = None,
    by: Actor,
) -> Complaint:
    """Close a complaint with what came of it; money that came back has its sum."""
    complaint = _locked(complaint_id, by)
    problems: dict[str, str] = {}
    if not outcomes or not set(outcomes) <= set(ComplaintOutcome.values):
        problems["outcomes"] = _("Say what came of it.")
    elif (ComplaintOutcome.MONEY_BACK in outcomes) != bool(amount_back and amount_back > 0):
        problems["amount_back"] = _("Write how much came back, and only when money did.")
    if problems:
        raise ValidationError(problems)
    day = on or today()
    complaint.outcomes, complaint.amount_back, complaint.closed_on = sorted(set(outcomes)), amount_back, day
    return _to(complaint, ComplaintState.CLOSED, day, text.strip(), by)


def _written(details: ComplaintDetails, by: Actor) -> Complaint:
    return Complaint(
        taken_by_id=by.staff_id,
        kind=details.kind,
        agency_id=details.agency_id,
        institution=details.institution,
        institution_name=details.institution_name.strip(),
        about_centre_id=details.about_centre_id,
        happened_on=details.happened_on,
        told=details.told.strip(),
        amount=details.amount,
        currency=details.currency if details.amount else "",
        evidence=list(details.evidence),
    )


def _check(details: ComplaintDetails, by: Actor) -> None:
    messages = {
        "nobody": _("Say whom the complaint is about."),
        "missing": _("This is needed."),
        "future": _("This day lies in the future."),
        "negative": _("The sum must be more than nothing."),
    }
    problems = {name: messages[code] for name, code in details.problems(today()).items()}
    unknown = _("Choose one of the values offered.")
    if not codes.is_known(KINDS, details.kind):
        problems["kind"] = unknown
    if details.institution and details.institution not in {each.code for each in institutions().institutions}:
        problems["institution"] = unknown
    if not set(details.evidence) <= set(Evidence.values):
        problems["evidence"] = unknown
    if details.agency_id and not Agency.objects.filter(pk=details.agency_id).exists():
        problems["agency"] = unknown
    if by.id in details.named_staff:
        problems["named_staff"] = _("Nobody takes a complaint about themselves. Ask a colleague.")
    elif Staff.objects.filter(pk__in=details.named_staff).count() != len(set(details.named_staff)):
        problems["named_staff"] = unknown
    if problems:
        raise ValidationError(problems)


def _locked(complaint_id: UUID, by: Actor) -> Complaint:
    check_may(by, FOLLOW_COMPLAINT)
    complaints = Complaint.objects.select_for_update(of=("self",)).select_related("agency", "person", "centre")
    complaint = complaints.get(pk=complaint_id)
    check_open(complaint, by)
    return complaint


def _to(complaint: Complaint, to: ComplaintState, day: dt.date, text: str, by: Actor) -> Complaint:
    before = complaint.state
    if not may_move(COMPLAINT_MOVES, before, to):
        raise ValidationError({"__all__": _("A complaint cannot go this way.")})
    if not complaint.received_on <= day <= today():
        raise ValidationError({"on": _("The day must lie between the complaint and today.")})
    complaint.state = to
    complaint.save()
    _log(complaint, before, day, text, by)
    _trail(complaint, "cases.complaint.move", by, ["state"])
    return complaint


def _log(complaint: Complaint, before: str, day: dt.date, text: str, by: Actor) -> None:
    ComplaintMove.objects.create(
        complaint=complaint,
        from_state=before,
        to_state=complaint.state,
        recipient=complaint.recipient if complaint.state == ComplaintState.PASSED_ON else "",
        moved_on=day,
        text=text,
        staff_id=by.staff_id,
    )


def _trail(complaint: Complaint, action: str, by: Actor, fields: list[str]) -> None:
    audit.record(by=by, action=action, person_key=complaint.person_id, subject_key=complaint.pk, fields=fields)
