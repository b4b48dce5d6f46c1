"""Awareness sessions of the demo: planned, held, counted, tested, approved, as officers and the coordinator do it."""

import datetime as dt
from random import Random
from uuid import UUID

from django.utils import timezone
from django.utils.translation import override

from safar.awareness.actions import attendance, learning, materials, sessions
from safar.awareness.models import Session
from safar.awareness.rules import CountedCell, MaterialDetails, RosterRow, SessionDetails, TestItem
from safar.demo.office import Office
from safar.demo.population import weighted
from safar.kernel.clock import today
from safar.reference.queries import codes, places
from safar.trust.queries.profile import profile

TYPES = {
    "mahalla": 34,
    "college": 20,
    "vocational": 14,
    "community": 12,
    "university": 8,
    "school": 6,
    "pre_departure": 6,
}
MODULES = [
    "safe_migration",
    "legal_channels",
    "offer_check",
    "contract_rights",
    "documents",
    "money_debt",
    "trafficking_prevention",
]
BANDS = {
    "school": {"u18": 90, "18_29": 10},
    "college": {"u18": 35, "18_29": 63, "30_44": 2},
    "vocational": {"u18": 20, "18_29": 70, "30_44": 10},
    "university": {"18_29": 96, "30_44": 4},
}
MIXED = {"18_29": 38, "30_44": 36, "45_59": 20, "60_plus": 6}
QUESTIONS = [
    ("patent_registration_RU", "How long may I stay before I must have the patent?"),
    ("agency_or_offer_check", "Is a promise of a job in Korea for money always a fraud?"),
    ("entry_ban_or_registry", "How do I find out whether my son is in the registry?"),
    ("language_and_exam", "Where can I learn Korean for the test in our region?"),
    ("wage_claim", "The employer did not pay for two months. Who helps?"),
]


class Outreach:
    """Writes sessions by calling the actions as the demo's outreach officers; the coordinator approves."""

    def __init__(self, office: Office, rng: Random, hosts: dict[str, UUID]) -> None:
        self.office = office
        self.rng = rng
        self.hosts = hosts
        self._officers = office.actors("officer")
        self._coordinator = office.actors("coordinator")[0]

    def month(self, first: dt.date, last: dt.date, count: int, known: list[UUID], *, lock: bool) -> None:
        """Hold `count` sessions in the days given, approve them, and lock them where the month is closed."""
        span = (last - first).days + 1
        for day in sorted(first + dt.timedelta(days=self.rng.randrange(span)) for _ in range(count)):
            session = self.plan(day)
            self._hold(session, known)
            if lock or self.rng.random() < 0.6:
                by = self._officers[0]
                sessions.submit(session_id=session.pk, by=by)
                sessions.approve(session_id=session.pk, by=self._coordinator)
                if lock:
                    sessions.lock(session_id=session.pk, by=self._coordinator)

    def plan(self, day: dt.date, *, public: bool = False) -> Session:
        rng = self.rng
        kind = weighted(rng, TYPES)
        region = rng.choice(
            [centre.region for centre in self.office.centres]
            + [place.code for place in places.regions(profile().country)]
        )
        district = rng.choice(places.districts(region))
        language = profile().default_language if rng.random() < 0.8 else "ru"
        module = rng.choice(MODULES)
        starts = timezone.make_aware(dt.datetime.combine(day, dt.time(rng.choice([9, 10, 11, 14, 15]))))
        with override(language):
            title = str(codes.code_list("topic_module").label(module))
            venue = f"{codes.code_list('session_type').label(kind)} № {rng.randrange(1, 40)}"
        details = SessionDetails(
            session_type=kind,
            title=title,
            starts_at=starts,
            ends_at=starts + dt.timedelta(minutes=rng.choice([60, 90, 120])),
            language=language,
            region=region,
            district=district.code,
            venue=venue,
            host_id=self.hosts.get("education" if kind in BANDS else "mahalla"),
            modules=sorted({module, rng.choice(MODULES)}),
            facilitators=[rng.choice(self.office.staff["officer"]).pk],
            expected=rng.choice([20, 25, 30, 40]),
            capacity=30 if public else None,
            public=public,
        )
        return sessions.plan(details=details, centre=rng.choice(self.office.centres), by=self._officers[0])

    def _hold(self, session: Session, known: list[UUID]) -> None:
        rng, by = self.rng, self._officers[0]
        sessions.hold(session_id=session.pk, by=by)
        named = rng.sample(known, min(len(known), rng.choice([0, 0, 2, 4, 7])))
        if named:
            attendance.save_roster(session_id=session.pk, rows=[RosterRow(person_id=person) for person in named], by=by)
        size = rng.randrange(14, 58)
        attendance.save_counts(session_id=session.pk, cells=self._cells(session.session_type, size), by=by)
        if rng.random() < 0.6:
            self._test(session, min(size, 30))
        items = [
            MaterialDetails("leaflet", session.language, size),
            MaterialDetails("pocket_card", session.language, size // 2),
        ]
        materials.replace(session_id=session.pk, materials=items, by=by)
        topic, text = rng.choice(QUESTIONS)
        learning.log_question(session_id=session.pk, text=text, topic=topic, by=by)

    def _cells(self, kind: str, size: int) -> list[CountedCell]:
        cells: dict[tuple[str, str], int] = {}
        for _ in range(size):
            cell = ("female" if self.rng.random() < 0.47 else "male", weighted(self.rng, BANDS.get(kind, MIXED)))
            cells[cell] = cells.get(cell, 0) + 1
        return [CountedCell(sex, band, count) for (sex, band), count in sorted(cells.items())]

    def _test(self, session: Session, answered: int) -> None:
        for phase, chance in (("pre", 0.44), ("post", 0.73)):
            items = [TestItem(answered, sum(self.rng.random() < chance for _ in range(answered))) for _ in range(5)]
            learning.save_test(session_id=session.pk, phase=phase, answered=answered, items=items, by=self._officers[0])

    def plan_ahead(self, weeks: int) -> None:
        """Put public sessions on the calendar of the coming weeks."""
        for week in range(weeks):
            for weekday in (1, 3):
                self.plan(today() + dt.timedelta(days=1 + week * 7 + weekday), public=True)
