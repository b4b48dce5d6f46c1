"""Referrals in the words of the reader: lines of a list, steps of the way, what happened."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from safar.cases.enums.referrals import ReferralState, Via
from safar.cases.models import Referral, ReferralMove
from safar.cases.queries.referral_words import reason_in_words
from safar.desk.cases.facts import label
from safar.kernel.actor import Actor
from safar.kernel.clock import today
from safar.people.queries import persons
from safar.ui.numbers import written_date

A_PAGE = 50
# The way as people think of it; where it leaves the way, the last step says how.
_WAY = (
    ReferralState.SENT,
    ReferralState.ACKNOWLEDGED,
    ReferralState.ACCEPTED,
    ReferralState.SERVED,
    ReferralState.COMPLETED,
    ReferralState.CONFIRMED,
)
_OFF_THE_WAY = (ReferralState.REFUSED, ReferralState.FAILED, ReferralState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Line:
    """One referral in a list: who it is about stands there because whoever may follow referrals has to call people by name."""

    referral: Referral
    who: str
    service: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class Happened:
    """One step in words: when, what, why, and by whose hand."""

    when: dt.date
    what: str
    why: str
    words: str
    who: str
    is_news: bool


def lines(referrals: Iterable[Referral], by: Actor) -> list[Line]:
    """Return a line a referral; the names leave one row in the trail."""
    shown = list(referrals)
    people = persons.labels({each.person_id for each in shown if each.person_id}, by=by)
    return [
        Line(
            referral=each,
            who=people.get(each.person_id, "") if each.person_id else _("Without a file"),
            service=label("referral_service", each.service),
            is_late=each.due_on < today(),
        )
        for each in shown
    ]


def page_of(referrals: QuerySet[Referral], number: str | None) -> "Page[Referral]":
    return Paginator(referrals, A_PAGE).get_page(number)


def way(referral: Referral) -> list[tuple[str, str]]:
    """Return the steps of a referral as (label, done|current|todo), those a short way left out counted as done."""
    state = ReferralState(referral.state)
    if state == ReferralState.DRAFT:
        return [(str(ReferralState.DRAFT.label), "current"), *((str(step.label), "todo") for step in _WAY)]
    reached = {move.to_state for move in referral.moves.all()}
    ends = next((off for off in _OFF_THE_WAY if off == referral.outcome), None)
    steps = [step for step in _WAY if step in reached or not ends]
    if ends:
        steps = [*(step for step in steps if step != ReferralState.CONFIRMED), ends]
        steps += [ReferralState.CONFIRMED] if ends == ReferralState.FAILED else []
    here = ReferralState.CONFIRMED if state == ReferralState.CLOSED else state
    at = steps.index(here)
    done_too = state in {ReferralState.CLOSED, ReferralState.REFUSED, ReferralState.CANCELLED}
    return [
        (str(step.label), "done" if place < at or (place == at and done_too) else "current" if place == at else "todo")
        for place, step in enumerate(steps)
    ]


def happened(referral: Referral) -> list[Happened]:
    """Return what happened with a referral, the latest first."""
    return [_step(referral, move) for move in reversed(referral.moves.all())]


def _step(referral: Referral, move: ReferralMove) -> Happened:
    who = {
        Via.LINK: _("%(recipient)s, by link") % {"recipient": referral.recipient},
        Via.CENTRE: f"{referral.recipient}, {move.staff}" if move.staff else referral.recipient,
    }
    return Happened(
        when=move.moved_on,
        what=what_happened(move),
        why=reason_in_words(move.to_state, move.reason_code),
        words=move.reason,
        who=who.get(Via(move.via), str(move.staff or "")),
        is_news=move.is_news,
    )


def what_happened(move: ReferralMove) -> str:
    """Say a step in words: the state it led to, or the day that was proposed."""
    if move.proposed_on is None:
        return str(move.get_to_state_display())
    day = written_date(move.proposed_on)
    if move.from_state == move.to_state:
        return _("Proposed day: %(day)s") % {"day": day}
    return _("%(state)s, for %(day)s") % {"state": move.get_to_state_display(), "day": day}
