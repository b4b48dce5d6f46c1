"""How long the desk's pages take in the server, and how many queries, with 300,000 people and 1,000,000 contacts in SQLite.

The demo's months are built by its actions, then bulk rows are written through the models until the registry is that large: a
node after years of work, most of it at its main centre, with follow-ups nobody answered, open case files and a long trail.
Every page of the desk that one address opens is asked in this process, through Django's test client, by somebody who may. Usage:

    benchmarks/desk_pages.py [--folder FOLDER] [--rounds N] [--people N] [--contacts N] [--only WORD]

A folder that already holds such a database is used again, which saves the building. Search, registering and the figures are
measured elsewhere (lookup.py, registrations.py) or build their own store first, and are left out here.
"""

import argparse
import contextlib
import datetime as dt
import os
import random
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from uuid import UUID

ROOT = Path(__file__).resolve().parents[1]
AIM = 0.100
PATIENCE = 5.0
BLOCK = 2_000
SEED = 4
COUNSELLORS = 40
MAIN_SHARE = 0.6
FOLLOWED_UP, LEFT_OPEN = 0.2, 0.03
# One person in five has a case file, one in twelve of those is open; one contact in twelve led to a referral.
CASES, OPEN_CASES = 0.2, 0.08
REFERRALS, OPEN_REFERRALS = 0.08, 0.03


def main() -> None:
    options = _options()
    _configure(options.folder)
    if not (options.folder / "filled").exists():
        build(options)
    measure(options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, default=Path("/tmp/deskpages"))  # noqa: S108  (only generated people)
    parser.add_argument("--people", type=int, default=300_000)
    parser.add_argument("--contacts", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--only", default="", help="measure only pages with this word in their name")
    return parser.parse_args()


def _configure(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    os.environ |= {
        "SAFAR_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "safar.config.settings.demo",
        "SAFAR_SECRET_KEY": "benchmark",
    }
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    import django

    django.setup()


def build(options: argparse.Namespace) -> None:
    """Build the demo, then fill it up to the size asked for."""
    from django.core.management import call_command
    from django.db import connection

    started = time.perf_counter()
    call_command("compile_translations")
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("build_demo", "--seed", "1")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = OFF")
    Filling(random.Random(SEED)).fill(options.people, options.contacts)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    (options.folder / "filled").touch()
    print(f"built in {time.perf_counter() - started:.0f} s")


class Filling:
    """Writes the rows of a large registry as the actions would leave them, in blocks and past the actions."""

    def __init__(self, rng: random.Random) -> None:
        from safar.kernel.clock import now, today
        from safar.trust.models import Centre, Staff

        self.rng = rng
        self.now, self.today = now(), today()
        self.centres = list(Centre.objects.order_by("code"))
        self.home = Staff.objects.get(email="counsellor@demo.example").centre
        self.people: list[UUID] = []
        self.counsellors: list[UUID] = []

    def fill(self, people: int, contacts: int) -> None:
        from safar.cases.models import Contact
        from safar.people.models import Person

        self._hire()
        missing = people - Person.objects.count()
        self._write(self._people(missing), "people")
        self._write(self._contacts(contacts - Contact.objects.count()), "contacts")
        self._write(self._cases(int(missing * CASES)), "case files")
        self._write(self._referrals(int(contacts * REFERRALS)), "referrals")
        self._write(self._trail(contacts), "rows of the trail")

    def _write(self, rows: Iterator[tuple], what: str) -> None:
        """Write tuples of rows that belong together, each kind of row in its own table, the first kind first."""
        from django.db import transaction

        count = 0
        while block := list(islice(rows, BLOCK)):
            kinds: dict[type, list] = {}
            for row in (row for together in block for row in together):
                kinds.setdefault(type(row), []).append(row)
            with transaction.atomic():
                for model, held in kinds.items():
                    model.objects.bulk_create(held, batch_size=BLOCK)
            count += len(block)
        print(f"  {count:,} {what}", flush=True)

    def _hire(self) -> None:
        from safar.trust.models import RoleAssignment, Staff

        staff = [
            Staff(email=f"bulk{number}@demo.example", full_name=f"Counsellor {number}", centre=self._centre())
            for number in range(COUNSELLORS)
        ]
        Staff.objects.bulk_create(staff)
        RoleAssignment.objects.bulk_create(RoleAssignment(staff=member, role="counsellor") for member in staff)
        self.counsellors = [
            *(member.pk for member in staff),
            *Staff.objects.filter(email__startswith="counsellor").values_list("pk", flat=True),
        ]

    def _centre(self):
        return self.home if self.rng.random() < MAIN_SHARE else self.rng.choice(self.centres)

    def _moment(self, years: int = 5) -> dt.datetime:
        return self.now - dt.timedelta(minutes=self.rng.randrange(60, years * 365 * 24 * 60))

    def _people(self, count: int) -> Iterator[tuple]:
        from safar.people.models import ConsentGrant, ContactPoint, Person

        rng = self.rng
        for number in range(count):
            since = self._moment()
            person = Person(
                client_number=f"BULK-{number:07d}", family_name=f"Family{rng.randrange(40_000)}",
                given_name=f"Given{rng.randrange(3_000)}", name_script="Latn", sex=rng.choice(["female", "male"]),
                birth_year=rng.randrange(1960, 2009), region="UZ-AN", language="uz", category="potential_migrant",
                centre=self._centre(), registered_on=since.date(),
            )  # fmt: skip
            self.people.append(person.pk)
            yield (
                person,
                *(
                    ConsentGrant(
                        person=person, purpose=purpose, granted=True, text_version="1", language="uz",
                        method="written", decided_at=since,
                    )
                    for purpose in ("keep_file", "be_contacted")
                ),
                ContactPoint(person=person, kind="phone", value=f"+9989{number:08d}", tail=f"9{number:08d}"),
            )  # fmt: skip

    def _contacts(self, count: int) -> Iterator[tuple]:
        from safar.cases.models import Contact, ContactTopic

        rng = self.rng
        for _ in range(count):
            at, named = self._moment(), rng.random() < 0.62
            due = at.date() + dt.timedelta(days=rng.choice([7, 14, 30])) if rng.random() < FOLLOWED_UP else None
            is_done = due is not None and due < self.today and rng.random() >= LEFT_OPEN
            topic = rng.choice(["legal_channels", "contract", "entry_ban_or_registry", "documents_passport"])
            contact = Contact(
                person_id=rng.choice(self.people) if named else None, centre=self._centre(),
                counsellor_id=rng.choice(self.counsellors), occurred_at=at, recorded_at=at,
                mode=rng.choice(["in_person_office", "phone", "telegram"]), primary_topic=topic,
                destination=rng.choice(["RU", "KR", "KZ", ""]), sex="" if named else "male",
                age_band="" if named else "18_29", region="" if named else "UZ-AN",
                follow_up_on=due if named else None, follow_up_done_at=self.now if named and is_done else None,
                follow_up_outcome="stayed" if named and is_done else "",
            )  # fmt: skip
            yield contact, ContactTopic(contact=contact, topic=topic, primary=True)

    def _cases(self, count: int) -> Iterator[tuple]:
        from safar.cases.models import CaseEvent, CaseFile

        rng = self.rng
        for person in rng.sample(self.people, count):
            since, is_open = self._moment().date(), rng.random() < OPEN_CASES
            case = CaseFile(
                kind=rng.choice(["pre_departure", "reintegration"]), person_id=person, centre=self._centre(),
                worker_id=rng.choice(self.counsellors), state="active" if is_open else "closed", opened_on=since,
                closed_on=None if is_open else min(since + dt.timedelta(days=90), self.today),
            )  # fmt: skip
            steps = ("opened",) if is_open else ("opened", "state")
            yield case, *(CaseEvent(case_file=case, kind=kind, occurred_on=since, state=case.state) for kind in steps)

    def _referrals(self, count: int) -> Iterator[tuple]:
        from safar.cases.models import Referral, ReferralMove

        rng = self.rng
        for _ in range(count):
            made, is_open = self._moment().date(), rng.random() < OPEN_REFERRALS
            # A draft needs no consent, and what is open for years is mostly a draft nobody sent.
            referral = Referral(
                person_id=rng.choice(self.people), centre=self._centre(), service="legal_aid",
                recipient=f"Office {rng.randrange(60)}", due_on=made + dt.timedelta(days=30), made_on=made,
                made_by_id=rng.choice(self.counsellors), state="draft" if is_open else "cancelled",
                ended_on=None if is_open else made,
            )  # fmt: skip
            yield referral, ReferralMove(referral=referral, to_state="draft", moved_on=made)

    def _trail(self, count: int) -> Iterator[tuple]:
        from safar.trust.models import AuditEntry

        for _ in range(count):
            yield (
                AuditEntry(
                    verb="read", action="people.person.open", actor_kind="staff", recorded_at=self._moment(),
                    staff_id=self.rng.choice(self.counsellors), person_key=self.rng.choice(self.people),
                ),
            )  # fmt: skip


def measure(options: argparse.Namespace) -> None:
    from safar.cases.models import Contact
    from safar.people.models import Person

    print(
        f"{Person.objects.count():,} people, {Contact.objects.count():,} contacts, SQLite; {os.cpu_count()} processors, "
        f"load {os.getloadavg()[0]:.1f}; median and p95 of {options.rounds}, server time in ms"
    )
    print(f"{'page':34}{'median':>8}{'p95':>8}{'cpu':>8}{'queries':>9}{'KB':>7}")
    slow = 0
    for name, path, client in _asked(options):
        started = time.perf_counter()
        first = client.get(path)
        # A page that takes seconds is told by a single second try.
        rounds = options.rounds if time.perf_counter() - started < PATIENCE else 1
        if first.status_code != 200:
            print(f"{name:34}answered {first.status_code}")
            continue
        spent = [_seconds(lambda path=path, client=client: client.get(path)) for _ in range(rounds)]
        times, work = sorted(wall for wall, _cpu in spent), statistics.median(cpu for _wall, cpu in spent)
        median, p95 = statistics.median(times), times[min(int(len(times) * 0.95), len(times) - 1)]
        slow += median > AIM
        print(
            f"{name:34}{median * 1000:8.0f}{p95 * 1000:8.0f}{work * 1000:8.0f}{_queries(client, path):9d}{len(first.content) / 1024:7.0f}"
            f"{'   over the aim' if median > AIM else ''}",
            flush=True,
        )
    print(
        f"{slow} pages over the aim of {AIM * 1000:.0f} ms" if slow else f"no page over the aim of {AIM * 1000:.0f} ms"
    )


def _asked(options: argparse.Namespace) -> Iterator[tuple]:
    """Give name, address and signed-in client of each page of the browser tests that one address opens."""
    from tests.e2e.pages import DESK

    node = _Rows(options.folder / "safar.sqlite3")
    clients: dict[str, object] = {}
    for page in DESK:
        if page.way or page.url_name.startswith("desk:insights:") or options.only not in page.name:
            continue
        try:
            path = page.path(node)
        except LookupError:
            print(f"{page.name:34}nothing in the database to open")
            continue
        if page.who not in clients:
            clients[page.who] = _client(page.who)
        yield page.name, path, clients[page.who]


def _client(who: str):
    from django.test import Client

    from safar.trust.models import Staff

    client = Client(raise_request_exception=False, HTTP_HOST="localhost")
    client.force_login(
        Staff.objects.get(email=f"{who}@demo.example"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


def _seconds(act: Callable[[], object]) -> tuple[float, float]:
    """Return how long it took, and how long the processor worked on it: on a busy machine the two differ."""
    started, working = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - started, time.process_time() - working


def _queries(client, path: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


class _Rows:
    """Looks up what a page opens in the database file, as the browser tests do in theirs."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def one(self, sql: str) -> object:
        with contextlib.closing(sqlite3.connect(f"file:{self.file}?mode=ro", uri=True, timeout=20)) as connection:
            row = connection.execute(sql).fetchone()
        if row is None:
            raise LookupError(sql)
        return row[0]

    def id(self, sql: str) -> UUID:
        return UUID(str(self.one(sql)))


if __name__ == "__main__":
    main()
