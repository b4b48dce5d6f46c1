"""Whom counselling still needs, and when the words of old contacts and closed cases end while the codes stay countable."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from safar.cases import (
    reintegration_retention,  # noqa: F401  (it registers its rule)
    retention_offers,  # noqa: F401  (an area whose rules stand in a file of their own)
)
from safar.cases.enums.cases import OPEN_CASES
from safar.cases.enums.day import CallState
from safar.cases.models import (
    Appointment,
    Approval,
    Assessment,
    AssessmentMove,
    CallBack,
    CaseConference,
    CaseEvent,
    CaseFile,
    Contact,
    ContactRevision,
    DepartureOutcome,
    DeparturePaper,
    HandOver,
    HeavyWeek,
    Referral,
    ReferralLink,
    ReferralMove,
    SecondOpinion,
    Ticket,
)
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
    # Few contacts were revised: they are listed once, instead of looking for a revision of every old contact.
    revised = ContactRevision.objects.exclude(reason="", old_values={}).values("contact")
    words = ~Q(note="") | ~Q(topic_text="") | ~Q(checked_items=[]) | Q(pk__in=revised)
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


def _delete_departure_papers(keys: Sequence[Any]) -> None:
    DeparturePaper.objects.filter(pk__in=keys).delete()


register_keeper(Keeper("cases.departures", _needed_departures))
register_rule(
    Rule(
        code="cases.departure_papers",
        purpose="contacts_without_case",
        label=_("Papers of a departure: costs, documents, plans"),
        effect=_("Deleted"),
        due=_old_departure_papers,
        end=_delete_departure_papers,
        centre="centre",
        person="person",
    )
)


def _needed_visits(day: dt.date) -> QuerySet[Appointment, UUID | None]:
    since = start_of(needed_since("contacts_without_case", day))
    return Appointment.objects.filter(starts_at__gte=since, person__isnull=False).values("person")  # type: ignore[return-value]


def _needed_tickets(day: dt.date) -> QuerySet[Ticket, UUID | None]:
    since = needed_since("contacts_without_case", day)
    return Ticket.objects.filter(day__gte=since, person__isnull=False).values("person")  # type: ignore[return-value]


def _needed_calls(_day: dt.date) -> QuerySet[CallBack, UUID | None]:
    return CallBack.objects.filter(state=CallState.OPEN, person__isnull=False).values("person")  # type: ignore[return-value]


def _told_visits(_day: dt.date, cut: dt.date) -> QuerySet[Appointment]:
    """Return visits long over that still hold what somebody without a file left: a name, a number, a code."""
    return Appointment.objects.filter(~Q(name="") | ~Q(contact="") | ~Q(code=""), starts_at__lt=start_of(cut))


def _told_calls(_day: dt.date, cut: dt.date) -> QuerySet[CallBack]:
    ended = CallBack.objects.filter(~Q(name="") | ~Q(contact=""), ended_at__lt=start_of(cut))
    return ended.exclude(state=CallState.OPEN)


def _empty_visits(keys: Sequence[Any]) -> None:
    Appointment.objects.filter(pk__in=keys).update(name="", contact="", code="")


def _empty_calls(keys: Sequence[Any]) -> None:
    CallBack.objects.filter(pk__in=keys).update(name="", contact="")


register_keeper(Keeper("cases.visits", _needed_visits))
register_keeper(Keeper("cases.tickets", _needed_tickets))
register_keeper(Keeper("cases.calls", _needed_calls))
register_rule(
    Rule(
        code="cases.visit_words",
        purpose="sign_ups",
        label=_("Names, numbers and codes of booked visits"),
        effect=_("Emptied; that the visit took place still counts"),
        due=_told_visits,
        end=_empty_visits,
        centre="centre",
        person="person",
    )
)
register_rule(
    Rule(
        code="cases.call_words",
        purpose="sign_ups",
        label=_("Names and numbers of call-backs that ended"),
        effect=_("Emptied; that the call was made still counts"),
        due=_told_calls,
        end=_empty_calls,
        centre="centre",
        person="person",
    )
)


def _wordy_conferences(_day: dt.date, cut: dt.date) -> QuerySet[CaseConference]:
    words = ~Q(question="") | ~Q(decided="") | ~Q(next_step="")
    return CaseConference.objects.filter(words, case_file__closed_on__lt=cut)


_WORDS_OF_OPINION = ~Q(question="") | ~Q(answer="")


def _wordy_opinions(_day: dt.date, cut: dt.date) -> QuerySet[SecondOpinion]:
    return SecondOpinion.objects.filter(_WORDS_OF_OPINION, case_file__closed_on__lt=cut)


def _wordy_contact_opinions(_day: dt.date, cut: dt.date) -> QuerySet[SecondOpinion]:
    return SecondOpinion.objects.filter(_WORDS_OF_OPINION, contact__occurred_at__lt=start_of(cut))


def _wordy_approvals(_day: dt.date, cut: dt.date) -> QuerySet[Approval]:
    words = ~Q(reason="") | ~Q(answer="")
    return Approval.objects.filter(words, recorded_at__lt=start_of(cut))


def _wordy_hand_overs(_day: dt.date, cut: dt.date) -> QuerySet[HandOver]:
    return HandOver.objects.exclude(reason="").filter(recorded_at__lt=start_of(cut))


def _delete_weeks(keys: Sequence[Any]) -> None:
    HeavyWeek.objects.filter(pk__in=keys).delete()


def _empty_conferences(keys: Sequence[Any]) -> None:
    CaseConference.objects.filter(pk__in=keys).update(question="", decided="", next_step="")


def _empty_opinions(keys: Sequence[Any]) -> None:
    SecondOpinion.objects.filter(pk__in=keys).update(question="", answer="")


def _empty_approvals(keys: Sequence[Any]) -> None:
    Approval.objects.filter(pk__in=keys).update(reason="", answer="")


def _empty_hand_overs(keys: Sequence[Any]) -> None:
    HandOver.objects.filter(pk__in=keys).update(reason="")


# The end stands in the row, whatever the terms of the country say: nothing about a colleague is kept longer than it helps.
register_rule(
    Rule(
        code="cases.heavy_weeks",
        purpose="sign_ins",
        label=_("Heavy weeks of colleagues"),
        effect=_("Deleted"),
        due=lambda day, _cut: HeavyWeek.objects.filter(until__lt=day),
        end=_delete_weeks,
        term=_("After 30 days"),
    )
)
register_rule(
    Rule(
        code="cases.conference_words",
        purpose="case_files",
        label=_("Notes of case conferences"),
        effect=_("The words are emptied; that colleagues sat together stays"),
        due=_wordy_conferences,
        end=_empty_conferences,
        centre="case_file__centre",
        person="case_file__person",
    )
)
register_rule(
    Rule(
        code="cases.opinion_words",
        purpose="case_files",
        label=_("Second opinions of colleagues on case files"),
        effect=_("The words are emptied; that one was asked stays"),
        due=_wordy_opinions,
        end=_empty_opinions,
        centre="case_file__centre",
        person="case_file__person",
    )
)
register_rule(
    Rule(
        code="cases.contact_opinion_words",
        purpose="contacts_without_case",
        label=_("Second opinions of colleagues on contacts"),
        effect=_("The words are emptied; that one was asked stays"),
        due=_wordy_contact_opinions,
        end=_empty_opinions,
        centre="contact__centre",
        person="contact__person",
    )
)
register_rule(
    Rule(
        code="cases.approval_words",
        purpose="case_files",
        label=_("Reasons of requests for approval"),
        effect=_("The words are emptied; who asked and who agreed stays"),
        due=_wordy_approvals,
        end=_empty_approvals,
        centre="centre",
        person="person",
    )
)
register_rule(
    Rule(
        code="cases.hand_over_words",
        purpose="case_files",
        label=_("Reasons of hand-overs between colleagues"),
        effect=_("The words are emptied; who handed over what stays"),
        due=_wordy_hand_overs,
        end=_empty_hand_overs,
    )
)


def _old_links(_day: dt.date, cut: dt.date) -> QuerySet[ReferralLink]:
    """Return links that have not opened anything for a term: ended, or past their last day."""
    moment = start_of(cut)
    return ReferralLink.objects.filter(Q(ended_at__lt=moment) | Q(ended_at=None, expires_at__lt=moment))


def _wordy_referrals(_day: dt.date, cut: dt.date) -> QuerySet[Referral]:
    told = ReferralMove.objects.filter(referral=OuterRef("pk")).exclude(reason="")
    return Referral.objects.filter(~Q(text="") | Exists(told), ended_on__lt=cut)


def _delete_links(keys: Sequence[Any]) -> None:
    ReferralLink.objects.filter(pk__in=keys).delete()


def _empty_referrals(keys: Sequence[Any]) -> None:
    ReferralMove.objects.filter(referral__in=keys).update(reason="")
    Referral.objects.filter(pk__in=keys).update(text="")


register_rule(
    Rule(
        code="cases.referral_links",
        purpose="form_keys",
        label=_("Links of referrals that no longer open"),
        effect=_("Deleted; they open nothing from their last day on"),
        due=_old_links,
        end=_delete_links,
        centre="referral__centre",
        person="referral__person",
    )
)
register_rule(
    Rule(
        code="cases.referral_words",
        purpose="contacts_without_case",
        label=_("Words of referrals that are over"),
        effect=_("Emptied; that the referral was made and what came of it still counts"),
        due=_wordy_referrals,
        end=_empty_referrals,
        centre="centre",
        person="person",
    )
)


def _answered(_day: dt.date, cut: dt.date) -> QuerySet[Assessment]:
    """Return old assessments that still hold answers or reasons, unless their case file is kept longer."""
    told = AssessmentMove.objects.filter(assessment=OuterRef("pk")).exclude(reason="")
    old = Assessment.objects.filter(~Q(answers={}) | Exists(told), completed_on__lt=cut)
    return old.filter(Q(person=None) | ~Q(person__in=_needed_cases(_day)))


def _empty_assessments(keys: Sequence[Any]) -> None:
    AssessmentMove.objects.filter(assessment__in=keys).update(reason="")
    Assessment.objects.filter(pk__in=keys, version__instrument__is_sensitive=True).update(scores={})
    Assessment.objects.filter(pk__in=keys).update(answers={})


def _needed_assessments(day: dt.date) -> QuerySet[Assessment, UUID | None]:
    since = needed_since("contacts_without_case", day)
    return Assessment.objects.filter(completed_on__gte=since, person__isnull=False).values("person")  # type: ignore[return-value]


register_keeper(Keeper("cases.assessments", _needed_assessments))
register_rule(
    Rule(
        code="cases.assessment_answers",
        purpose="contacts_without_case",
        label=_("Answers of old assessments"),
        effect=_("The answers are emptied; scores that are not sensitive still count"),
        due=_answered,
        end=_empty_assessments,
        centre="centre",
        person="person",
    )
)
