"""Codes and figures of a session in words, as its pages show them."""

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safar.awareness import rules
from safar.awareness.enums import SessionState, Step, TestPhase
from safar.awareness.models import KnowledgeTest, Session
from safar.awareness.rules import TestItem
from safar.kernel.chart import Chart, Series
from safar.reference.queries import codes, places

TONES = {
    SessionState.PLANNED: "info",
    SessionState.HELD: "warn",
    SessionState.SUBMITTED: "warn",
    SessionState.APPROVED: "good",
    SessionState.LOCKED: "neutral",
    SessionState.CANCELLED: "danger",
}
STEP_LABELS: dict[Step, str | Promise] = {
    Step.HOLD: gettext_lazy("It took place"),
    Step.SUBMIT: gettext_lazy("Submit for approval"),
    Step.APPROVE: gettext_lazy("Approve"),
    Step.SEND_BACK: gettext_lazy("Send back"),
    Step.LOCK: gettext_lazy("Lock"),
    Step.UNLOCK: gettext_lazy("Unlock"),
    Step.CANCEL: gettext_lazy("Cancel the session"),
}
DONE_LABELS: dict[Step, str | Promise] = {
    Step.HOLD: gettext_lazy("Took place"),
    Step.SUBMIT: gettext_lazy("Submitted"),
    Step.APPROVE: gettext_lazy("Approved"),
    Step.SEND_BACK: gettext_lazy("Sent back"),
    Step.LOCK: gettext_lazy("Locked"),
    Step.UNLOCK: gettext_lazy("Unlocked"),
    Step.CANCEL: gettext_lazy("Cancelled"),
}
_LIFE = [SessionState.PLANNED, SessionState.HELD, SessionState.SUBMITTED, SessionState.APPROVED, SessionState.LOCKED]


@dataclass(frozen=True, slots=True)
class Line:
    """A session in a list."""

    session: Session
    starts_at: dt.datetime
    ends_at: dt.datetime
    type: str
    place: str
    tone: str
    attendances: int | None


@dataclass(frozen=True, slots=True)
class Day:
    """A day with its sessions."""

    date: dt.date
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Square:
    """One day of the month calendar; days of the months around it are only there to fill the week."""

    date: dt.date
    is_inside: bool
    is_today: bool
    sessions: int


def label(code_list: str, code: str) -> str:
    return str(codes.code_list(code_list).label(code))


def place_of(session: Session) -> str:
    """Return venue, district and region in words, as far as they are known."""
    named = [str(places.name(code)) for code in (session.district, session.region) if code]
    return ", ".join(part for part in (session.venue, *named) if part)


def line_of(session: Session) -> Line:
    counted = getattr(session, "counted_sum", None)
    return Line(
        session=session,
        starts_at=timezone.localtime(session.starts_at),
        ends_at=timezone.localtime(session.ends_at),
        type=label("session_type", session.session_type),
        place=place_of(session),
        tone=TONES[SessionState(session.state)],
        attendances=None if counted is None else session.named_count + counted,  # type: ignore[attr-defined]
    )


def lines(sessions: Iterable[Session]) -> list[Line]:
    return [line_of(session) for session in sessions]


def by_day(sessions: Iterable[Session]) -> list[Day]:
    """Group sessions that are sorted by time under their days."""
    return [Day(day, list(group)) for day, group in groupby(lines(sessions), key=lambda line: line.starts_at.date())]


def weeks(first: dt.date, days: Sequence[Day], today: dt.date) -> list[list[Square]]:
    """Return the month as weeks from Monday, each day with how many sessions it has."""
    held = {day.date: len(day.lines) for day in days}
    return [
        [Square(date, date.month == first.month, date == today, held.get(date, 0)) for date in week]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]


def life_of(session: Session) -> list[tuple[str, str]]:
    """Return the steps of the session's life for `<c-steps>`."""
    if session.state == SessionState.CANCELLED:
        return [(str(SessionState.PLANNED.label), "done"), (str(SessionState.CANCELLED.label), "current")]
    at = _LIFE.index(SessionState(session.state))
    states = ["done"] * at + ["current"] + ["todo"] * (len(_LIFE) - at - 1)
    return [(str(state.label), standing) for state, standing in zip(_LIFE, states, strict=True)]


def items_of(test: KnowledgeTest) -> list[TestItem]:
    return [TestItem(item.answered, item.correct) for item in test.items.all()]


def test_chart(tests: Sequence[KnowledgeTest]) -> Chart | None:
    """Draw the share of right answers per question, before beside after; None without any test."""
    if not tests:
        return None
    series = {test.phase: items_of(test) for test in tests}
    longest = max(len(items) for items in series.values())
    return Chart(
        kind="bar",
        title=_("Right answers per question"),
        categories=tuple(str(number) for number in range(1, longest + 1)),
        series=tuple(
            Series(str(TestPhase(phase).label), tuple(_rounded(rules.share_correct([item])) for item in items))
            for phase, items in sorted(series.items(), key=lambda pair: TestPhase.values.index(pair[0]))
        ),
        unit=_("% of those who answered"),
        note=_test_note(tests),
    )


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 1)


def _test_note(tests: Sequence[KnowledgeTest]) -> str:
    told = [
        _("%(phase)s: %(count)s answered.") % {"phase": test.get_phase_display(), "count": test.answered}
        for test in sorted(tests, key=lambda test: TestPhase.values.index(test.phase))
    ]
    if len(tests) > 1:
        matched = all(test.matched for test in tests)
        told.append(_("The same people before and after.") if matched else _("Not matched: the groups may differ."))
        told.append(_("A change on the day; without a comparison group it is not an effect."))
    return " ".join(told)
