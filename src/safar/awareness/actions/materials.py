from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.awareness.actions.sessions import locked_row
from safar.awareness.enums import PLAN_EDITING, Editing, SessionState
from safar.awareness.models import SessionMaterial
from safar.awareness.permissions import MANAGE_SESSION
from safar.awareness.rules import MaterialDetails
from safar.kernel.actor import Actor, check_may
from safar.reference.queries import codes
from safar.trust.actions import audit


@transaction.atomic
def replace(*, session_id: UUID, materials: Sequence[MaterialDetails], by: Actor) -> None:
    """Make the materials handed out exactly these; rows without copies are left out."""
    check_may(by, MANAGE_SESSION)
    session = locked_row(session_id)
    if PLAN_EDITING[SessionState(session.state)] is not Editing.FREE:
        raise ValidationError(_("This session can no longer be changed. Ask for it to be sent back first."))
    wanted = [material for material in materials if material.count > 0]
    keys = [(material.item, material.language) for material in wanted]
    if not all(
        codes.is_known("material_item", item) and codes.is_known("language", language) for item, language in keys
    ):
        raise ValidationError({"materials": _("Choose the item and its language.")})
    if len(set(keys)) < len(keys):
        raise ValidationError({"materials": _("The same item and language appear twice.")})
    SessionMaterial.objects.filter(session=session).delete()
    SessionMaterial.objects.bulk_create(
        SessionMaterial(session=session, item=material.item, language=material.language, count=material.count)
        for material in wanted
    )
    audit.record(by=by, action="awareness.material.replace", subject_key=session.pk, fields=["materials"])
