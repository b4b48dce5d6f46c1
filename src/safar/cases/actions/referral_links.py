"""The link by which a recipient without an account sees one referral and answers it.

Whoever holds the token may ask to open; the first browser that does is bound to it, and from then on its key counts, not the
token. Consent is asked at every opening. All answers to strangers are alike, so that nobody learns whether a link ever was.
"""

import datetime as dt
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.cases.actions.referral_steps import (
    Step,
    check_proposed,
    end_links,
    locked_of_sender,
    log,
    take,
    trail,
)
from safar.cases.actions.referrals import Letter, disclose, sharing
from safar.cases.enums.referrals import (
    ANSWERS,
    LEADS_TO,
    WITH_PARTNER,
    LinkEnd,
    LinkRule,
    PartnerAnswer,
    ReferralState,
    Via,
)
from safar.cases.models import Referral, ReferralLink
from safar.cases.permissions import MANAGE_REFERRAL
from safar.cases.rules.referrals import (
    LINK_DAYS,
    LONGEST_LINK_DAYS,
    MOST_WRONG_CODES,
    PHONE_CODE_LENGTH,
    TOKEN_BYTES,
    Answer,
    link_rule,
)
from safar.kernel.actor import VISITOR, Actor, check_may
from safar.kernel.clock import now, today
from safar.messaging.rules import ALPHABET, normalise_code
from safar.people.actions.gate import gated, passing
from safar.people.enums import ConsentPurpose
from safar.people.queries import consent


@dataclass(frozen=True, slots=True)
class FreshLink:
    """A new link with what is in sight this once: the token for the address, the code to be told by phone."""

    link: ReferralLink
    token: str
    code: str


class Opening(StrEnum):
    """What came of pressing "Open"."""

    OPENED = "opened"
    WRONG_CODE = "wrong_code"
    ELSEWHERE = "elsewhere"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Opened:
    """The result of an opening; `browser` is the key for the browser's cookie, given only when it opened."""

    result: Opening
    link_id: UUID | None = None
    browser: str = ""


@gated(ConsentPurpose.SHARE)
@transaction.atomic
def make(*, referral_id: UUID, language: str, with_code: bool = False, days: int = LINK_DAYS, by: Actor) -> FreshLink:
    """Make the link of a referral that was sent; an earlier one ends. The token is returned once and kept as a hash."""
    check_may(by, MANAGE_REFERRAL)
    referral = locked_of_sender(referral_id, by)
    _check(referral, language, days, with_code=with_code)
    if referral.person_id:
        passing(referral.person_id, sharing(referral))
    end_links(referral, LinkEnd.REPLACED)
    token, code = secrets.token_urlsafe(TOKEN_BYTES), _code() if with_code else ""
    link = ReferralLink.objects.create(
        referral=referral,
        token_hash=_hash(token),
        code_hash=_code_hash(token, code) if code else "",
        language=language,
        expires_at=now() + dt.timedelta(days=days),
        made_by_id=by.staff_id,
    )
    trail(referral, "cases.referral_link.make", by, sorted(referral.told), referral.recipient)
    return FreshLink(link, token, code)


@transaction.atomic
def revoke(*, referral_id: UUID, by: Actor) -> bool:
    """End the link of a referral at once; return whether there was one."""
    check_may(by, MANAGE_REFERRAL)
    referral = locked_of_sender(referral_id, by)
    if not end_links(referral, LinkEnd.REVOKED):
        return False
    trail(referral, "cases.referral_link.revoke", by, [], referral.recipient)
    return True


def standing(token: str) -> ReferralLink | None:
    """Return the link a token belongs to if it could be opened now, else None; nothing is counted and nothing is written."""
    links = ReferralLink.objects.filter(token_hash=_hash(token)).select_related("referral__centre")
    link = links.first()
    return link if link and _is_open(link) else None


@transaction.atomic
def open_link(*, token: str, code: str = "", browser: str = "") -> Opened:
    """Open a link and bind the browser that did it first. Another browser opens it only with the code, where there is one."""
    found = ReferralLink.objects.select_for_update(of=("self",)).filter(token_hash=_hash(token))
    link = found.select_related("referral").first()
    if link is None or not _is_open(link):
        return Opened(Opening.GONE)
    if link.browser_hash and hmac.compare_digest(link.browser_hash, _hash(browser)):
        return Opened(Opening.OPENED, link.pk, browser)
    if link.browser_hash and not link.code_hash:
        return Opened(Opening.ELSEWHERE)
    if link.code_hash and not hmac.compare_digest(link.code_hash, _code_hash(token, normalise_code(code))):
        return _wrong_code(link)
    return _bind(link)


def _wrong_code(link: ReferralLink) -> Opened:
    """Count a wrong code; at the last one the link locks for good, and the sender has to make another."""
    link.wrong_codes += 1
    if link.wrong_codes >= MOST_WRONG_CODES:
        link.ended_at, link.ended_because = now(), LinkEnd.LOCKED
        trail(link.referral, "cases.referral_link.lock", VISITOR, [], link.referral.recipient)
    link.save(update_fields=["wrong_codes", "ended_at", "ended_because"])
    return Opened(Opening.GONE if link.ended_at else Opening.WRONG_CODE)


def _bind(link: ReferralLink) -> Opened:
    browser = secrets.token_urlsafe(TOKEN_BYTES)
    # Two browsers at the same moment: only one finds the link as it was read.
    unchanged = ReferralLink.objects.filter(pk=link.pk, browser_hash=link.browser_hash, ended_at=None)
    if not unchanged.update(browser_hash=_hash(browser), opened_at=link.opened_at or now()):
        return Opened(Opening.ELSEWHERE)
    referral = link.referral
    trail(referral, "cases.referral_link.open", VISITOR, [], referral.recipient)
    if referral.state == ReferralState.SENT:
        take(referral, Step(ReferralState.ACKNOWLEDGED, via=Via.LINK), VISITOR)
    return Opened(Opening.OPENED, link.pk, browser)


@gated(ConsentPurpose.SHARE)
@transaction.atomic
def shown(*, link_id: UUID, browser: str) -> Letter:
    """Return what the browser bound to a link may see: the agreed fields of its one referral, consent asked anew."""
    link = _bound(link_id, browser, lock=False)
    return disclose(link.referral, "cases.referral_link.read", VISITOR)


@gated(ConsentPurpose.SHARE)
@transaction.atomic
def answer(*, link_id: UUID, browser: str, given: Answer) -> Referral:
    """Record what the recipient answers by link: only forward along the states, each once, while consent stands."""
    referral = _bound(link_id, browser, lock=True).referral
    if referral.person_id:
        passing(referral.person_id, sharing(referral))
    return record_answer(referral, given, Via.LINK, VISITOR)


def record_answer(referral: Referral, given: Answer, via: str, by: Actor) -> Referral:
    """Record an answer of the recipient inside the caller's transaction; the caller has checked who gives it."""
    if given.kind not in ANSWERS.get(ReferralState(referral.state), ()):
        raise ValidationError({"kind": _("This was answered already, or it is not its turn yet.")})
    if given.kind == PartnerAnswer.PROPOSE:
        return _propose(referral, given, via, by)
    to = LEADS_TO[PartnerAnswer(given.kind)]
    proposed = given.on if given.kind == PartnerAnswer.ACCEPT else None
    on = None if given.kind == PartnerAnswer.ACCEPT else given.on
    return take(referral, Step(to, given.why, given.words, on, proposed, via), by)


def _propose(referral: Referral, given: Answer, via: str, by: Actor) -> Referral:
    if referral.proposed_on:
        raise ValidationError({"kind": _("This was answered already, or it is not its turn yet.")})
    if given.on is None:
        raise ValidationError({"proposed_on": _("Propose a day from today on, within a year.")})
    check_proposed(given.on)
    referral.proposed_on = referral.due_on = given.on
    referral.save(update_fields=["proposed_on", "due_on"])
    step = Step(referral.state, words=given.words, proposed_on=given.on, via=via)
    log(referral, referral.state, today(), step, by)
    trail(referral, "cases.referral.move", by, ["proposed_on"])
    return referral


def _bound(link_id: UUID, browser: str, *, lock: bool) -> ReferralLink:
    links = ReferralLink.objects.select_related("referral__person", "referral__centre").filter(pk=link_id)
    link = (links.select_for_update(of=("self", "referral")) if lock else links).first()
    if not (link and link.browser_hash and hmac.compare_digest(link.browser_hash, _hash(browser)) and _is_open(link)):
        raise ValidationError(_("This is no longer available."))
    return link


def _is_open(link: ReferralLink) -> bool:
    """Return whether the link shows anything now: within its days, the referral with the recipient, the consent standing."""
    if not link.is_live_at(now()) or link.referral.state not in WITH_PARTNER:
        return False
    person_id = link.referral.person_id
    return person_id is None or consent.decide(person_id, sharing(link.referral)).allowed


def _check(referral: Referral, language: str, days: int, *, with_code: bool) -> None:
    rule = link_rule(referral.service)
    if referral.to_centre_id or referral.state not in WITH_PARTNER:
        raise ValidationError(_("Only a referral that was sent to a partner and is not over has a link."))
    if rule == LinkRule.NEVER:
        raise ValidationError(_("This service is never asked for by link. Hand the letter over in person."))
    if rule == LinkRule.WITH_CODE and not with_code:
        raise ValidationError({"with_code": _("For this service the link needs a code that is told by phone.")})
    if language not in dict(settings.LANGUAGES):
        raise ValidationError({"language": _("Choose one of the values offered.")})
    if not 1 <= days <= LONGEST_LINK_DAYS:
        raise ValidationError({"days": _("Choose one of the values offered.")})


def _code() -> str:
    return "".join(secrets.choice(ALPHABET) for _sign in range(PHONE_CODE_LENGTH))


def _hash(secret: str) -> str:
    """Hash a secret of 256 random bits: nothing that long can be tried out, so it needs no salt and no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _code_hash(token: str, code: str) -> str:
    """Hash a short code under the key of the installation and the token, neither of which stands in the table."""
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, f"{token}:{code}".encode(), hashlib.sha256).hexdigest()
