import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.cases.enums.referrals import ENDED_REFERRALS, REFERRAL_MOVES, REFERRAL_NEEDS_REASON, ReferralState
from safar.cases.models import CaseFile, Contact, Referral, ReferralMove
from safar.cases.permissions import MANAGE_REFERRAL
from safar.cases.rules.moves import may_move
from safar.cases.rules.referrals import ReferralDetails
from safar.kernel import once
from safar.kernel.actor import Actor, ActorKind, check_may
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
        recipient=details.recipient.strip(),
        urgency=details.urgency,
        due_on=details.due_from(day),
        text=details.text.strip(),
        fields=sorted(set(details.fields)),
        abroad=details.abroad,
        made_by_id=_staff_id(by),
        made_on=day,
    )
    _log(referral, "", day, "", by)
    once.use(form_key, referral.pk)
    _trail(referral, "cases.referral.draft", by, ["service", "recipient", "urgency"])
    return referral


@gated(ConsentPurpose.SHARE)
@transaction.atomic
def send(*, referral_id: UUID, agreed: ConsentDetails | None = None, on: dt.date | None = None, by: Actor) -> Referral:
    """Send a draft; of a person only what they agreed to share with this recipient, which `agreed` may record first."""
    check_may(by, MANAGE_REFERRAL)
    referral = _locked(referral_id)
    if referral.person_id and agreed:
        consents.decide(person_id=referral.person_id, details=agreed, by=by)
    if referral.person_id:
        grant = passing(referral.person_id, sharing(referral)).grant
        referral.consent_key = grant.pk if grant else None
    referral.sent_at = now()
    return _to(referral, ReferralState.SENT, "", on or today(), by)


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
    referral = Referral.objects.select_related("person", "centre").get(pk=referral_id)
    if referral.person_id:
        passing(referral.person_id, sharing(referral))
    told = [field.value for field in SharedField if referral.person and field in referral.told]
    audit.record(
        by=by,
        action="cases.referral.letter",
        verb=AuditVerb.EXPORT,
        person_key=referral.person_id,
        subject_key=referral.pk,
        fields=told,
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
def move(*, referral_id: UUID, to: str, reason: str = "", on: dt.date | None = None, by: Actor) -> Referral:
    """Move a referral that has left; refused, failed and cancelled need the reason, sending goes through `send`."""
    check_may(by, MANAGE_REFERRAL)
    if to == ReferralState.SENT:
        raise ValidationError({"to": _("A referral leaves by being sent, after its consent is checked.")})
    return _to(_locked(referral_id), to, reason, on or today(), by)


def _to(referral: Referral, to: str, reason: str, day: dt.date, by: Actor) -> Referral:
    before = referral.state
    if not may_move(REFERRAL_MOVES, before, to):
        raise ValidationError({"to": _("A referral cannot go this way.")})
    if to in REFERRAL_NEEDS_REASON and not reason.strip():
        raise ValidationError({"reason": _("Say why; without the reason nobody can learn from it.")})
    if not referral.made_on <= day <= today():
        raise ValidationError({"on": _("The day must lie between the making of the referral and today.")})
    referral.state = to
    referral.ended_on = day if to in ENDED_REFERRALS else None
    referral.save(update_fields=["state", "ended_on", "sent_at", "consent_key"])
    _log(referral, before, day, reason.strip(), by)
    _trail(referral, "cases.referral.move", by, ["state"])
    return referral


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
    if details.due_on and details.due_on < day:
        problems["due_on"] = _("The due date lies before the referral.")
    if problems:
        raise ValidationError(problems)


def _person_behind(contact_id: UUID | None, case_id: UUID | None) -> UUID | None:
    if case_id:
        return CaseFile.objects.values_list("person_id", flat=True).get(pk=case_id)
    return Contact.objects.values_list("person_id", flat=True).get(pk=contact_id) if contact_id else None


def _locked(referral_id: UUID) -> Referral:
    return Referral.objects.select_for_update(of=("self",)).get(pk=referral_id)


def _log(referral: Referral, before: str, day: dt.date, reason: str, by: Actor) -> None:
    ReferralMove.objects.create(
        referral=referral,
        from_state=before,
        to_state=referral.state,
        moved_on=day,
        reason=reason,
        staff_id=_staff_id(by),
    )


def _staff_id(by: Actor) -> UUID | None:
    return by.id if by.kind is ActorKind.STAFF else None


def _trail(referral: Referral, action: str, by: Actor, fields: list[str]) -> None:
    audit.record(by=by, action=action, person_key=referral.person_id, subject_key=referral.pk, fields=fields)
