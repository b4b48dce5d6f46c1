import re
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from safar.kernel.actor import Actor, check_may
from safar.methods.names.comparison import CAP_WITHOUT_GIVEN, similarity
from safar.methods.names.keys import query_keys, registry_keys
from safar.people.models import ContactPoint, NameKey, Person
from safar.people.permissions import READ_PERSON, SEARCH_PEOPLE
from safar.people.queries.name_reasons import in_words
from safar.people.rules import PersonDetails, phone_tail
from safar.trust.actions import audit
from safar.trust.enums import AuditVerb

MOST_SHOWN = 20
_CANDIDATES = 200
_LOOKS_LIKE_CLIENT_NUMBER = re.compile(r"^[A-Z0-9]{2,8}-\d\d-\d{1,6}$", re.IGNORECASE)
_LOOKS_LIKE_PHONE = re.compile(r"^[+()\d\s.-]{4,}$")
_LIKELY = 0.75


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A person found and, in words, why."""

    person: Person
    reasons: list[str]
    score: float


@dataclass(frozen=True, slots=True)
class SearchResult:
    hits: list[SearchHit]
    more: bool


def search(text: str, *, by: Actor) -> SearchResult:
    """Find people by client number, part of a phone number, or name in any script and order; best first.

    The audit row says what kind of thing was searched for, not what was typed.
    """
    check_may(by, SEARCH_PEOPLE)
    typed = " ".join(text.split())
    if _LOOKS_LIKE_CLIENT_NUMBER.match(typed):
        kind, hits = "client_number", _by_client_number(typed)
    elif _LOOKS_LIKE_PHONE.match(typed):
        kind, hits = "phone", _by_phone(typed)
    else:
        kind, hits = "name", _by_name(typed)
    audit.record(by=by, action="people.person.search", verb=AuditVerb.SEARCH, fields=[kind])
    return SearchResult(hits[:MOST_SHOWN], more=len(hits) > MOST_SHOWN)


def open_file(person_id: UUID, *, by: Actor) -> Person:
    """Return the person with all a file page shows, leaving a read row in the trail; 3 queries."""
    check_may(by, READ_PERSON)
    person = Person.objects.select_related("centre").prefetch_related("contact_points").get(pk=person_id)
    audit.record(by=by, action="people.person.open", verb=AuditVerb.READ, person_key=person.pk)
    return person


def labels(person_ids: Collection[UUID], *, by: Actor) -> dict[UUID, str]:
    """Return number and name of each, for lists of named people; one query and one audit row for the list."""
    check_may(by, READ_PERSON)
    if not person_ids:
        return {}
    people = Person.objects.filter(pk__in=person_ids)
    audit.record(by=by, action="people.person.list", verb=AuditVerb.READ, fields=[f"{len(person_ids)} people"])
    return {person.pk: f"{person.client_number} {person.full_name}" for person in people}


def similar(details: PersonDetails, *, limit: int = 5) -> list[SearchHit]:
    """Return people who may be the one being registered, most alike first, each with reasons."""
    keys = registry_keys(details.family_name, details.given_name, details.patronymic)
    tails = {phone_tail(point.value) for point in details.contact_points if point.kind == "phone"} - {""}
    ids = set(_candidates(keys, at_least=2).values_list("pk", flat=True)[:_CANDIDATES])
    ids |= set(ContactPoint.objects.filter(tail__in=tails).values_list("person_id", flat=True)[:_CANDIDATES])
    people = Person.objects.filter(pk__in=ids).prefetch_related("contact_points")
    hits = [hit for person in people if (hit := _likeness(person, details, tails)).score >= _LIKELY]
    return _best_first(hits)[:limit]


def _likeness(person: Person, details: PersonDetails, tails: set[str]) -> SearchHit:
    names = similarity(
        (person.family_name, person.given_name, person.patronymic),
        (details.family_name, details.given_name, details.patronymic),
    )
    score, reasons = names.score, []
    if names.score >= _LIKELY:
        reasons += in_words(names)
    if person.birth_year and details.birth.year:
        same = person.birth_year == details.birth.year
        score += 0.1 if same else -0.3
        reasons.append(_("same year of birth") if same else _("another year of birth"))
    if any(point.tail in tails for point in person.contact_points.all()):
        score += 0.2
        reasons.append(_("same phone number"))
    if details.sex in {"female", "male"} and person.sex in {"female", "male"} and person.sex != details.sex:
        score -= 0.5
    return SearchHit(person, reasons, score)


def _by_client_number(typed: str) -> list[SearchHit]:
    return [
        SearchHit(person, [_("client number")], 1.0) for person in Person.objects.filter(client_number__iexact=typed)
    ]


def _by_phone(typed: str) -> list[SearchHit]:
    digits = phone_tail(typed)
    points = ContactPoint.objects.filter(tail__contains=digits).select_related("person")[: MOST_SHOWN * 2]
    people = {point.person_id: point.person for point in points}
    reason = _("phone number") if len(digits) == len("901234567") else _("part of a phone number")
    return [SearchHit(person, [reason], 1.0) for person in people.values()]


def _by_name(typed: str) -> list[SearchHit]:
    keys = query_keys(typed)
    if not keys:
        return []
    hits = []
    for person in _candidates(keys, at_least=len(keys))[:_CANDIDATES]:
        compared = similarity((person.family_name, person.given_name, person.patronymic), typed)
        hits.append(SearchHit(person, in_words(compared), compared.score))
    # Siblings share everything but the given name: they are shown only when nobody better was found.
    likely = [hit for hit in hits if hit.score > CAP_WITHOUT_GIVEN]
    return _best_first(likely or hits)


def _candidates(keys: Collection[str], *, at_least: int) -> QuerySet[Person]:
    """People holding at least so many of the keys, those holding most first."""
    matched = (
        NameKey.objects.filter(key__in=keys)
        .values("person")
        .annotate(agreeing=Count("pk"))
        .filter(agreeing__gte=at_least)
        .order_by("-agreeing", "person")
    )
    return Person.objects.filter(pk__in=matched.values("person")[:_CANDIDATES])


def _best_first(hits: list[SearchHit]) -> list[SearchHit]:
    return sorted(hits, key=lambda hit: (-hit.score, hit.person.family_name, hit.person.given_name, str(hit.person.pk)))
