from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from safar.kernel.actor import Actor, check_may
from safar.methods.names import births
from safar.methods.names.comparison import CAP_WITHOUT_GIVEN, similarity
from safar.methods.names.evidence import Evidence, Record
from safar.methods.names.parsing import parse_name
from safar.people.enums import ContactKind
from safar.people.models import ContactPoint, IndexKey, Person
from safar.people.permissions import READ_PERSON, REGISTER_PERSON, SEARCH_PEOPLE, SEARCH_WIDELY
from safar.people.queries import cards, clusters, lookup, not_same, typed
from safar.people.queries.index_keys import UNKNOWN_YEAR, typing_ranges
from safar.people.queries.name_reasons import evidence_in_words, in_words
from safar.people.rules import PersonDetails
from safar.trust.actions import audit
from safar.trust.enums import AuditVerb

MOST_SHOWN = 20
MOST_SHOWN_WIDELY = 100
MOST_COUNTED = 200
_PROBABLE = 0.2


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A person found and, in words, why; `evidence` says the same in bits where two records were weighed."""

    person: Person
    reasons: list[str]
    score: float
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Who was found. A wide search shows no one, only how many there are, until a reason is given.

    `count` stops at `MOST_COUNTED`. `may_widen` says whether this actor may see a wide result by giving a reason.
    """

    hits: list[SearchHit]
    more: bool
    count: int = 0
    is_wide: bool = False
    may_widen: bool = False


@dataclass(frozen=True, slots=True)
class _Answer:
    hits: list[SearchHit] = field(default_factory=list)
    count: int = 0
    is_short: bool = False


def search(text: str, *, reason: str = "", by: Actor) -> SearchResult:
    """Find people by card, client number, part of a phone number, or name in any script, with a date of birth where it is known.

    More people than fit a page are counted and not listed: add a word, or give a reason (SEARCH_WIDELY), which the trail keeps.
    The audit row says what kind of thing was searched for, not what was typed.
    """
    check_may(by, SEARCH_PEOPLE)
    asked = typed.read(text)
    widely = bool(reason.strip()) and by.may(SEARCH_WIDELY)
    most = MOST_SHOWN_WIDELY if widely else MOST_SHOWN
    answer = _BY_KIND[asked.kind](asked, most)
    is_wide = (answer.is_short or answer.count > MOST_SHOWN) and not widely
    audit.record(
        by=by,
        action="people.person.search_widely" if widely else "people.person.search",
        verb=AuditVerb.SEARCH,
        fields=[asked.kind],
        reason=reason.strip() if widely else "",
    )
    if is_wide:
        return SearchResult([], more=False, count=answer.count, is_wide=True, may_widen=by.may(SEARCH_WIDELY))
    return SearchResult(answer.hits[:most], more=answer.count > most, count=answer.count)


def open_file(person_id: UUID, *, by: Actor) -> Person:
    """Return the person with all a file page shows, leaving a read row in the trail; 3 queries."""
    check_may(by, READ_PERSON)
    person = Person.objects.select_related("centre").prefetch_related("contact_points").get(pk=person_id)
    audit.record(by=by, action="people.person.open", verb=AuditVerb.READ, person_key=person.pk)
    return person


def labels(person_ids: Collection[UUID], *, by: Actor) -> dict[UUID, str]:
    """Return number and name of each, for lists of named people; a merged file is named by the one it went into.

    One audit row for the list, and a query more where merged files are among them.
    """
    check_may(by, READ_PERSON)
    if not person_ids:
        return {}
    people = Person.objects.in_bulk(list(person_ids))
    merged = [person.pk for person in people.values() if person.merged_into_id]
    heads = clusters.heads_of(merged) if merged else {}
    shown = people | Person.objects.in_bulk(list(set(heads.values()) - people.keys()))
    audit.record(by=by, action="people.person.list", verb=AuditVerb.READ, fields=[f"{len(person_ids)} people"])
    named = {key: shown[heads.get(key, key)] for key in people}
    return {key: f"{person.client_number} {person.full_name}" for key, person in named.items()}


def similar(details: PersonDetails, *, limit: int = 5, than: UUID | None = None) -> list[SearchHit]:
    """Return people who may be the one being registered, most alike first, each with its evidence and reasons.

    With `than`, the file these details belong to, neither it nor anybody said to be another person is returned.
    """
    found = lookup.find(record_of(details), limit=lookup.MOST_WEIGHED)
    likely = [each for each in found if not each.evidence.contradictions and _is_likely(each.evidence)]
    others = not_same.others_of(than) if than else set()
    return [hit for hit in _hits(likely) if hit.person.pk not in others][:limit]


def look_alikes(details: PersonDetails, *, without: Collection[UUID] = (), by: Actor) -> list[SearchHit]:
    """Return the same for somebody who compares while registering, without those already ruled out; in the trail as a search."""
    check_may(by, REGISTER_PERSON)
    left = [hit for hit in similar(details, limit=5 + len(without)) if hit.person.pk not in set(without)][:5]
    if left:
        shown = [f"{len(left)} people"]
        audit.record(by=by, action="people.person.look_alikes", verb=AuditVerb.SEARCH, fields=shown)
    return left


def record_of(details: PersonDetails) -> Record:
    """Return the details as they are weighed: names, date of birth, sex, phones and district."""
    phones = [point.value for point in details.contact_points if point.kind == ContactKind.PHONE]
    name = parse_name(details.family_name, details.given_name, details.patronymic)
    return Record(
        name.family,
        name.given,
        name.patronymic,
        birth=births.Birth(details.birth.year, details.birth.month, details.birth.day),
        sex=details.sex,
        phones=lookup.tails_of(phones),
        district=details.district,
    )


def _is_likely(evidence: Evidence) -> bool:
    """Whether a name alone, where that is all there is, or everything together is reason enough to point somebody out."""
    told = {part.name: part.bits for part in evidence.parts}
    names = [told[part] for part in ("family", "given") if part in told]
    only_named = not told.keys() & {"birth", "phone", "document"}
    return evidence.probability >= _PROBABLE or (only_named and bool(names) and min(names) > 0)


def _hits(
    found: Sequence[lookup.Found], *, with_points: bool = True, scores: Mapping[UUID, float] | None = None
) -> list[SearchHit]:
    """Return the people found, each once, by the file that answers for them; scored by probability where nothing else is."""
    merged = [each.row.person_id for each in found if each.row.merged_into]
    heads = clusters.heads_of(merged) if merged else {}
    ids = [heads.get(each.row.person_id, each.row.person_id) for each in found]
    asked = Person.objects.prefetch_related("contact_points") if with_points else Person.objects.all()
    people = asked.in_bulk(ids)
    hits: dict[UUID, SearchHit] = {}
    for person_id, each in zip(ids, found, strict=True):
        score = scores[each.row.person_id] if scores else each.evidence.probability
        hit = SearchHit(people[person_id], evidence_in_words(each.evidence), score, each.evidence)
        hits.setdefault(person_id, hit)
    return list(hits.values())


def _by_card(asked: typed.Typed, most: int) -> _Answer:
    person = cards.holder_of(asked.text)
    return _Answer([SearchHit(person, [_("client card")], 1.0)], 1) if person else _Answer()


def _by_client_number(asked: typed.Typed, most: int) -> _Answer:
    person = Person.objects.filter(client_number=asked.text.upper()).first()
    if person is None:
        return _Answer()
    shown = Person.objects.get(pk=clusters.head_of(person.pk)) if person.merged_into_id else person
    return _Answer([SearchHit(shown, [_("client number")], 1.0)], 1)


def _by_phone(asked: typed.Typed, most: int) -> _Answer:
    digits = next(iter(lookup.tails_of([asked.text])), "")
    if len(digits) <= typed.SHORT:
        return _Answer()
    is_whole = len(digits) == len("901234567")
    matching = Q(tail=digits) if is_whole else Q(tail__contains=digits)
    points = ContactPoint.objects.filter(matching).order_by("tail", "id").values_list("person_id", flat=True)
    ids = list(dict.fromkeys(points[: MOST_COUNTED * 2]))[:MOST_COUNTED]
    reason = _("phone number") if is_whole else _("part of a phone number")
    return _listed(ids, most, lambda _person: ([reason], 1.0))


def _by_name(asked: typed.Typed, most: int) -> _Answer:
    if len(asked.words) == 1:
        return _by_beginning(asked, most)
    name = parse_name(asked.text)
    wanted = Record(name.family, name.given, name.patronymic, birth=asked.birth)
    found = lookup.find(wanted, limit=lookup.MOST_WEIGHED)
    scored = [(each, _likeness(each, asked)) for each in found]
    # Siblings share everything but the given name: they are shown only when nobody better was found.
    likely = [each for each in scored if each[1] > CAP_WITHOUT_GIVEN]
    if not likely or len(likely) > MOST_SHOWN:
        begun = _by_beginning(asked, most)
        if begun.count > (MOST_SHOWN if likely else 0):
            return begun
    shown = likely or scored
    scores = {each.row.person_id: score for each, score in shown}
    hits = _hits([each for each, _score in shown], with_points=False, scores=scores)
    return _Answer(_best_first(hits), len(hits))


def _likeness(found: lookup.Found, asked: typed.Typed) -> float:
    """Return how alike the names are, less where the date of birth speaks against it."""
    score = max(similarity(name, asked.text).score for name in found.row.names)
    return min(score, CAP_WITHOUT_GIVEN) if "birth" in found.evidence.contradictions else score


def _by_beginning(asked: typed.Typed, most: int) -> _Answer:
    """Find whose name begins as typed, the last word being unfinished; counted first, because it may be half the country."""
    ids = _begun(asked)[:MOST_COUNTED]
    count = len(set(clusters.heads_of(ids).values()))
    is_short = count > 1 and len(asked.words) == 1 and len(asked.text) <= typed.SHORT
    if most == MOST_SHOWN and (is_short or count > most):
        return _Answer(count=count, is_short=is_short)
    return _listed(ids, most, lambda person: _reasons_by_name(person, asked.text))


def _begun(asked: typed.Typed) -> list[UUID]:
    """Return who is stored under the ranges a text begins: a query a range, each in the order of the index and cut short."""
    held = IndexKey.objects.order_by("key", "year", "id").values_list("person_id", flat=True)
    if asked.birth.year:
        held = held.filter(year__in=[asked.birth.year, UNKNOWN_YEAR])
    found: dict[UUID, None] = {}
    for each in typing_ranges(asked.text):
        found |= dict.fromkeys(held.filter(key__range=each)[: MOST_COUNTED * 2])
    return list(found)


def _reasons_by_name(person: Person, text: str) -> tuple[list[str], float]:
    compared = max((similarity(name, text) for name in _names_of(person)), key=lambda each: each.score)
    if compared.score > CAP_WITHOUT_GIVEN:
        return in_words(compared), compared.score
    return [_("the name begins like this")], CAP_WITHOUT_GIVEN


def _listed(ids: Sequence[UUID], most: int, why: Callable[[Person], tuple[list[str], float]]) -> _Answer:
    """Return the people of these files, each once by the file that answers; only as many as may be shown are read."""
    heads = clusters.heads_of(ids)
    chosen = list(dict.fromkeys(heads[each] for each in ids))
    people = Person.objects.in_bulk(chosen[: most + 1])
    hits = [SearchHit(person, *why(person)) for person in people.values()]
    return _Answer(_best_first(hits), len(chosen))


def _names_of(person: Person) -> list[tuple[str, str, str]]:
    former = [(name[0], name[1], name[2]) for name in person.former_names]
    return [(person.family_name, person.given_name, person.patronymic), *former]


def _best_first(hits: list[SearchHit]) -> list[SearchHit]:
    """Order by the name, then by everything together, then as a list of names is read."""
    return sorted(
        hits,
        key=lambda hit: (
            -hit.score,
            -(hit.evidence.bits if hit.evidence else 0.0),
            hit.person.family_name,
            hit.person.given_name,
            str(hit.person.pk),
        ),
    )


_BY_KIND: dict[str, Callable[[typed.Typed, int], _Answer]] = {
    "card": _by_card,
    "client_number": _by_client_number,
    "phone": _by_phone,
    "name": _by_name,
    "nothing": lambda _asked, _most: _Answer(),
}
