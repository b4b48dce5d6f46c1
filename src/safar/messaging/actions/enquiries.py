import datetime as dt
import secrets
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from safar.kernel import once
from safar.kernel.actor import VISITOR, Actor, check_may
from safar.kernel.clock import now, today
from safar.messaging.enums import ENQUIRY_TRANSITIONS, DayPart, EnquiryKind, EnquiryState, ReplyBy
from safar.messaging.models import Answer, Enquiry
from safar.messaging.permissions import ANSWER_INBOX
from safar.messaging.rules import LONGEST_TEXT, EnquiryDetails, make_code
from safar.trust.actions import audit
from safar.trust.queries import centres
from safar.trust.queries.profile import profile

FARTHEST_VISIT_DAYS = 60
FEWEST_DIGITS = 7
DAYS_A_MONTH = 30


@transaction.atomic
def submit(*, details: EnquiryDetails, form_key: str | None = None, by: Actor = VISITOR) -> Enquiry:
    """Take a question or a wish to come from anybody; the same form sent twice is one enquiry with one code.

    It asks for no permission: help does not begin with an account.
    """
    if earlier := once.result_of(form_key):
        return Enquiry.objects.get(pk=earlier)
    _check(details)
    enquiry = Enquiry.objects.create(
        kind=details.kind,
        code=make_code(secrets.choice),
        text=details.text.strip(),
        language=details.language,
        name=details.name.strip(),
        reply_by=details.reply_by,
        # Whoever chooses to look with the code leaves no trace of a number typed before they changed their mind.
        contact="" if details.reply_by == ReplyBy.CODE else details.contact.strip(),
        centre_id=details.centre_id,
        wished_on=details.wished_on,
        wished_part=details.wished_part,
    )
    once.use(form_key, enquiry.pk)
    audit.record(by=by, action="messaging.enquiries.submit", subject_key=enquiry.pk, fields=["text"])
    return enquiry


@transaction.atomic
def answer(*, enquiry_id: UUID, text: str, form_key: str | None = None, by: Actor) -> Answer:
    """Answer in words the sender will read with their code; a closed enquiry opens again."""
    check_may(by, ANSWER_INBOX)
    if earlier := once.result_of(form_key):
        return Answer.objects.get(pk=earlier)
    if not text.strip():
        raise ValidationError({"text": _("Write an answer first.")})
    enquiry = _locked(enquiry_id, by)
    given = Answer.objects.create(enquiry=enquiry, text=text.strip(), staff_id=by.id)
    _move(enquiry, EnquiryState.ANSWERED)
    once.use(form_key, given.pk)
    audit.record(by=by, action="messaging.enquiries.answer", subject_key=enquiry.pk, fields=["answer"])
    return given


@transaction.atomic
def close(*, enquiry_id: UUID, by: Actor) -> Enquiry:
    """Close an enquiry: nothing more is to be answered. Whatever was closed too long ago is forgotten on this occasion."""
    check_may(by, ANSWER_INBOX)
    enquiry = _locked(enquiry_id, by)
    _move(enquiry, EnquiryState.CLOSED)
    audit.record(by=by, action="messaging.enquiries.close", subject_key=enquiry.pk, fields=["state"])
    forget_old(by=by)
    return enquiry


@transaction.atomic
def forget_old(*, by: Actor) -> int:
    """Delete what was closed longer ago than the country's profile allows, and return how many that were.

    An enquiry belongs to no file and no person, so nothing else would ever erase it.
    """
    check_may(by, ANSWER_INBOX)
    months = profile().retention("messages")
    if months is None:
        return 0
    old = Enquiry.objects.filter(
        state=EnquiryState.CLOSED, closed_at__lt=now() - dt.timedelta(days=months * DAYS_A_MONTH)
    )
    count = old.count()
    if count:
        old.delete()
        audit.record(by=by, action="messaging.enquiries.forget_old", fields=["text", "name", "contact"])
    return count


def _locked(enquiry_id: UUID, by: Actor) -> Enquiry:
    enquiry = get_object_or_404(Enquiry.objects.select_for_update(), pk=enquiry_id)
    if by.centre_id and enquiry.centre_id and enquiry.centre_id != by.centre_id:
        raise ValidationError(_("This was sent to another centre."))
    return enquiry


def _move(enquiry: Enquiry, to: EnquiryState) -> None:
    if to not in ENQUIRY_TRANSITIONS[EnquiryState(enquiry.state)]:
        raise ValidationError(_("This enquiry is closed already."))
    enquiry.state = to
    enquiry.closed_at = now() if to == EnquiryState.CLOSED else None
    enquiry.save(update_fields=["state", "closed_at"])


def _check(details: EnquiryDetails) -> None:
    errors: dict[str, str] = {}
    if details.kind not in EnquiryKind.values:
        errors["kind"] = _("Choose a question or a visit.")
    if not details.text.strip():
        errors["text"] = _("Write a few words about what you need.")
    elif len(details.text) > LONGEST_TEXT:
        errors["text"] = _("Please write less than %(count)s characters; the rest we ask when we talk.") % {
            "count": LONGEST_TEXT
        }
    errors |= _contact_errors(details)
    errors |= _visit_errors(details)
    if errors:
        raise ValidationError(errors)


def _contact_errors(details: EnquiryDetails) -> dict[str, str]:
    contact = details.contact.strip()
    if details.reply_by not in ReplyBy.values:
        return {"reply_by": _("Choose how we answer you.")}
    if details.reply_by == ReplyBy.CODE:
        return {}
    if not contact:
        return {"contact": _("Write where we can reach you, or choose to look here with your code.")}
    if details.reply_by == ReplyBy.EMAIL:
        try:
            validate_email(contact)
        except ValidationError:
            return {"contact": _("This is not an e-mail address.")}
    if details.reply_by == ReplyBy.PHONE and sum(sign.isdigit() for sign in contact) < FEWEST_DIGITS:
        return {"contact": _("This phone number is too short.")}
    return {}


def _visit_errors(details: EnquiryDetails) -> dict[str, str]:
    errors = {}
    if details.centre_id and not centres.open_centres().filter(pk=details.centre_id).exists():
        errors["centre"] = _("Choose a centre from the list.")
    if details.kind == EnquiryKind.VISIT and details.centre_id is None:
        errors["centre"] = _("Choose where you want to come.")
    if details.wished_part and details.wished_part not in DayPart.values:
        errors["wished_part"] = _("Choose a time of day from the list.")
    if details.wished_on and details.wished_on < today():
        errors["wished_on"] = _("This day has passed.")
    if details.wished_on and details.wished_on > today() + dt.timedelta(days=FARTHEST_VISIT_DAYS):
        errors["wished_on"] = _("Choose a day within the next two months.")
    return errors
