"""10,000 registrations through the desk by 4 clients at once: form, consent, duplicate check and audit row each.

The field's figure for comparison is ODK Central's, 89 registrations a second at p95 73 ms with none of the three
(docs/reference/benchmarks.md says how it was measured). Usage: registrations.py [--people N] [--clients N] [--database URL]
"""

import argparse
import http.client
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from random import Random
from urllib.parse import urlencode
from uuid import UUID

ROOT = Path(__file__).resolve().parents[1]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


PORT = _free_port()
PASSWORD = "only for this benchmark"  # noqa: S105
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        _configure(folder, options.database)
        forms = _prepare(options.people, options.clients)
        server = _serve(options.workers)
        try:
            seconds, times = _run(forms)
        finally:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
        _verify(options.people)
    times.sort()
    print(
        f"{options.people} registrations, {options.clients} clients, {options.workers} workers, {options.database or 'SQLite'}"
    )
    print(
        f"{seconds:.1f} s  {options.people / seconds:.0f}/s  p50 {statistics.median(times) * 1000:.0f} ms  p95 {times[int(len(times) * 0.95)] * 1000:.0f} ms"
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--database", default="")
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


def _prepare(people: int, clients: int) -> list[list[dict[str, str]]]:
    """Migrate, hire one counsellor a client, and draw everybody beforehand so that the clock sees the server only."""
    import django

    django.setup()
    from django.core.management import call_command

    from safar.demo.population import Population
    from safar.kernel.actor import MACHINE
    from safar.trust.actions import centres, staff
    from safar.trust.rules import CentreDetails

    call_command("compile_translations")
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    centre = centres.add(
        details=CentreDetails(code="TAS", kind="centre", name={"en": "Benchmark"}, region="UZ-TK"), by=MACHINE
    )
    for number in range(clients):
        staff.add(
            email=f"client{number}@example.org",
            full_name=f"Client {number}",
            centre=centre,
            roles=["counsellor"],
            password=PASSWORD,
            by=MACHINE,
        )
    population = Population("UZ", Random(7))
    forms = [_form(population, number) for number in range(people)]
    return [forms[number::clients] for number in range(clients)]


def _form(population, number: int) -> dict[str, str]:
    somebody = population.person(date(2026, 11, 1))
    phone = somebody.contact_points[0].value if somebody.contact_points else ""
    return {
        "family_name": somebody.family_name,
        "given_name": somebody.given_name,
        "patronymic": somebody.patronymic,
        "sex": somebody.sex,
        "birth_year": str(somebody.birth.year or ""),
        "birth_month": str(somebody.birth.month or ""),
        "birth_day": str(somebody.birth.day or ""),
        "phone": phone,
        "phone_safety": "safe",
        "place": somebody.district or somebody.region,
        "citizenship": "UZ",
        "language": somebody.language,
        "category": somebody.category,
        "keep_file": "on",
        "be_contacted": "on",
        "text_language": "uz",
        "method": "written",
        "guardian_basis": somebody.guardian.basis if somebody.guardian else "",
        "guardian_relation": somebody.guardian.relation if somebody.guardian else "",
        "form_key": str(UUID(int=number + 1)),
    }


def _serve(workers: int) -> subprocess.Popen:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(PORT), "--workers", str(workers)]
    server = subprocess.Popen(
        [*command, "--blocking-threads", "4", "--log-level", "error", "safar.config.wsgi:application"],
        cwd=ROOT,
        start_new_session=True,
    )
    for _ in range(100):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
            connection.request("GET", "/api/v1/version")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.2)
        else:
            return server
    raise SystemExit("the server did not start")


def _text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())[:600]


class Client:
    """One counsellor at one desk, over one kept-alive connection."""

    def __init__(self, number: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        self.cookies: dict[str, str] = {}
        page = self.send("GET", "/desk/account/login/")[1]
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
        status, _ = self.send(
            "POST",
            "/desk/account/login/",
            {"csrfmiddlewaretoken": token, "login": f"client{number}@example.org", "password": PASSWORD},
        )
        if status != 302:
            raise SystemExit(f"sign-in answered {status}: {_text_of(page)}")

    def send(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if fields is not None:
            headers |= FORM
        self.connection.request(method, path, urlencode(fields) if fields else None, headers)
        response = self.connection.getresponse()
        body = response.read().decode()
        for line in response.headers.get_all("Set-Cookie") or []:
            name, _, value = line.split(";", 1)[0].partition("=")
            # The note "File … is open" is for the page that comes next, which nobody fetches here; kept, it would pile up.
            if name != "messages":
                self.cookies[name] = value
        return response.status, body

    def register(self, fields: dict[str, str]) -> float:
        """Register one person as the form does; when somebody alike is shown, look and open a new file."""
        fields["csrfmiddlewaretoken"] = self.cookies["csrftoken"]
        started = time.perf_counter()
        status, page = self.send("POST", "/desk/people/new/", fields)
        if status == 422 and "register_anyway" in page:
            status, page = self.send("POST", "/desk/people/new/", {**fields, "register_anyway": "1"})
        if status != 302:
            raise SystemExit(f"a registration answered {status}: {_text_of(page)}")
        return time.perf_counter() - started


def _run(forms: list[list[dict[str, str]]]) -> tuple[float, list[float]]:
    clients = [Client(number) for number in range(len(forms))]
    started = time.perf_counter()
    with ThreadPoolExecutor(len(forms)) as pool:
        times = list(
            pool.map(lambda pair: [pair[0].register(form) for form in pair[1]], zip(clients, forms, strict=True))
        )
    return time.perf_counter() - started, [each for listed in times for each in listed]


def _verify(people: int) -> None:
    """See that every registration is there with its consent and its audit row."""
    from safar.people.models import ConsentGrant, Person
    from safar.trust.models import AuditEntry

    counted = (
        Person.objects.count(),
        ConsentGrant.objects.filter(purpose="keep_file", granted=True).count(),
        AuditEntry.objects.filter(action="people.person.register").count(),
    )
    if counted != (people, people, people):
        raise SystemExit(f"people, consents and audit rows: {counted}")


if __name__ == "__main__":
    main()
