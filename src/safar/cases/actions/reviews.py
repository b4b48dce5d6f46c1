import datetime as dt
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.cases.actions import closures
from safar.cases.enums.cases import CaseEventKind, CaseState
from safar.cases.enums.reintegration import LOST_REASON, REVIEW_MOVES, AttemptResult, InContact, ReviewState
from safar.cases.models import CaseEvent, CaseFile, ContactAttempt, PlanReview, ReviewRating, ReviewService
from safar.cases.permissions import MANAGE_CASE
from safar.cases.rules.moves import may_move
from safar.cases.rules.reintegration import ReviewDetails
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import today
from safar.people.actions.gate import gated, passing
from safar.people.enums import ConsentPurpose
from safar.people.rules import Use
from safar.reference.queries import codes
from safar.trust.actions import audit

_PLAIN = ("contact", "reason", "words", "currency", *("work_before", "work_after", "income_before", "income_after"))


@transaction.atomic
def hold(*, review_id: UUID, details: ReviewDetails, by: Actor) -> PlanReview:
    """Record what a review found; somebody who has left, or is lost after enough attempts, closes the file with the reason."""
    check_may(by, MANAGE_CASE)
    reviews = PlanReview.objects.select_for_update(of=("self",)).select_related("case_file")
    review = reviews.get(pk=review_id)
    if not may_move(REVIEW_MOVES, review.state, ReviewState.HELD):
        raise ValidationError({"__all__": _("This review is over.")})
    _check(review, details)
    for name in _PLAIN:
        setattr(review, name, getattr(details, name))
    review.changes = sorted(set(details.changes))
    review.state, review.held_on, review.held_by_id = ReviewState.HELD, details.held_on, by.staff_id
    review.save()
    ReviewService.objects.bulk_create(
        ReviewService(review=review, event_id=event, received=received) for event, received in details.confirmed.items()
    )
    ReviewRating.objects.bulk_create(
        ReviewRating(review=review, line=line, rating=rating) for line, rating in details.ratings.items()
    )
    _trail(review.case_file, "cases.review.hold", by, ["contact", "ratings"])
    if details.contact != InContact.YES:
        closures.close(
            case_id=review.case_file_id, to=CaseState.DROPOUT, reason=details.reason, on=details.held_on, by=by
        )
    return review


@gated(ConsentPurpose.BE_CONTACTED)
@transaction.atomic
def attempt(*, case_id: UUID, mode: str, result: str, on: dt.date | None = None, by: Actor) -> ContactAttempt:
    """Note a try to reach the person of a case; of somebody who does not agree to be contacted nothing is tried."""
    check_may(by, MANAGE_CASE)
    case = CaseFile.objects.select_for_update(of=("self",)).get(pk=case_id)
    day = on or today()
    problems: dict[str, str] = {}
    if not codes.is_known("mode", mode):
        problems["mode"] = _("Choose one of the values offered.")
    if result not in AttemptResult.values:
        problems["result"] = _("Choose one of the values offered.")
    if not case.opened_on <= day <= today():
        problems["on"] = _("The day must lie between the opening of the case and today.")
    if not case.is_open:
        problems["__all__"] = _("This case is closed; open a new one when the person comes back.")
    if problems:
        raise ValidationError(problems)
    if case.person_id:
        passing(case.person_id, Use(ConsentPurpose.BE_CONTACTED), field="result")
    made = ContactAttempt.objects.create(case_file=case, made_on=day, mode=mode, result=result, staff_id=by.staff_id)
    _trail(case, "cases.review.attempt", by, ["result"])
    return made


def _check(review: PlanReview, details: ReviewDetails) -> None:
    messages = {
        "no_reason": _("Say why."),
        "not_asked": _("Whoever is not in contact any more was not asked about work, change or satisfaction."),
        "rating": _("Satisfaction goes from 1 to 5."),
        "income": _("Choose a band of this currency."),
    }
    problems = {name: messages[code] for name, code in details.problems().items()}
    unknown, case = _("Choose one of the values offered."), review.case_file
    if details.contact not in InContact.values:
        problems["contact"] = unknown
    if not case.opened_on <= details.held_on <= today():
        problems["held_on"] = _("The day must lie between the opening of the case and today.")
    for name, code_list in (("work_before", "employment"), ("work_after", "employment")):
        if (value := getattr(details, name)) and not codes.is_known(code_list, value):
            problems[name] = unknown
    if not all(codes.is_known("significant_change", change) for change in details.changes):
        problems["changes"] = unknown
    if not all(codes.is_known("satisfaction_line", line) for line in details.ratings):
        problems["ratings"] = unknown
    if (details.contact == InContact.LOST) != (details.reason == LOST_REASON):
        problems.setdefault("reason", _("Lost is who could not be reached, and nobody else."))
    if not set(details.confirmed) <= set(_services(case)):
        problems["confirmed"] = unknown
    if problems:
        raise ValidationError(problems)


def _services(case: CaseFile) -> list[UUID]:
    events = CaseEvent.objects.filter(case_file=case, kind=CaseEventKind.SERVICE)
    return list(events.order_by("id").values_list("id", flat=True))


def _trail(case: CaseFile, action: str, by: Actor, fields: list[str]) -> None:
    audit.record(by=by, action=action, person_key=case.person_id, subject_key=case.pk, fields=fields)
