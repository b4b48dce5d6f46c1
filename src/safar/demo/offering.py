"""Agencies, offer checks and complaints of the demo; every agency is invented and marked so, and the register is a file."""

import csv
import datetime as dt
import io
from decimal import Decimal
from random import Random

from safar.cases.actions import agencies, complaints, offers, triage
from safar.cases.actions.complaints import Passing
from safar.cases.models import Agency, Contact
from safar.cases.queries.complaints import recipient_name, recipients_for
from safar.cases.rules.complaints import ComplaintDetails
from safar.cases.rules.offers import Fee, OfferAnswers
from safar.demo.office import Office
from safar.kernel.actor import Actor
from safar.kernel.clock import today
from safar.people.rules import ConsentDetails
from safar.trust.queries.profile import profile

NAMES = [
    ("Namuna Safar MChJ", "Намуна Сафар МЧЖ"), ("Oq Yoʻl Demo MChJ", "Оқ Йўл Демо МЧЖ"), ("Demo Global Ish XK", "Демо Глобал Иш ХК"),
    ("Sinov Bandlik MChJ", "Синов Бандлик МЧЖ"), ("Misol Mehnat MChJ", "Мисол Меҳнат МЧЖ"), ("Demo Yangi Ufq MChJ", "Демо Янги Уфқ МЧЖ"),
    ("Namuna Safar Plus MChJ", ""), ("Andoza Servis XK", "Андоза Сервис ХК"),
]  # fmt: skip
HEADINGS = [
    "name", "other name", "licence number", "valid from", "valid until", "suspended from", "suspended until", "revoked on", "reason", "stir",
]  # fmt: skip
MOST_CHECKS = 24
_STATE_PAYS = Fee("visa", "employer")


def fill(office: Office, rng: Random) -> None:
    """Bring two registers, check offers with clients of the last weeks, and take a few complaints."""
    day, coordinator = today(), office.actors("coordinator")[0]
    for ago, rows in ((200, _rows(day, late=False)), (6, _rows(day, late=True))):
        agencies.take_over(
            content=_csv(rows), file_name="demo.csv", as_of=day - dt.timedelta(days=ago), source="Demo register: invented agencies",
            is_demo=True, by=coordinator,
        )  # fmt: skip
    counsellors = office.actors("counsellor")
    _check(office, counsellors, rng)
    _complain(office, counsellors, coordinator)


def _rows(day: dt.date, *, late: bool) -> list[list[str]]:
    """Return the register of a day: most agencies licensed, one suspended, one revoked, one run out; the later one knows more."""
    rows = []
    for number, (name, other) in enumerate(NAMES, 1):
        given = day - dt.timedelta(days=900 - 40 * number)
        until = given + dt.timedelta(days=1825 if number != len(NAMES) else 400)
        suspended = (day - dt.timedelta(days=90)).isoformat() if late and number == len(NAMES) - 2 else ""
        resumed = (day - dt.timedelta(days=260)).isoformat() if number == 2 else ""
        earlier = (day - dt.timedelta(days=320)).isoformat() if number == 2 else ""
        revoked = (day - dt.timedelta(days=45)).isoformat() if late and number == 4 else ""
        reason = "Demo" if revoked else ""
        rows.append(
            [name, other, f"DEMO-{number:03}", given.isoformat(), until.isoformat(), suspended or earlier, resumed, revoked, reason,
             f"DEMO{number:05}"]
        )  # fmt: skip
    return rows


def _csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([HEADINGS, *rows])
    return out.getvalue().encode("utf-8")


def _check(office: Office, counsellors: list[Actor], rng: Random) -> None:
    asked = Contact.objects.filter(topics__topic="agency_or_offer_check", voided_at=None).select_related("centre")
    kinds = [_plain, _suspended, _broker, _other_firm]
    for number, contact in enumerate(asked.order_by("-occurred_at", "id")[:MOST_CHECKS]):
        answers = kinds[number % len(kinds)](rng, contact.destination)
        by = counsellors[number % len(counsellors)]
        offers.record(answers=answers, centre=contact.centre, contact_id=contact.pk, by=by)
        if number == 1:
            triage.ask(yes=["trafficking"], centre=office.main, contact_id=contact.pk, by=by)


def _plain(rng: Random, destination: str) -> OfferAnswers:
    return OfferAnswers(
        offered_by="agency", agency_name=rng.choice(["Namuna Safar", "Намуна Сафар МЧЖ", "Misol Mehnat"]), channel="office",
        employer_asked="yes", destination=destination, visa_type="work", contract="yes", contract_on=today() - dt.timedelta(days=3),
        contract_readable="yes", payees=frozenset({"nobody"}), fees=(_STATE_PAYS,), deposit="none", passport="client",
        pressure="no", guaranteed="no", wage_in_contract="yes",
    )  # fmt: skip


def _suspended(rng: Random, destination: str) -> OfferAnswers:
    return OfferAnswers(
        offered_by="agency", agency_name=rng.choice(["Demo Yangi Ufq", "Sinov Bandlik"]), channel="social_media",
        destination=destination, visa_type="work", contract="yes", contract_on=today() - dt.timedelta(days=10), contract_readable="no",
        payees=frozenset({"firm"}), fees=(Fee("placement", "client"),), deposit="none", passport="client", pressure="no",
        guaranteed="no", wage_in_contract="no",
    )  # fmt: skip


def _broker(_rng: Random, destination: str) -> OfferAnswers:
    return OfferAnswers(
        offered_by="broker", channel="acquaintance", destination=destination, visa_type="tourist", contract="no",
        payees=frozenset({"person"}), fees=(Fee("placement", "client", before_contract=True),), deposit="none", passport="asked",
        pressure="yes", guaranteed="yes",
    )  # fmt: skip


def _other_firm(_rng: Random, destination: str) -> OfferAnswers:
    return OfferAnswers(
        offered_by="agency", agency_name="Namuna Safar", channel="office", destination=destination, visa_type="work", contract="yes",
        contract_on=today() - dt.timedelta(days=5), contract_entity="Namuna Safar Plus MChJ", contract_readable="yes",
        payees=frozenset({"firm"}), deposit="none", passport="client", pressure="no", guaranteed="no", wage_in_contract="less",
    )  # fmt: skip


def _complain(office: Office, counsellors: list[Actor], coordinator: Actor) -> None:
    """Take three complaints: one passed on and answered, one about an institution, one about a centre."""
    day = today()
    agency = Agency.objects.order_by("names__name").first()
    named = Contact.objects.filter(person__isnull=False, topics__topic="agency_or_offer_check").select_related("centre")
    contact = named.order_by("-occurred_at", "id").first()
    if agency is None or contact is None:
        return
    by = counsellors[0]
    about_agency = ComplaintDetails("fee_taken_no_job", "Pul olindi, ish berilmadi.", agency_id=agency.pk, happened_on=day - dt.timedelta(days=60), amount=Decimal(700), currency="USD", evidence=("receipt", "messages"))  # fmt: skip
    first = complaints.receive(details=about_agency, centre=office.main, contact_id=contact.pk, received_on=day - dt.timedelta(days=40), by=by)  # fmt: skip
    to = recipients_for(first)[0].code
    agreed = ConsentDetails(
        purpose="share", granted=True, recipient=recipient_name(to), fields=("name", "need"), language=profile().default_language,
        text_version=profile().consent_text("share", profile().default_language).version,
    )  # fmt: skip
    complaints.pass_on(complaint_id=first.pk, to=Passing(to, ("name",), agreed), on=day - dt.timedelta(days=38), by=by)
    complaints.answer(complaint_id=first.pk, text="Demo: tekshiruv boshlandi.", on=day - dt.timedelta(days=12), by=by)
    institution = recipients_for(first)[0].code
    about_institution = ComplaintDetails("other", "Hujjat uchun pul soʻrashdi.", institution=institution)
    complaints.receive(details=about_institution, centre=office.main, by=coordinator)
    about_centre = ComplaintDetails("other", "Uch marta kelib navbat kutdim.", about_centre_id=office.main.pk)
    complaints.receive(details=about_centre, centre=office.main, by=by)
