import secrets
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.awareness import rules
from safar.awareness.actions.sessions import locked_row
from safar.awareness.enums import SessionState
from safar.awareness.models import Session, SignUp
from safar.kernel import once
from safar.kernel.actor import Actor
from safar.kernel.clock import now
from safar.people.actions.contact_points import normalised_phone
from safar.trust.actions import audit

_ALPHABET = (
    "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without letters and digits that are mistaken for each other on the phone
)
_LENGTH = 6


@transaction.atomic
def sign_up(
    *, session_id: UUID, name: str = "", phone: str = "", language: str, form_key: str = "", by: Actor
) -> SignUp:
    """Take a place in a public session, without a name if so wished; the same form key a second time returns the first place.

    Everybody may: it is the one thing a visitor does here. The row of the session is held meanwhile, so that two
    people cannot take the last place.
    """
    session = locked_row(session_id)
    if earlier := once.result_of(form_key):
        return SignUp.objects.get(pk=earlier)
    _check_open(session)
    taken = SignUp.objects.create(
        session=session,
        name=" ".join(name.split())[:120],
        phone=normalised_phone(phone) if phone.strip() else "",
        language=language,
        reference=_fresh_reference(),
    )
    once.use(form_key, taken.pk)
    audit.record(by=by, action="awareness.signup.sign_up", subject_key=session.pk, fields=["name", "phone"])
    return taken


def _check_open(session: Session) -> None:
    if not session.public or session.state != SessionState.PLANNED or session.starts_at <= now():
        raise ValidationError(_("Sign-up for this session is closed."))
    if rules.places_left(session.capacity, SignUp.objects.filter(session=session).count()) == 0:
        raise ValidationError(_("All places are taken."))


def _fresh_reference() -> str:
    while True:
        reference = "".join(secrets.choice(_ALPHABET) for _position in range(_LENGTH))
        if not SignUp.objects.filter(reference=reference).exists():
            return reference
