from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from safar.guide.enums import FactKind, Origin, Section
from safar.guide.models import Fact, FactTopic, FactVersion
from safar.guide.permissions import MANAGE_FACT
from safar.guide.rules import DEFAULT_VALID_DAYS, LONGEST_VALID_DAYS, FactContent, FactPlace, expiry, in_cyrillic
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import today
from safar.trust.actions import audit
from safar.trust.models import Staff


@transaction.atomic
def add(
    *, place: FactPlace, content: FactContent, owner: Staff | None = None, origin: Origin = Origin.CENTRE, by: Actor
) -> Fact:
    """Add a fact with its first version; it counts as checked on the day its source says so, or today at the centre."""
    check_may(by, MANAGE_FACT)
    _check_place(place)
    _check_content(content)
    if Fact.objects.filter(key=place.key).exists():
        raise ValidationError({"key": _("A fact with this key exists already.")})
    fact = Fact.objects.create(
        key=place.key,
        kind=place.kind,
        destination=place.destination,
        section=place.section,
        position=place.position,
        owner=owner,
    )
    FactTopic.objects.bulk_create(FactTopic(fact=fact, topic=topic) for topic in dict.fromkeys(place.topics))
    _write_version(fact, content, number=1, origin=origin, by=by)
    audit.record(by=by, action="guide.facts.add", subject_key=fact.pk, fields=["content", "owner"])
    return fact


@transaction.atomic
def change(*, fact_id: UUID, content: FactContent, origin: Origin = Origin.CENTRE, by: Actor) -> FactVersion:
    """Say something else under the same key: a new version is written and the old one stays readable."""
    check_may(by, MANAGE_FACT)
    _check_content(content)
    fact = _live(fact_id)
    current = FactVersion.objects.select_for_update().get(fact=fact, is_current=True)
    if current.fingerprint == content.fingerprint():
        raise ValidationError(_("Nothing was changed. If it still holds, confirm that it was checked."))
    FactVersion.objects.filter(pk=current.pk).update(is_current=False)
    version = _write_version(fact, content, number=current.number + 1, origin=origin, by=by)
    audit.record(by=by, action="guide.facts.change", subject_key=fact.pk, fields=["content"])
    return version


@transaction.atomic
def verify(*, fact_id: UUID, valid_days: int = DEFAULT_VALID_DAYS, by: Actor) -> FactVersion:
    """Confirm that the fact was checked at its source today and still holds, for so many days."""
    check_may(by, MANAGE_FACT)
    _check_valid_days(valid_days)
    fact = _live(fact_id)
    version = FactVersion.objects.select_for_update().get(fact=fact, is_current=True)
    version.verified_on = today()
    version.verified_by_id = by.id
    version.expires_on = expiry(today(), valid_days)
    version.save(update_fields=["verified_on", "verified_by", "expires_on"])
    audit.record(by=by, action="guide.facts.verify", subject_key=fact.pk, fields=["verified_on", "expires_on"])
    return version


@transaction.atomic
def assign(*, fact_id: UUID, owner: Staff | None, by: Actor) -> Fact:
    """Give the fact to a member of staff who answers for it."""
    check_may(by, MANAGE_FACT)
    fact = _live(fact_id)
    fact.owner = owner
    fact.save(update_fields=["owner"])
    audit.record(by=by, action="guide.facts.assign", subject_key=fact.pk, fields=["owner"])
    return fact


@transaction.atomic
def retire(*, fact_id: UUID, reason: str, by: Actor) -> Fact:
    """Take a fact off the pages; its versions stay, because people were told them."""
    check_may(by, MANAGE_FACT)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is taken off, for whoever looks for it later.")})
    fact = _live(fact_id)
    fact.retired_on = today()
    fact.retired_reason = reason.strip()
    fact.save(update_fields=["retired_on", "retired_reason"])
    audit.record(by=by, action="guide.facts.retire", subject_key=fact.pk, fields=["retired_on"], reason=reason.strip())
    return fact


def with_cyrillic(texts: dict[str, str]) -> dict[str, str]:
    """Add Uzbek in Cyrillic derived from the Latin text unless somebody wrote it by hand."""
    if texts.get("uz") and not texts.get("uz-cyrl"):
        return texts | {"uz-cyrl": in_cyrillic(texts["uz"])}
    return texts


def _live(fact_id: UUID) -> Fact:
    fact = get_object_or_404(Fact.objects.select_for_update(), pk=fact_id)
    if fact.retired_on:
        raise ValidationError(_("This fact was retired and can no longer be changed."))
    return fact


def _write_version(fact: Fact, content: FactContent, *, number: int, origin: Origin, by: Actor) -> FactVersion:
    # Nobody of the centre has looked at a shipped text yet: it counts as checked on the day its source spoke, no later.
    verified_on = content.source_date if origin is Origin.SHIPPED else today()
    return FactVersion.objects.create(
        fact=fact,
        number=number,
        title=with_cyrillic(dict(content.title)),
        statement=with_cyrillic(dict(content.statement)),
        value=content.value,
        unit=content.unit,
        source_title=content.source_title,
        source_url=content.source_url,
        source_date=content.source_date,
        law_version=content.law_version,
        verified_on=verified_on,
        verified_by_id=by.id,
        expires_on=expiry(verified_on, content.valid_days),
        origin=origin,
        fingerprint=content.fingerprint(),
    )


def _check_place(place: FactPlace) -> None:
    if place.kind not in FactKind.values:
        raise ValidationError({"kind": _("This kind of fact is not known.")})
    if place.kind == FactKind.FACT and (not place.destination or place.section not in Section.values):
        raise ValidationError({"section": _("A fact belongs to a destination and one of its sections.")})


def _check_content(content: FactContent) -> None:
    errors = {}
    if not any(text.strip() for text in content.title.values()):
        errors["title"] = _("Give the fact a short title.")
    if not any(text.strip() for text in content.statement.values()):
        errors["statement"] = _("Say what holds, in one language at least.")
    if not content.source_title.strip():
        errors["source_title"] = _("Name the source: a fact without one cannot be checked.")
    if urlsplit(content.source_url).scheme not in {"http", "https"}:
        errors["source_url"] = _("Give the web address of the source, beginning with https://.")
    if content.source_date > today():
        errors["source_date"] = _("The source cannot be from the future.")
    if errors:
        raise ValidationError(errors)
    _check_valid_days(content.valid_days)


def _check_valid_days(valid_days: int) -> None:
    longest = timedelta(days=LONGEST_VALID_DAYS)
    if not timedelta(days=1) <= timedelta(days=valid_days) <= longest:
        raise ValidationError(
            {
                "valid_days": _("A fact holds between 1 and %(days)s days before it is checked again.")
                % {"days": longest.days}
            }
        )
