from collections.abc import Sequence

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from safar.people.enums import ContactKind
from safar.people.models import ContactPoint, Person
from safar.people.rules import ContactPointDetails, phone_tail
from safar.trust.queries.profile import profile


def replace(*, person: Person, details: Sequence[ContactPointDetails]) -> bool:
    """Make the person's contact points exactly these; return whether anything changed."""
    wanted = {(point.kind, normalised(point)): point for point in details if point.value.strip()}
    held = {(point.kind, point.value): point for point in ContactPoint.objects.filter(person=person)}
    changed = False
    for key, row in held.items():
        if key not in wanted:
            row.delete()
            changed = True
    for (kind, value), point in wanted.items():
        row = held.get((kind, value)) or ContactPoint(person=person, kind=kind, value=value)
        if (row.safety, row.safe_times) != (point.safety, point.safe_times) or (kind, value) not in held:
            row.safety, row.safe_times = point.safety, point.safe_times
            row.tail = phone_tail(value) if kind == ContactKind.PHONE else ""
            row.save()
            changed = True
    return changed


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
