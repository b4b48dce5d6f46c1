import datetime as dt
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from safar.kernel.actor import Actor
from safar.kernel.clock import today
from safar.people.enums import GuardianBasis, GuardianRelation
from safar.people.models import Guardianship, Person
from safar.people.queries import guardians
from safar.people.queries.cards import holder_of
from safar.people.rules import GuardianDetails


def keep(*, person: Person, details: GuardianDetails | None, by: Actor) -> bool:
    """Store why the file of a child may be kept, inside the caller's transaction; return whether anything was stored.

    Raises ValidationError when the person is a child and nobody answers for them. Of a grown-up nothing is asked and what
    is given is left aside.
    """
    if not person.birth.is_minor_on(today()) or (details and details.is_not_known):
        return False
    held = guardians.standing(person.pk)
    if details is None or not details.basis:
        if held is None:
            raise ValidationError(
                {"guardian_basis": _("This is a child: say who answers for them, or who decided to keep the file.")}
            )
        return False
    row = _row(person, details)
    if held and _said(held) == _said(row):
        return False
    row.entered_by_id = by.staff_id
    row.save(force_insert=True)
    return True


def _row(person: Person, details: GuardianDetails) -> Guardianship:
    """Return the details as a row, not yet stored; raises ValidationError keyed by field."""
    if details.basis == GuardianBasis.GUARDIAN:
        problems = _guardian_problems(details)
        guardian = _guardian(person, details.number) if not problems and details.number.strip() else None
        row = Guardianship(person=person, basis=details.basis, relation=details.relation, guardian=guardian)
    elif details.basis == GuardianBasis.PROTECTION:
        problems = _protection_problems(details)
        row = Guardianship(
            person=person,
            basis=details.basis,
            decided_by=details.decided_by.strip(),
            reason=details.reason.strip(),
            decided_on=details.decided_on,
        )
    else:
        problems = {"guardian_basis": _("Choose one of the values offered.")}
    if problems:
        raise ValidationError(problems)
    return row


def _guardian_problems(details: GuardianDetails) -> dict[str, str]:
    if details.relation in GuardianRelation.values:
        return {}
    return {"guardian_relation": _("Say what the guardian is to the child.")}


def _protection_problems(details: GuardianDetails) -> dict[str, str]:
    problems: dict[str, str] = {}
    if not details.decided_by.strip():
        problems["decided_by"] = _("Say who decided: the office or the person.")
    if not details.reason.strip():
        problems["decision_reason"] = _("Say why keeping the file protects the child.")
    if details.decided_on is None:
        problems["decided_on"] = _("Say on which day it was decided.")
    elif details.decided_on > today():
        problems["decided_on"] = _("This day is still to come.")
    return problems


def _guardian(person: Person, typed: str) -> Person:
    """Return the guardian with this client number or card; a child cannot answer for a child."""
    text = typed.strip()
    found = holder_of(text) or Person.objects.filter(client_number__iexact=text).first()
    if found is None:
        raise ValidationError({"guardian_number": _("There is no client with this number.")})
    if found.pk == person.pk:
        raise ValidationError({"guardian_number": _("Nobody is their own guardian.")})
    if found.birth.is_minor_on(today()):
        raise ValidationError({"guardian_number": _("The guardian is a child as well. Choose somebody grown up.")})
    return found


def _said(row: Guardianship) -> tuple[str, str, UUID | None, str, str, dt.date | None]:
    return (row.basis, row.relation, row.guardian_id, row.decided_by, row.reason, row.decided_on)
