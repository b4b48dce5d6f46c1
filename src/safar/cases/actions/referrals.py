import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.cases.actions.referral_steps import Step, is_ended, locked_of_sender, log, take, trail
from safar.cases.enums.referrals import ClientAnswer, ReferralState
from safar.cases.models import CaseFile, Contact, Referral, ReferralMove
from safar.cases.permissions import MANAGE_REFERRAL
from safar.cases.rules.referrals import FARTHEST_NEXT_DAYS, ReferralDetails
from safar.kernel import once
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import now, today
from safar.people.actions import consents
from safar.people.actions.gate import gated, passing
from safar.people.enums import ConsentPurpose, ContactKind, SharedField
from safar.people.rules import ConsentDetails, Use
from safar.reference.queries import codes
from safar.trust.actions import audit
from safar.trust.enums import AuditVerb
from safar.trust.models import Centre


@dataclass(frozen=True, slots=True)
class Letter:
    """A referral as its recipient gets it: `told` holds the agreed fields of the person that are known, by field."""

    referral: Referral
    told: Mapping[str, str]


@transaction.atomic
def draft(
    *,
    details: ReferralDetails,
    centre: Centre,
    person_id: UUID | None = None,
    contact_id: UUID | None = None,
    case_id: UUID | None = None,
    made_on: dt.date | None = None,
    form_key: str = "",
    by: Actor,
) -> Referral:
    """Write a referral of a person, or of somebody without a file through their contact; nothing leaves the centre yet."""
    check_may(by, MANAGE_REFERRAL)
    if earlier := once.result_of(form_key):
        return Referral.objects.get(pk=earlier)
    day = made_on or today()
    person_id = person_id or _person_behind(contact_id, case_id)
    _check(details, day, about_somebody=bool(person_id or contact_id))
    referral = Referral.objects.create(
        person_id=person_id,
        contact_id=contact_id,
        case_file_id=case_id,
        centre=centre,
        service=details.service,
        partner_id=details.partner_id,
        to_centre_id=details.to_centre_id,
        recipient=details.recipient.strip(),
        urgency=details.urgency,
        due_on=details.due_from(day),
        text=details.text.strip(),
        fields=sorted(set(details.fields)),
        abroad=details.abroad,
        made_by_id=by.staff_id,
        made_on=day,
    )
    log(referral, "", day, Step(ReferralState.DRAFT), by)
    once.use(form_key, referral.pk)
    trail(referral, "cases.referral.draft", by, ["service", "recipient", "urgency"])
    return referral


@gated(ConsentPurpose.SHARE)
@transaction.atomic
def send(*, referral_id: UUID, agreed: ConsentDetails | None = None, on: dt.date | None = None, by: Actor) -> Referral:
    """Send a draft; of a person only what they agreed to share with this recipient, which `agreed` may record first."""
    check_may(by, MANAGE_REFERRAL)
    referral, day = locked_of_sender(referral_id, by), on or today()
    if referral.person_id and agreed:
        consents.decide(person_id=referral.person_id, details=agreed, by=by)
    if referral.person_id:
        grant = passing(referral.person_id, sharing(referral)).grant
        referral.consent_key = grant.pk if grant else None
    referral.sent_at = now()
    take(referral, Step(ReferralState.SENT, on=day), by)
    referral.sent_on = day
    referral.save(update_fields=["sent_on"])
    return referral


def sharing(referral: Referral) -> Use:
    """Return what the consent gate is asked of a referral: this recipient, exactly these fields."""
    return Use(purpose=ConsentPurpose.SHARE, recipient=referral.recipient, fields=referral.told, abroad=referral.abroad)


@gated(ConsentPurpose.SHARE)
@transaction.atomic
def letter(*, referral_id: UUID, by: Actor) -> Letter:
    """Return what is handed to the recipient: the fields the person agreed to, and nothing else, at this moment.

    Asked for again after the consent has ended it refuses, so that no second copy leaves.
    """
    check_may(by, MANAGE_REFERRAL)
    return disclose(
        Referral.objects.select_related("person", "centre").get(pk=referral_id), "cases.referral.letter", by
    )


def disclose(referral: Referral, action: str, by: Actor) -> Letter:
    """Pass the consent gate and tell what was agreed, with a row in the trail that names the recipient.

    Whoever calls it has checked who asks: a colleague who prints, the browser bound to a link, the other centre.
    """
    if referral.person_id:
        passing(referral.person_id, sharing(referral))
    told = [field.value for field in SharedField if referral.person and field in referral.told]
    audit.record(
        by=by,
        action=action,
        verb=AuditVerb.EXPORT,
        person_key=referral.person_id,
        subject_key=referral.pk,
        fields=told,
        reason=referral.recipient,
    )
    return Letter(referral, {field: value for field in told if (value := _told(referral, field))})


def _told(referral: Referral, field: str) -> str:
    """Return one field of the person as codes and plain words; the door that prints it finds the labels."""
    person = referral.person
    assert person is not None  # noqa: S101  (narrows the type; the caller asks only of people)
    phone = person.contact_points.filter(kind=ContactKind.PHONE).first()
    return {
        SharedField.NAME: person.full_name,
        SharedField.BIRTH: person.birth.written(),
        SharedField.SEX: person.sex,
        SharedField.PHONE: phone.value if phone else "",
        SharedField.PLACE: person.district or person.region,
        SharedField.CITIZENSHIP: person.citizenship,
        SharedField.LANGUAGE: person.language,
        SharedField.EDUCATION: person.education,
        SharedField.EMPLOYMENT: person.employment,
        SharedField.NEED: referral.text,
    }[SharedField(field)]


@transaction.atomic
def move(
    *, referral_id: UUID, to: str, why: str = "", reason: str = "", on: dt.date | None = None, by: Actor
) -> Referral:
    """Move a referral that has left, as the recipient told it on the phone or on paper.

    Refused, failed and cancelled need the reason from their list; sending goes through `send`, asking the client through `confirm`.
    """
    check_may(by, MANAGE_REFERRAL)
    if to == ReferralState.SENT:
        raise ValidationError({"to": _("A referral leaves by being sent, after its consent is checked.")})
    if to in {ReferralState.CONFIRMED, ReferralState.CLOSED}:
        raise ValidationError({"to": _("Record here what the client says; it is no answer of the recipient.")})
    return take(locked_of_sender(referral_id, by), Step(to, why, reason, on), by)


@transaction.atomic
def withdraw(*, referral_id: UUID, by: Actor) -> Referral:
    """Take a referral back because the client says so: at any time before it is over, and its link ends at once."""
    check_may(by, MANAGE_REFERRAL)
    return take(locked_of_sender(referral_id, by), Step(ReferralState.CANCELLED, "by_person"), by)


@transaction.atomic
def confirm(*, referral_id: UUID, answer: str, words: str = "", on: dt.date | None = None, by: Actor) -> Referral:
    """Record what the client says came of it. A yes, and nobody to be reached, close it; a no keeps it open until somebody says why."""
    check_may(by, MANAGE_REFERRAL)
    if answer not in ClientAnswer.values:
        raise ValidationError({"answer": _("Choose one of the values offered.")})
    referral = locked_of_sender(referral_id, by)
    referral.client_answer = answer
    take(referral, Step(ReferralState.CONFIRMED, answer, words, on), by)
    if answer == ClientAnswer.NO and referral.outcome == ReferralState.COMPLETED:
        return referral
    return take(referral, Step(ReferralState.CLOSED, on=on), by)


@transaction.atomic
def close(*, referral_id: UUID, words: str, by: Actor) -> Referral:
    """Close a referral of which the recipient said completed and the client said no: with what was done about it."""
    check_may(by, MANAGE_REFERRAL)
    if not words.strip():
        raise ValidationError({"words": _("Say what was done about it.")})
    return take(locked_of_sender(referral_id, by), Step(ReferralState.CLOSED, words=words), by)


@transaction.atomic
def postpone(*, referral_id: UUID, until: dt.date, by: Actor) -> Referral:
    """Set the next date by hand, for example after a call: never in the past, never without one."""
    check_may(by, MANAGE_REFERRAL)
    referral = locked_of_sender(referral_id, by)
    if is_ended(referral):
        raise ValidationError({"until": _("This referral is over.")})
    if not today() <= until <= today() + dt.timedelta(days=FARTHEST_NEXT_DAYS):
        raise ValidationError({"until": _("Choose a day from today on, within a year.")})
    referral.due_on = until
    referral.save(update_fields=["due_on"])
    trail(referral, "cases.referral.postpone", by, ["due_on"])
    return referral


@transaction.atomic
def note_seen(*, referral_id: UUID, by: Actor) -> int:
    """Note that the sender has seen what the recipient answered; return how many answers that were."""
    check_may(by, MANAGE_REFERRAL)
    referral = locked_of_sender(referral_id, by)
    return ReferralMove.objects.filter(referral=referral, seen_at=None).update(seen_at=now())


def _check(details: ReferralDetails, day: dt.date, *, about_somebody: bool) -> None:
    problems: dict[str, str] = {}
    if not about_somebody:
        problems["__all__"] = _("A referral is about a person or about somebody met in a contact.")
    if not codes.is_known("referral_service", details.service):
        problems["service"] = _("Choose one of the values offered.")
    if not codes.is_known("referral_urgency", details.urgency):
        problems["urgency"] = _("Choose one of the values offered.")
    if not details.recipient.strip():
        problems["recipient"] = _("Say to whom the person is referred.")
    if not set(details.fields) <= set(SharedField.values):
        problems["fields"] = _("Choose one of the values offered.")
    if details.to_centre_id and not Centre.objects.filter(pk=details.to_centre_id, closed_on=None).exists():
        problems["to_centre"] = _("Choose a centre from the list.")
    if details.due_on and details.due_on < day:
        problems["due_on"] = _("The due date lies before the referral.")
    if problems:
        raise ValidationError(problems)


def _person_behind(contact_id: UUID | None, case_id: UUID | None) -> UUID | None:
    if case_id:
        return CaseFile.objects.values_list("person_id", flat=True).get(pk=case_id)
    return Contact.objects.values_list("person_id", flat=True).get(pk=contact_id) if contact_id else None
