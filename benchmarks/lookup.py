"""Find one of a million people by a record that is not in the index: the registry's own lookup beside pg_trgm in the same run.

The registry is the generator's (`safar.methods.linkage.synthetic`), people of Central Asia nobody is, with another script, typos
and swapped fields. One record of each of --queries people who have several is taken out and asked for; a hit is any record
of the same person among the first ten. Usage:

    benchmarks/lookup.py [--people N] [--queries N] [--seed N] [--database URL] [--clients N]

On PostgreSQL (`.ci/postgresql benchmarks/lookup.py --database "$SAFAR_DATABASE_URL"`) pg_trgm answers the same queries, and
`--clients N` asks the desk over HTTP what it answers while somebody types, as N counsellors at once.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path
from uuid import UUID

ROOT = Path(__file__).resolve().parents[1]
_BLOCK = 5000
_PEER_QUERIES = 200
_RECORDS_A_PERSON = 1.25


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        _configure(folder, options.database)
        kept, asked = _registry(options.people, options.queries, options.seed)
        started = time.perf_counter()
        centre = _fill(kept)
        print(
            f"{len(kept)} files, {len(asked)} queries, seed {options.seed}, {options.database.split(':')[0] or 'SQLite'}"
        )
        print(f"filled and indexed in {time.perf_counter() - started:.0f} s; {_sizes()}")
        people = {UUID(int=number): row.pid for number, row in enumerate(kept, 1)}
        for name, wanted in (
            ("name + birth date + phone", (1, 1)),
            ("name + birth date", (1, 0)),
            ("name only", (0, 0)),
        ):
            _report(name, asked, lambda row, wanted=wanted: [people[key] for key in _find(row, *wanted)])
        if options.database:
            peer = _peer(kept)
            for threshold in (0.3, 0.5):
                few = asked[:_PEER_QUERIES]
                _report(f"pg_trgm ASCII, threshold {threshold}, {len(few)} queries", few, peer(threshold))
        if options.clients:
            _over_http(asked, options.clients, centre)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=50_000, help="how many files the registry holds")
    parser.add_argument("--queries", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=20261)
    parser.add_argument("--database", default="")
    parser.add_argument("--clients", type=int, default=0)
    return parser.parse_args()


def _configure(folder: str, database: str) -> None:
    os.environ |= {
        "SAFAR_DATA": folder,
        "DJANGO_SETTINGS_MODULE": "safar.config.settings.demo",
        "SAFAR_SECRET_KEY": "benchmark",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    if database:
        os.environ["SAFAR_DATABASE_URL"] = database
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def _registry(files: int, queries: int, seed: int):
    """Return the records of the registry and those taken out of it to be asked for."""
    from safar.methods.linkage import synthetic

    rows = list(islice(synthetic.registry(int(files / _RECORDS_A_PERSON), seed), files + queries))
    by_person = defaultdict(list)
    for row in rows:
        by_person[row.pid].append(row.rid)
    several = sorted(pid for pid, rids in by_person.items() if len(rids) > 1)
    rng = random.Random(seed)
    out = {rng.choice(by_person[pid]) for pid in rng.sample(several, min(queries, len(several)))}
    return [row for row in rows if row.rid not in out], [row for row in rows if row.rid in out]


def _born(text: str) -> tuple[int | None, int | None, int | None]:
    parts = [int(part) for part in text.split("-")] if text else []
    return (*parts, *[None] * (3 - len(parts)))  # type: ignore[return-value]


def _fill(kept) -> object:
    """Write people, keys and phones as the actions would, but past the models; return the centre they belong to."""
    from safar.kernel.actor import MACHINE
    from safar.people.actions import index
    from safar.people.models import ContactPoint, IndexKey, Person
    from safar.trust.actions import centres
    from safar.trust.rules import CentreDetails

    details = CentreDetails(code="TAS", kind="centre", name={"en": "Benchmark"}, region="UZ-TK")
    centre = centres.add(details=details, by=MACHINE)
    person_rows = _Rows(Person(name_script="Latn", centre=centre, registered_on=date(2026, 11, 1)))
    key_rows, point_rows = _Rows(IndexKey()), _Rows(ContactPoint(kind="phone"))
    with _indexed_afterwards(key_rows), _indexed_afterwards(point_rows):
        bones = _write(kept, person_rows, key_rows, point_rows)
    index.learn_vocabulary(bones)
    _analyse()
    return centre


def _write(kept, person_rows, key_rows, point_rows) -> set[str]:
    """Write the rows of everybody; return the skeletons of their names."""
    from safar.methods.names.births import Birth
    from safar.people.queries import index_keys
    from safar.people.rules import phone_tail

    bones: set[str] = set()
    numbered = iter(enumerate(kept, 1))
    while block := list(islice(numbered, _BLOCK)):
        for number, row in block:
            year, month, day = _born(row.dob)
            name = (row.surname, row.given, row.patronymic)
            identifier = UUID(int=number)
            person_rows.add(
                id=identifier, client_number=f"TAS-26-{number:07d}", family_name=name[0], given_name=name[1],
                patronymic=name[2], sex=row.sex or "unknown", birth_year=year, birth_month=month, birth_day=day,
                district=row.district,
            )  # fmt: skip
            for key in index_keys.keys_of([name], Birth(year, month, day)):
                key_rows.add(person_id=identifier, key=key, year=year or 0)
            bones |= index_keys.skeletons_of([name])
            if row.phone:
                point_rows.add(id=identifier, person_id=identifier, value=row.phone, tail=phone_tail(row.phone))
        for rows in (person_rows, key_rows, point_rows):
            rows.write()
    return bones


@contextmanager
def _indexed_afterwards(rows) -> Iterator[None]:
    """Take away a table's indexes while it is filled: made at once from six million rows, they take a tenth of the time."""
    from django.db import connection

    table = rows.model._meta.db_table
    asked = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql LIKE 'CREATE INDEX%%'",
        "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexdef LIKE 'CREATE INDEX%%'",
    }
    with connection.cursor() as cursor:
        cursor.execute(asked[connection.vendor], [table])
        made = cursor.fetchall()
        for name, _sql in made:
            cursor.execute(f'DROP INDEX "{name}"')
    yield
    with connection.cursor() as cursor:
        for _name, sql in made:
            cursor.execute(sql)


class _Rows:
    """Rows of one table made from an example: what a row does not say is as in the example."""

    def __init__(self, example) -> None:
        from django.db import connection

        self.connection, self.model = connection, type(example)
        fields = [field for field in self.model._meta.concrete_fields if field.get_internal_type() != "BigAutoField"]
        self.columns = [field.column for field in fields]
        self.example = {
            field.attname: field.get_db_prep_save(getattr(example, field.attname), connection) for field in fields
        }
        self.rows: list[tuple] = []

    def add(self, **values) -> None:
        if self.connection.vendor == "sqlite":
            values = {name: value.hex if isinstance(value, UUID) else value for name, value in values.items()}
        self.rows.append(tuple((self.example | values).values()))

    def write(self) -> None:
        table = f"{self.model._meta.db_table} ({', '.join(self.columns)})"
        with self.connection.cursor() as cursor:
            if self.connection.vendor == "sqlite":
                marks = ", ".join(["%s"] * len(self.columns))
                cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", self.rows)  # noqa: S608
            else:
                with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                    for row in self.rows:
                        copy.write_row(row)
        self.rows = []


def _analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _sizes() -> str:
    from safar.people.models import IndexKey, NearName

    return f"{IndexKey.objects.count()} key rows, {NearName.objects.count()} vocabulary rows"


def _find(row, with_birth: int, with_phone: int) -> list[UUID]:
    from safar.methods.names.births import Birth
    from safar.methods.names.evidence import Record
    from safar.methods.names.parsing import parse_name
    from safar.people.queries import lookup

    name = parse_name(row.surname, row.given, row.patronymic)
    birth = Birth(*_born(row.dob)) if with_birth else Birth()
    phones = lookup.tails_of([row.phone]) if with_phone else frozenset()
    wanted = Record(name.family, name.given, name.patronymic, birth, phones=phones)
    return [found.row.person_id for found in lookup.find(wanted)]


def _report(name: str, asked, find: Callable[[object], list[int]]) -> None:
    first = ten = 0
    times = []
    for row in asked[:20]:
        find(row)
    for row in asked:
        started = time.perf_counter()
        found = find(row)
        times.append(time.perf_counter() - started)
        first += found[:1] == [row.pid]
        ten += row.pid in found[:10]
    print(f"{name:42} hit@1 {first / len(asked):.3f}  hit@10 {ten / len(asked):.3f}  {_times(times)}", flush=True)


def _times(times: list[float]) -> str:
    times = sorted(times)
    tail = {share: times[min(len(times) - 1, int(len(times) * share / 100))] for share in (95, 99)}
    return f"p50 {statistics.median(times) * 1000:.2f}  p95 {tail[95] * 1000:.2f}  p99 {tail[99] * 1000:.2f} ms"


def _ascii(text: str) -> str:
    """Return the name in ASCII by anyascii, else by our own Latin letters without marks, which can only help the peer."""
    try:
        from anyascii import anyascii
    except ImportError:
        from safar.methods.names.transliteration import to_latin

        plain = unicodedata.normalize("NFD", to_latin(text))
        return "".join(letter for letter in plain if letter.isascii()).lower()
    return str(anyascii(text)).lower()


def _name_of(row) -> str:
    return _ascii(" ".join(part for part in (row.surname, row.given, row.patronymic) if part))


def _peer(kept) -> Callable[[float], Callable[[object], list[int]]]:
    """Fill a table of ASCII names with a trigram index; the peer's rank adds an equal year of birth, as ours does."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute("CREATE TABLE peer (pid integer, year smallint, name text)")
        with cursor.copy("COPY peer FROM STDIN") as copy:
            for row in kept:
                copy.write_row((row.pid, _born(row.dob)[0], _name_of(row)))
        cursor.execute("CREATE INDEX ON peer USING gin (name gin_trgm_ops)")
        cursor.execute("ANALYZE peer")

    def at(threshold: float) -> Callable[[object], list[int]]:
        with connection.cursor() as cursor:
            cursor.execute(f"SET pg_trgm.similarity_threshold = {threshold}")

        def find(row) -> list[int]:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pid FROM peer WHERE name %% %s ORDER BY similarity(name, %s) + 0.3 * (year IS NOT DISTINCT FROM %s)::int DESC LIMIT 10",
                    [_name_of(row), _name_of(row), _born(row.dob)[0]],
                )
                return [pid for (pid,) in cursor.fetchall()]

        return find

    return at


def _over_http(asked, clients: int, centre) -> None:
    """Ask what the desk answers while somebody types, as several counsellors: with their pauses, as people type, and without any."""
    import registrations
    from django.core.management import call_command

    from safar.kernel.actor import MACHINE
    from safar.trust.actions import staff

    call_command("compile_translations")
    call_command("collectstatic", verbosity=0, interactive=False)
    for number in range(clients):
        staff.add(
            email=f"client{number}@example.org", full_name=f"Client {number}", centre=centre, roles=["counsellor"],
            password=registrations.PASSWORD, by=MACHINE,
        )  # fmt: skip
    server = registrations._serve(2)  # noqa: SLF001
    try:
        members = [registrations.Client(number) for number in range(clients)]
        for name, pause in (
            ("desk, while typing, a question each second", 1.0),
            ("desk, while typing, without a pause", 0.0),
        ):
            with ThreadPoolExecutor(clients) as pool:
                shares = [list(_questions(asked[number::clients])) for number in range(clients)]
                each = list(pool.map(_ask, members, shares, [pause] * clients, range(clients)))
            times = [seconds for listed in each for seconds in listed]
            print(f"{name:42} {clients} clients, {len(times)} questions  {_times(times)}", flush=True)
    finally:
        os.killpg(server.pid, 9)
        server.wait()


def _questions(asked) -> Iterator[str]:
    for row in asked:
        yield " ".join(part for part in (row.surname, row.given, row.patronymic, row.dob) if part)


def _ask(member, questions: list[str], pause: float, number: int) -> list[float]:
    times = []
    time.sleep(pause * number / 8)
    for text in questions:
        token = member.cookies["csrftoken"]
        started = time.perf_counter()
        status, _page = member.send("POST", "/desk/people/suggest/", {"csrfmiddlewaretoken": token, "q": text})
        times.append(time.perf_counter() - started)
        if status != 200:
            sys.exit(f"a search answered {status}")
        time.sleep(max(0.0, pause - times[-1]))
    return times


if __name__ == "__main__":
    main()
