"""Returnees of the demo on their way back: received, planned with, reviewed; some finish, a few leave, one cannot be found."""

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from safar.cases.actions import approvals, cases, closures, plan_steps, plans, receptions, reviews
from safar.cases.enums.approvals import Act
from safar.cases.models import CaseFile, PlanReview, PlanStep, ReintegrationPlan
from safar.cases.queries.approvals import circumstances_of
from safar.cases.queries.reintegration import services
from safar.cases.rules.reintegration import (
    Agreement,
    GoalDetails,
    NeedDetails,
    ReceptionDetails,
    ReviewDetails,
    StepDetails,
)
from safar.demo.office import Office
from safar.demo.population import weighted
from safar.kernel.actor import Actor
from safar.kernel.clock import today
from safar.people.models import Person
from safar.people.queries.consent import may_follow_up
from safar.trust.models import Centre
from safar.trust.queries.actors import actor_for
from safar.trust.queries.profile import profile

_HOW_MANY = 20
_COME_AGAIN = 14
_REVIEW_MAY_BE_DUE = 105
_DOORS = {"self": 34, "airport": 18, "mahalla": 22, "consulate": 8, "ngo": 8, "agency": 6, "other_centre": 4}
_NEEDS = {
    "onward_travel": 20,
    "shelter": 8,
    "health": 14,
    "food_nfi": 16,
    "information": 26,
    "first_aid": 6,
    "cash": 10,
}
_ENDINGS = {"still_in": 52, "completed": 18, "left": 18, "lost": 12}


@dataclass(frozen=True, slots=True)
class _Goal:
    """A goal of the demo with its steps: text, who, service that is noted when it is done."""

    details: GoalDetails
    steps: tuple[tuple[str, str, str], ...]


_GOALS = (
    _Goal(
        GoalDetails("economic", "Payvandchi boʻlib ishga joylashish", "with_help", "Hujjati yoʻq, tajribasi bor"),
        (
            ("Monomarkazda payvandchilik kursi", "partner", "vocational_training"),
            ("Bandlik markazida roʻyxatdan oʻtish", "client", "employment"),
            ("Ish beruvchi bilan uchrashuv", "centre", "employment"),
        ),
    ),
    _Goal(
        GoalDetails("economic", "Oʻz nonvoyxonasini ochish", "with_help", "Joyi bor, uskuna yetishmaydi"),
        (
            ("Biznes-reja yozish", "centre", "business_support"),
            ("Yakka tartibdagi tadbirkor sifatida roʻyxatdan oʻtish", "client", ""),
            ("Pech va un sotib olish", "family", "loan"),
        ),
    ),
    _Goal(
        GoalDetails("social", "Hujjatlarni tartibga keltirish", "now"),
        (
            ("Yangi pasportga ariza berish", "client", "document_restoration"),
            ("Kirish taqiqini tekshirish", "centre", "entry_ban_enquiry"),
        ),
    ),
    _Goal(
        GoalDetails("social", "Bolalarni maktabga qaytarish", "now"),
        (("Maktab direktori bilan gaplashish", "family", "education_children"),),
    ),
    _Goal(
        GoalDetails("psychosocial", "Oila bilan yana birga yashash", "hard", "Qarz sababli kelishmovchilik"),
        (("Oilaviy suhbat, uch uchrashuv", "centre", "MHPSS"),),
    ),
)
# The demo is written in Uzbek; where that is not the language of the country it speaks Russian.
_RUSSIAN = {
    "Payvandchi boʻlib ishga joylashish": "Устроиться сварщиком",
    "Hujjati yoʻq, tajribasi bor": "Документа нет, опыт есть",
    "Monomarkazda payvandchilik kursi": "Курс сварки в учебном центре",
    "Bandlik markazida roʻyxatdan oʻtish": "Встать на учёт в центре занятости",
    "Ish beruvchi bilan uchrashuv": "Встреча с работодателем",
    "Oʻz nonvoyxonasini ochish": "Открыть свою пекарню",
    "Joyi bor, uskuna yetishmaydi": "Место есть, не хватает оборудования",
    "Biznes-reja yozish": "Написать бизнес-план",
    "Yakka tartibdagi tadbirkor sifatida roʻyxatdan oʻtish": "Зарегистрироваться предпринимателем",
    "Pech va un sotib olish": "Купить печь и муку",
    "Hujjatlarni tartibga keltirish": "Привести документы в порядок",
    "Yangi pasportga ariza berish": "Подать заявление на новый паспорт",
    "Kirish taqiqini tekshirish": "Проверить запрет на въезд",
    "Bolalarni maktabga qaytarish": "Вернуть детей в школу",
    "Maktab direktori bilan gaplashish": "Поговорить с директором школы",
    "Oila bilan yana birga yashash": "Снова жить вместе с семьёй",
    "Qarz sababli kelishmovchilik": "Ссоры из-за долга",
    "Oilaviy suhbat, uch uchrashuv": "Семейная беседа, три встречи",
    "Monomarkaz": "Учебный центр",
    "Bandlik markazi": "Центр занятости",
    "Guvohnoma koʻrsatildi": "Показал свидетельство",
    "Shartnoma nusxasi koʻrildi": "Видели копию договора",
    "Hamkor telefonda tasdiqladi": "Партнёр подтвердил по телефону",
    "Uch marta qoʻngʻiroq qilindi": "Звонили три раза",
    "Yana chet elga ketdi": "Снова уехал",
}
_PARTNERS = ("Monomarkaz", "Bandlik markazi")
_EVIDENCE = ("Guvohnoma koʻrsatildi", "Shartnoma nusxasi koʻrildi", "Hamkor telefonda tasdiqladi")


@dataclass(frozen=True, slots=True)
class _Desk:
    """Who accompanies somebody, who is the second person, and what chance says."""

    by: Actor
    coordinator: Actor
    rng: Random


def _said(text: str) -> str:
    return text if profile().default_language == "uz" else _RUSSIAN.get(text, text)


def accompany(office: Office, rng: Random) -> None:
    """Take the files after return that the months of counselling opened, and lead each as far as its age allows.

    Some returnees of the first months, who came for advice only, are received as well: of them it is known who stayed.
    """
    coordinator = office.actors("coordinator")[0]
    files = CaseFile.objects.filter(
        kind="reintegration", closed_on=None, person__merged_into=None, worker__isnull=False
    )
    opened = list(files.select_related("person", "worker", "centre").order_by("opened_on", "id")[:_HOW_MANY])
    for case in opened:
        assert case.worker  # noqa: S101  (the query asked for it)
        if case.person and not case.person.birth.is_minor_on(today()):
            _lead(case.person, case.centre, case.opened_on, _Desk(actor_for(case.worker), coordinator, rng))
    early = today() - dt.timedelta(days=_REVIEW_MAY_BE_DUE)
    others = Person.objects.filter(
        category__startswith="returnee", registered_on__lt=early, merged_into=None, case_files=None
    ).select_related("centre")
    for person in others.order_by("registered_on", "id")[:_COME_AGAIN]:
        if not person.birth.is_minor_on(today()):
            by = rng.choice(office.actors("counsellor"))
            _lead(person, person.centre, person.registered_on, _Desk(by, coordinator, rng))


def _lead(person: Person, centre: Centre, day: dt.date, desk: _Desk) -> None:
    rng, by = desk.rng, desk.by
    ending = weighted(rng, _ENDINGS)
    details = _reception(day, rng)
    case = receptions.receive(person_id=person.pk, details=details, centre=centre, by=by).case_file
    agreed_on = day + dt.timedelta(days=rng.randrange(4, 28))
    if agreed_on > today():
        return
    plan = _plan(case, agreed_on, rng, by)
    _work(case, plan, rng, by, finish=ending == "completed")
    _reviews(case, ending, rng, by)
    if ending in {"left", "lost"}:
        _lose(case, agreed_on, ending, desk)
    elif ending == "completed":
        plans.finish(plan_id=plan.pk, to="completed", by=by)
        closures.close(case_id=case.pk, to="closed", reason="plan_completed", by=by)


def _reception(day: dt.date, rng: Random) -> ReceptionDetails:
    chosen = dict.fromkeys(weighted(rng, _NEEDS) for _ in range(rng.choice([0, 1, 1, 2, 3])))
    outcomes = [("met", ""), ("met", ""), ("referred", ""), ("not_met", "no_means")]
    needs = tuple(NeedDetails(need, *rng.choice(outcomes)) for need in chosen)
    returned_on = day - dt.timedelta(days=rng.randrange(2, 120))
    return ReceptionDetails(weighted(rng, _DOORS), day, returned_on, needs=needs)


def _in_words(goal: GoalDetails) -> GoalDetails:
    return replace(goal, text=_said(goal.text), feasibility_note=_said(goal.feasibility_note))


def _plan(case: CaseFile, day: dt.date, rng: Random, by: Actor) -> ReintegrationPlan:
    plan = plans.draft(case_id=case.pk, on=day, by=by)
    for goal in rng.sample(_GOALS, rng.choice([1, 2, 2, 3])):
        written = plan_steps.add_goal(plan_id=plan.pk, details=_in_words(goal.details), by=by)
        for number, (text, doer, _service) in enumerate(goal.steps, start=1):
            cost = Decimal(rng.choice([0, 0, 250_000, 600_000, 1_500_000])) or None
            details = StepDetails(
                text=_said(text),
                doer=doer,
                doer_name=_said(rng.choice(_PARTNERS)) if doer == "partner" else "",
                due_on=day + dt.timedelta(days=30 * number),
                cost=cost,
                currency=profile().currency if cost else "",
            )
            plan_steps.add_step(goal_id=written.pk, details=details, by=by)
    language = (case.person.language if case.person else "") or profile().default_language
    way = weighted(rng, {"written": 60, "verbal_certified": 30, "voice": 10})
    return plans.agree(plan_id=plan.pk, agreement=Agreement(language, way, day), by=by)


def _work(case: CaseFile, plan: ReintegrationPlan, rng: Random, by: Actor, *, finish: bool) -> None:
    """Do the steps whose day has come, most of them; what was given stands in the file as a service."""
    offered = {_said(text): service for goal in _GOALS for text, _doer, service in goal.steps}
    for step in PlanStep.objects.filter(goal__plan=plan).order_by("due_on", "id"):
        if finish or (step.due_on < today() and rng.random() < 0.7):
            day = min(step.due_on, today())
            plan_steps.move(step_id=step.pk, to="done", evidence=_said(rng.choice(_EVIDENCE)), on=day, by=by)
            if offered[step.text]:
                delivery = "by_referral" if step.doer == "partner" else "direct"
                cases.add_service(case_id=case.pk, service=offered[step.text], delivery=delivery, on=day, by=by)
        elif step.due_on < today():
            plan_steps.move(step_id=step.pk, to="under_way", on=step.due_on, by=by)


def _reviews(case: CaseFile, ending: str, rng: Random, by: Actor) -> None:
    """Hold most of the reviews that were due a while ago; whoever leaves is not met at the last one."""
    past = list(
        PlanReview.objects.filter(case_file=case, due_on__lt=today() - dt.timedelta(days=12)).order_by("due_on")
    )
    for review in past[:-1] if ending in {"left", "lost"} else past:
        if rng.random() < 0.8:
            day = review.due_on + dt.timedelta(days=rng.randrange(9))
            reviews.hold(review_id=review.pk, details=_found(case, day, rng), by=by)


def _found(case: CaseFile, day: dt.date, rng: Random) -> ReviewDetails:
    before, after = sorted(rng.choices(["none", "b1", "b2", "b3"], k=2))
    order = ["b1", "b2", "b3"]
    lines = ("counselling", "economic", "social", "overall", "expectation")
    return ReviewDetails(
        contact="in_contact",
        held_on=day,
        currency=profile().currency,
        work_before=rng.choice(["unemployed", "informal"]),
        work_after=rng.choice(["employed", "self_employed", "informal", "unemployed"]),
        income_before="none" if "none" in {before, after} else min(before, after, key=order.index),
        income_after=after if after != "none" else "b1",
        changes=rng.choice([(), ("job",), ("new_enterprise",), ("training",), ("job", "documents")]),
        confirmed={event.pk: rng.random() < 0.9 for event in services(case)},
        ratings={line: rng.choice([2, 3, 4, 4, 4, 5, 5]) for line in lines},
    )


def _lose(case: CaseFile, agreed_on: dt.date, ending: str, desk: _Desk) -> None:
    """Give somebody up as it is done: after three tries if nobody answers, and when a second person has agreed."""
    by, day = desk.by, agreed_on + dt.timedelta(days=desk.rng.randrange(30, 115))
    if day > today() or case.person_id is None:
        return
    if ending == "lost":
        if not may_follow_up(case.person_id).allowed:
            return
        for before in (16, 9, 0):
            tried = day - dt.timedelta(days=before)
            reviews.attempt(case_id=case.pk, mode="phone", result="no_answer", on=tried, by=by)
    reason = "unreachable" if ending == "lost" else "left_country"
    words = _said("Uch marta qoʻngʻiroq qilindi" if ending == "lost" else "Yana chet elga ketdi")
    asked = approvals.ask(act=Act.DROP_OUT, subject_key=case.pk, reason=words, about=circumstances_of(case), by=by)
    approvals.decide(approval_id=asked.pk, approve=True, by=desk.coordinator)
    review = PlanReview.objects.filter(case_file=case, state="due", due_on__lte=day).order_by("due_on").first()
    if review is None:
        closures.close(case_id=case.pk, to="dropout", reason=reason, words=words, on=day, by=by)
    else:
        contact = "lost" if ending == "lost" else "dropped_out"
        reviews.hold(review_id=review.pk, details=ReviewDetails(contact, day, reason=reason), by=by)
