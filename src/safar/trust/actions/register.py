from dataclasses import asdict, fields

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.kernel.actor import Actor, check_may
from safar.trust.actions import audit
from safar.trust.enums import AuditVerb
from safar.trust.models import ProcessingAnswers
from safar.trust.permissions import KEEP_REGISTER
from safar.trust.queries import register as queries
from safar.trust.rules import RegisterAnswers


@transaction.atomic
def answer(*, details: RegisterAnswers, by: Actor) -> ProcessingAnswers:
    """Keep what this node answers an authority; earlier answers stay, so that a sheet handed in can be made again."""
    check_may(by, KEEP_REGISTER)
    if details.crosses_border and not details.cross_border_note.strip():
        raise ValidationError({"cross_border_note": _("Write to which country, to whom, and on what ground.")})
    wanted = {name: value.strip() if isinstance(value, str) else value for name, value in asdict(details).items()}
    before = queries.answers()
    changed = [field.name for field in fields(details) if getattr(before, field.name) != wanted[field.name]]
    if not changed:
        return before
    made = ProcessingAnswers.objects.create(**wanted, changed_by_id=by.id)
    audit.record(by=by, action="trust.register.answer", subject_key=made.pk, fields=changed)
    return made


def take_out(*, language: str, by: Actor) -> queries.Sheet:
    """Return the sheet to hand in; that it left is a row of the trail."""
    check_may(by, KEEP_REGISTER)
    if language not in dict(queries.languages()):
        raise ValidationError(_("The register is not made in this language here."))
    audit.record(by=by, action="trust.register.export", verb=AuditVerb.EXPORT, fields=[language])
    return queries.sheet(language)
