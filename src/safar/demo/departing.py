"""Departures of the demo: papers filled in with a few clients, and what became of those who left, were delayed or said no."""

import datetime as dt
from decimal import Decimal
from random import Random
from typing import Any

from django.utils import timezone

from safar.cases.actions import cases
from safar.cases.actions import departure as actions
from safar.cases.enums.cases import CaseKind, CaseState
from safar.cases.enums.departure import LEFT, ItemState, Outcome, OutcomeStage, PaperKind
from safar.cases.models import Contact
from safar.cases.queries.checklists import for_destination
from safar.cases.rules.cases import CaseDetails
from safar.cases.rules.departure import CostSheet, Loan
from safar.cases.rules.departure_outcomes import OutcomeDetails, suggested
from safar.demo.office import Office
from safar.demo.population import weighted
from safar.kernel.actor import Actor
from safar.kernel.clock import today
from safar.people.models import Person
from safar.people.queries.consent import may_follow_up
from safar.trust.queries.profile import profile

# Invented amounts: wage in the currency of the destination, and what one unit of it gives at home, in thousandths of a dollar.
WAGES: dict[str, tuple[str, int, str]] = {
    "RU": ("RUB", 70_000, "12"),
    "KR": ("KRW", 2_300_000, "0.72"),
    "KZ": ("KZT", 300_000, "2"),
}
HOME_A_DOLLAR = {"UZS": 12_500, "KGS": 87, "TJS": 11}
FINDINGS = {Outcome.PREPARING: 40, Outcome.POSTPONED: 20, Outcome.DECLINED: 12, Outcome.REGULAR: 20, Outcome.IRREGULAR: 4, Outcome.UNREACHABLE: 4}  # fmt: skip
SCHEMES = {"KR": "eps_korea", "RU": "patent_russia"}
MOST_PEOPLE = 14
PLANS = {
    "uz": {
        "call_first": "Akam, uy telefoni",
        "copies_with": "Onamda, hujjatlar papkasida",
        "call_day": "Har juma, soat 20:00",
        "if_no_call": "Ikki kun kutib, markazga qoʻngʻiroq qilishadi",
        "code_word": "Anor",
    },
    "ky": {
        "call_first": "Байкем, үй телефону",
        "copies_with": "Апамда, документтердин папкасында",
        "call_day": "Ар жума, саат 20:00",
        "if_no_call": "Эки күн күтүп, борборго чалышат",
        "code_word": "Анар",
    },
    "tg": {
        "call_first": "Бародарам, телефони хона",
        "copies_with": "Назди модарам, дар папкаи ҳуҷҷатҳо",
        "call_day": "Ҳар ҷумъа, соати 20:00",
        "if_no_call": "Ду рӯз интизор шуда, ба марказ занг мезананд",
        "code_word": "Анор",
    },
}


def fill(office: Office, rng: Random) -> None:
    """Prepare with the latest contacts of people who plan to leave, and record what became of them."""
    by = office.actors("counsellor")[0]
    wanted = Contact.objects.filter(person__isnull=False, voided_at=None, destination__in=sorted(WAGES))
    ready = wanted.exclude(person__category__startswith="returnee").select_related("centre", "person")
    seen: set[object] = set()
    for contact in ready.order_by("-occurred_at", "person__client_number"):
        if contact.person_id in seen or len(seen) == MOST_PEOPLE:
            continue
        seen.add(contact.person_id)
        _papers(contact, rng, by)
        if contact.person and rng.random() < 0.5:
            _with_case(contact, contact.person, rng, by)
        else:
            _outcome(contact, rng, by)


def _papers(contact: Contact, rng: Random, by: Actor) -> None:
    to: dict[str, Any] = {"contact_id": contact.pk, "centre": contact.centre, "by": by}
    actions.keep_costs(sheet=_costs(contact.destination, rng), **to)
    listed = for_destination(contact.destination)
    states = {item.code: ItemState.MISSING if rng.random() < 0.3 else ItemState.HAS for item in listed.items}
    actions.keep_checklist(form=listed.code, ticks=states, **to)
    if rng.random() < 0.3:
        lines = PLANS.get(profile().default_language, PLANS["uz"])
        actions.keep_plan(kind=PaperKind.EMERGENCY, lines=lines, **to)


def _costs(destination: str, rng: Random) -> CostSheet:
    currency, wage, milli = WAGES[destination]
    home = profile().currency
    dollar = Decimal(HOME_A_DOLLAR.get(home, 1))
    return CostSheet(
        home_currency=home,
        wage_currency=currency,
        rate=dollar * Decimal(milli) / 1000,
        rate_on=today(),
        wage=Decimal(wage),
        contract_months=rng.choice([9, 12, 36]),
        costs={
            name: dollar * amount
            for name, amount in {"agency": rng.choice([0, 50, 300]), "documents": 40, "exam": 30, "ticket": 250}.items()
            if amount
        },
        deductions={"lodging": Decimal(wage) / 5, "board": Decimal(wage) / 8},
        loan=Loan(dollar * rng.choice([0, 200, 400]), Decimal(4), 6),
        remittance=dollar * 100,
    )


def _outcome(contact: Contact, rng: Random, by: Actor) -> None:
    """Record what was found two weeks after the contact, with the day to ask again where the person agreed to that."""
    found_on = min(timezone.localdate(contact.occurred_at) + dt.timedelta(days=14), today())
    may_ask = contact.person_id is not None and may_follow_up(contact.person_id).allowed
    details = _found(rng, found_on, contact.destination, OutcomeStage.BEFORE, may_ask=may_ask)
    actions.record_outcome(details=details, contact_id=contact.pk, centre=contact.centre, by=by)


def _with_case(contact: Contact, person: Person, rng: Random, by: Actor) -> None:
    """Work with a case file: open it on the day of the contact, ask, and close it where the answer ends it."""
    opened_on = timezone.localdate(contact.occurred_at)
    details = CaseDetails(kind=CaseKind.PRE_DEPARTURE, opened_on=opened_on, destination=contact.destination)
    case = cases.open(person_id=person.pk, details=details, centre=contact.centre, by=by)
    if rng.random() < 0.3:
        return  # nobody has asked yet
    found_on = min(opened_on + dt.timedelta(days=21), today())
    may_ask = may_follow_up(person.pk).allowed
    found = _found(rng, found_on, contact.destination, OutcomeStage.BEFORE, may_ask=may_ask)
    actions.record_outcome(details=found, case_id=case.pk, centre=contact.centre, by=by)
    if found.outcome in {*LEFT, Outcome.DECLINED} and found.ask_again_on is None:
        cases.move(case_id=case.pk, to=CaseState.CLOSED, on=found_on, by=by)


def _found(rng: Random, found_on: dt.date, destination: str, stage: OutcomeStage, *, may_ask: bool) -> OutcomeDetails:
    outcome = Outcome(weighted(rng, {code.value: share for code, share in FINDINGS.items()}))
    left_on = found_on if outcome in LEFT else None
    return OutcomeDetails(
        outcome=outcome,
        stage=stage,
        found_on=found_on,
        scheme=SCHEMES.get(destination, "direct_employer") if outcome == Outcome.REGULAR else "",
        destination=destination,
        left_on=left_on,
        ask_again_on=suggested(outcome, left_on, found_on) if may_ask else None,
    )
