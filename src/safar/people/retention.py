"""When a person's file ends: nobody needs it any more, or its consent was withdrawn; and when old decisions end."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from safar.kernel.actor import MACHINE
from safar.kernel.retention import Rule, keepers, register_rule, start_of
from safar.people.enums import ConsentPurpose
from safar.people.models import ConsentGrant, Person
from safar.people.queries import clusters
from safar.trust.actions import subject_requests


def _files_nobody_needs(day: dt.date, cut: dt.date) -> QuerySet[Person]:
    """Return files opened before the cut that no domain still needs: no recent contact, session, case or referral."""
    files = Person.objects.filter(registered_on__lt=cut, merged_into=None)
    merged = Q(registered_on__gte=cut)
    for keeper in keepers():
        files = files.exclude(pk__in=keeper.keys(day))
        merged |= Q(pk__in=keeper.keys(day))
    # Files that were merged are one person: what keeps one of them keeps the one that answers, and with it all.
    needed = Person.objects.filter(merged, merged_into__isnull=False).order_by("pk").values_list("pk", flat=True)
    return files.exclude(pk__in=set(clusters.heads_of(list(needed)).values()))


def _files_without_consent(_day: dt.date, cut: dt.date) -> QuerySet[Person]:
    """Return files whose latest word on keeping them ended before the cut: withdrawn, refused or expired."""
    words = ConsentGrant.objects.filter(person=OuterRef("pk"), purpose=ConsentPurpose.KEEP_FILE)
    last = words.order_by("-decided_at", "-id").values("pk")[:1]
    ended = ConsentGrant.objects.filter(_ended_before(cut), purpose=ConsentPurpose.KEEP_FILE)
    # Few files have any word that ended: only theirs are put in order, not those of the whole registry.
    answering = Person.objects.filter(merged_into=None, pk__in=ended.values("person"))
    return answering.annotate(last_word=Subquery(last)).filter(last_word__in=ended.values("pk"))


def _old_decisions(_day: dt.date, cut: dt.date) -> QuerySet[ConsentGrant]:
    """Return decisions that ended or were replaced before the cut; what allows the file stays as long as the file."""
    later = ConsentGrant.objects.filter(
        person=OuterRef("person"),
        purpose=OuterRef("purpose"),
        recipient=OuterRef("recipient"),
        decided_at__gt=OuterRef("decided_at"),
        decided_at__lt=start_of(cut),
    )
    # What was replaced before the cut was decided before it, which spares the search for every newer decision.
    replaced = Q(decided_at__lt=start_of(cut)) & Exists(later)
    return ConsentGrant.objects.exclude(purpose=ConsentPurpose.KEEP_FILE).filter(_ended_before(cut) | replaced)


def _ended_before(cut: dt.date) -> Q:
    moment = start_of(cut)
    return Q(withdrawn_at__lt=moment) | Q(granted=False, decided_at__lt=moment) | Q(expires_on__lt=cut)


def _erase_unneeded(keys: Sequence[Any]) -> None:
    _erase(keys, "Retention: the term of the file is over.")


def _erase_withdrawn(keys: Sequence[Any]) -> None:
    _erase(keys, "Retention: the consent to keep the file has ended.")


def _erase(keys: Sequence[Any], reason: str) -> None:
    """Erase as at a person's own request: the tallies stay, and every past report comes out the same."""
    for key in keys:
        subject_requests.erase_person(key, reason=reason, by=MACHINE)


def _delete_decisions(keys: Sequence[Any]) -> None:
    ConsentGrant.objects.filter(pk__in=keys).delete()


register_rule(
    Rule(
        code="people.files",
        purpose="contacts_without_case",
        label=_("Files nobody needs any more"),
        effect=_("The person is erased; an unlinked tally stays"),
        due=_files_nobody_needs,
        end=_erase_unneeded,
        centre="centre",
        person="pk",
        is_file=True,
    )
)
register_rule(
    Rule(
        code="people.withdrawn",
        purpose="withdrawn_files",
        label=_("Files whose consent has ended"),
        effect=_("The person is erased; an unlinked tally stays"),
        due=_files_without_consent,
        end=_erase_withdrawn,
        centre="centre",
        person="pk",
        is_file=True,
    )
)
register_rule(
    Rule(
        code="people.decisions",
        purpose="consents",
        label=_("Consents that ended or were replaced"),
        effect=_("Deleted"),
        due=_old_decisions,
        end=_delete_decisions,
        centre="person__centre",
        person="person",
    )
)
