from collections.abc import Sequence

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.insights.release.tables import ProtectedTable
from safar.kernel.actor import Actor, check_may
from safar.network import rules, signing
from safar.network.models import OutboxBundle
from safar.network.permissions import SEAL_BUNDLE
from safar.trust.actions import audit


@transaction.atomic
def seal(*, month: str, tables: Sequence[ProtectedTable], by: Actor) -> OutboxBundle:
    """Sign the month's tables and put them into the outbox; the same tables again are the same bundle.

    Takes protected tables and nothing else: whoever holds mere numbers has to pass them through disclosure control first.
    """
    check_may(by, SEAL_BUNDLE)
    if not rules.is_month(month):
        raise ValidationError({"month": _("Write the month as year and month, for example 2026-10.")})
    if not tables:
        raise ValidationError({"tables": _("There is no table to send.")})
    if not all(isinstance(table, ProtectedTable) for table in tables):
        raise TypeError("Only protected tables may leave a centre.")
    content = rules.canonical(country=settings.SAFAR_COUNTRY, month=month, tables=tables)
    sha256 = rules.digest(content)
    if held := OutboxBundle.objects.filter(sha256=sha256).first():
        return held
    key = signing.node_key()
    bundle = OutboxBundle.objects.create(
        month=month,
        content=content,
        sha256=sha256,
        signature=signing.sign(content, key),
        public_key=signing.public_key(key),
    )
    audit.record(by=by, action="network.bundle.seal", subject_key=bundle.pk, fields=["content"])
    return bundle
