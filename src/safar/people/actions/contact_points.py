from collections.abc import Sequence
from uuid import UUID

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from safar.kernel.actor import Actor, check_may
from safar.people.enums import AnsweredBy, ContactKind, Safety, Wording
from safar.people.models import ContactPoint, Person
from safar.people.permissions import RECORD_CONSENT
from safar.people.rules import ContactPointDetails, SafeContact, phone_tail
from safar.trust.actions import audit
from safar.trust.queries.profile import profile


def replace(*, person: Person, details: Sequence[ContactPointDetails], is_new: bool = False) -> bool:
    """Make the person's contact points exactly these; return whether anything changed. `is_new` spares a look for old ones."""
    wanted = {(point.kind, normalised(point)): point for point in details if point.value.strip()}
    rows = () if is_new else ContactPoint.objects.filter(person=person)
    held = {(point.kind, point.value): point for point in rows}
    changed = False
    for key, row in held.items():
        if key not in wanted:
            row.delete()
            changed = True
    for (kind, value), point in wanted.items():
        row = held.get((kind, value)) or ContactPoint(person=person, kind=kind, value=value)
        before = (row.safety, row.safe_times, row.agreed)
        row.safety, row.safe_times = point.safety, point.safe_times
        row.tail = phone_tail(value) if kind == ContactKind.PHONE else ""
        if point.agreed is not None:
            put_agreed(row, point.agreed)
        if (row.safety, row.safe_times, row.agreed) != before or (kind, value) not in held:
            row.save(force_insert=(kind, value) not in held)
            changed = True
    return changed


@transaction.atomic
def agree(*, point_id: UUID, safety: str, agreed: SafeContact, by: Actor) -> ContactPoint:
    """Record what was agreed with the person about using one contact point: when, with which words, who else answers."""
    check_may(by, RECORD_CONSENT)
    point = ContactPoint.objects.select_for_update(of=("self",)).get(pk=point_id)
    if safety not in Safety.values:
        raise ValidationError({"safety": _("Choose one of the values offered.")})
    before = (point.safety, point.agreed)
    point.safety = safety
    put_agreed(point, agreed)
    if (point.safety, point.agreed) != before:
        point.save()
        audit.record(
            by=by,
            action="people.contact_point.agree",
            person_key=point.person_id,
            subject_key=point.pk,
            fields=["safety", "agreed"],
        )
    return point


def put_agreed(point: ContactPoint, agreed: SafeContact) -> None:
    """Put checked agreements on a contact point, without saving it; raises ValidationError keyed by field."""
    problems = agreed.problems()
    for name, closed in (("answered_by", AnsweredBy.values), ("wording", Wording.values)):
        if getattr(agreed, name) not in closed:
            problems[name] = "unknown"
    if problems:
        raise ValidationError({name: _message(code) for name, code in problems.items()})
    point.days = "".join(str(day) for day in sorted(set(agreed.days)))
    for name in ("from_hour", "until_hour", "answered_by", "wording"):
        setattr(point, name, getattr(agreed, name))
    point.ask_for, point.code_word = agreed.ask_for.strip(), agreed.code_word.strip()


def _message(code: str) -> str:
    return {
        "unknown": _("Choose one of the values offered."),
        "half": _("Say from when until when, or leave both empty."),
        "empty": _("These hours end before they begin."),
        "missing": _("Write the word that was agreed."),
        "tells": _("This word tells others what it is about. Agree on another."),
    }[code]


def normalised(point: ContactPointDetails) -> str:
    """Return the value as it is stored: phones in E.164, read as dialled in the node's country; raises ValidationError."""
    text = point.value.strip()
    if point.kind == ContactKind.EMAIL:
        validate_email(text)
        return text.lower()
    if point.kind == ContactKind.TELEGRAM and not any(character.isdigit() for character in text[:2]):
        return "@" + text.removeprefix("https://t.me/").removeprefix("@")
    return normalised_phone(text)


def normalised_phone(text: str) -> str:
    """Return the number in E.164; a number that no operator of any country could give out is refused."""
    number = _parsed(text, profile().phone_region) or _parsed(f"+{text.strip()}", None)
    if number is None:
        raise ValidationError(
            {"phone": _("This is not a phone number. Write it as dialled, for example 90 123 45 67.")}
        )
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _parsed(text: str, region: str | None) -> phonenumbers.PhoneNumber | None:
    """Read a number as dialled in a region; without one it has to begin with its country's code."""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) else None
