"""Whom counselling still needs, and when the words of old contacts and closed cases end while the codes stay countable."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from safar.cases.enums.cases import OPEN_CASES
from safar.cases.models import CaseEvent, CaseFile, Contact, ContactRevision, DepartureOutcome, DeparturePaper, Referral
from safar.kernel.retention import Keeper, Rule, register_keeper, register_rule, start_of
from safar.trust.queries.terms import needed_since


def _needed_cases(day: dt.date) -> QuerySet[CaseFile, UUID | None]:
    since = needed_since("case_files", day)
    standing = Q(state__in=sorted(OPEN_CASES)) | Q(closed_on__gte=since)
    return CaseFile.objects.filter(standing, person__isnull=False).values("person")  # type: ignore[return-value]


def _needed_contacts(day: dt.date) -> QuerySet[Contact, UUID | None]:
    since = start_of(needed_since("contacts_without_case", day))
    recent = Q(occurred_at__gte=since) | Q(follow_up_on__gte=day, follow_up_done_at=None)
    return Contact.objects.filter(recent, person__isnull=False).values("person")  # type: ignore[return-value]


def _needed_referrals(day: dt.date) -> QuerySet[Referral, UUID | None]:
    since = needed_since("contacts_without_case", day)
    recent = Q(made_on__gte=since) | Q(ended_on__gte=since)
    return Referral.objects.filter(recent, person__isnull=False).values("person")  # type: ignore[return-value]


def _wordy_contacts(day: dt.date, cut: dt.date) -> QuerySet[Contact]:
    """Return contacts before the cut that still hold words, unless they belong to a case that is kept longer."""
    revised = ContactRevision.objects.filter(contact=OuterRef("pk")).exclude(reason="", old_values={})
    words = ~Q(note="") | ~Q(topic_text="") | ~Q(checked_items=[]) | Exists(revised)
    old = Contact.objects.filter(words, occurred_at__lt=start_of(cut))
    return old.filter(Q(person=None) | ~Q(person__in=_needed_cases(day)))


def _wordy_cases(_day: dt.date, cut: dt.date) -> QuerySet[CaseFile]:
    told = CaseEvent.objects.filter(case_file=OuterRef("pk")).exclude(text="")
    return CaseFile.objects.filter(~Q(reason="") | Exists(told), closed_on__lt=cut)


def _empty_contacts(keys: Sequence[Any]) -> None:
    Contact.objects.filter(pk__in=keys).update(note="", topic_text="", checked_items=[])
    ContactRevision.objects.filter(contact__in=keys).update(old_values={}, reason="")


def _empty_cases(keys: Sequence[Any]) -> None:
    CaseEvent.objects.filter(case_file__in=keys).update(text="")
    CaseFile.objects.filter(pk__in=keys).update(reason="")


register_keeper(Keeper("cases.cases", _needed_cases))
register_keeper(Keeper("cases.contacts", _needed_contacts))
register_keeper(Keeper("cases.referrals", _needed_referrals))
register_rule(
    Rule(
        code="cases.contact_words",
        purpose="contacts_without_case",
        label=_("Notes of old contacts"),
        effect=_("The words are emptied; the contact still counts"),
        due=_wordy_contacts,
        end=_empty_contacts,
        centre="centre",
        person="person",
    )
)
register_rule(
    Rule(
        code="cases.case_words",
        purpose="case_files",
        label=_("Notes of closed case files"),
        effect=_("The words are emptied; the case still counts"),
        due=_wordy_cases,
        end=_empty_cases,
        centre="centre",
        person="person",
    )
)


def _old_departure_papers(day: dt.date, cut: dt.date) -> QuerySet[DeparturePaper]:
    old = DeparturePaper.objects.filter(made_on__lt=cut)
    return old.filter(Q(person=None) | ~Q(person__in=_needed_cases(day)))


def _needed_departures(day: dt.date) -> QuerySet[DepartureOutcome, UUID | None]:
    """Return whom somebody is still to ask what became of their departure."""
    open_ones = DepartureOutcome.objects.filter(ask_again_on__gte=day)
    return open_ones.annotate(whose=Coalesce("case_file__person", "contact__person")).values("whose")  # type: ignore[return-value]


register_keeper(Keeper("cases.departures", _needed_departures))
register_rule(
    Rule(
        code="cases.departure_papers",
        purpose="contacts_without_case",
        label=_("Papers of a departure: costs, documents, plans"),
        effect=_("Deleted"),
        due=_old_departure_papers,
        end=lambda keys: DeparturePaper.objects.filter(pk__in=keys).delete(),
        centre="centre",
        person="person",
    )
)
