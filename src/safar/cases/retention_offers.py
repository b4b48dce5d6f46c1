"""Whom offer checks and complaints still need, and when the words of old ones end while outcome, kind and sums stay countable."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from safar.cases.enums.complaints import OPEN_COMPLAINTS
from safar.cases.models import Complaint, ComplaintMove, OfferCheck, Triage
from safar.kernel.retention import Keeper, Rule, register_keeper, register_rule, start_of
from safar.trust.queries.terms import needed_since

_TERM = "contacts_without_case"


def _needed_checks(day: dt.date) -> QuerySet[OfferCheck, UUID | None]:
    recent = OfferCheck.objects.filter(checked_on__gte=needed_since(_TERM, day), person__isnull=False)
    return recent.values("person")  # type: ignore[return-value]


def _needed_complaints(day: dt.date) -> QuerySet[Complaint, UUID | None]:
    standing = Q(state__in=sorted(OPEN_COMPLAINTS)) | Q(closed_on__gte=needed_since(_TERM, day))
    return Complaint.objects.filter(standing, person__isnull=False).values("person")  # type: ignore[return-value]


def _told_checks(_day: dt.date, cut: dt.date) -> QuerySet[OfferCheck]:
    return OfferCheck.objects.exclude(answers={}).filter(checked_on__lt=cut)


def _shown_cards(_day: dt.date, cut: dt.date) -> QuerySet[Triage]:
    return Triage.objects.exclude(cards=[]).filter(recorded_at__lt=start_of(cut))


def _told_complaints(_day: dt.date, cut: dt.date) -> QuerySet[Complaint]:
    answered = Exists(ComplaintMove.objects.filter(complaint=OuterRef("pk")).exclude(text=""))
    words = ~Q(told="") | ~Q(institution_name="") | answered
    return Complaint.objects.filter(words, closed_on__lt=cut)


def _empty_checks(keys: Sequence[Any]) -> None:
    OfferCheck.objects.filter(pk__in=keys).update(answers={})


def _empty_cards(keys: Sequence[Any]) -> None:
    Triage.objects.filter(pk__in=keys).update(cards=[])


def _empty_complaints(keys: Sequence[Any]) -> None:
    ComplaintMove.objects.filter(complaint__in=keys).update(text="")
    Complaint.objects.filter(pk__in=keys).update(told="", institution_name="", evidence=[], fields=[])


register_keeper(Keeper("cases.offer_checks", _needed_checks))
register_keeper(Keeper("cases.complaints", _needed_complaints))
register_rule(
    Rule(
        code="cases.offer_answers",
        purpose=_TERM,
        label=_("Answers of old offer checks"),
        effect=_("The answers are emptied; outcome and reasons still count"),
        due=_told_checks,
        end=_empty_checks,
        centre="centre",
        person="person",
    )
)
register_rule(
    Rule(
        code="cases.triage_cards",
        purpose=_TERM,
        label=_("Protocol cards once shown"),
        effect=_("Which cards were shown is forgotten"),
        due=_shown_cards,
        end=_empty_cards,
        centre="centre",
        person="person",
    )
)
register_rule(
    Rule(
        code="cases.complaint_words",
        purpose=_TERM,
        label=_("Words of closed complaints"),
        effect=_("The words are emptied; kind, agency, sums and outcome still count"),
        due=_told_complaints,
        end=_empty_complaints,
        centre="centre",
        person="person",
    )
)
