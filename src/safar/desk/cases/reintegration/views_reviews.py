import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from safar.cases.actions import reviews as actions
from safar.cases.models import PlanReview
from safar.cases.permissions import MANAGE_CASE, READ_COHORTS
from safar.cases.queries import cohorts as cohort_queries
from safar.cases.queries import reintegration
from safar.desk.access import requires
from safar.desk.cases.reintegration import staying
from safar.desk.cases.reintegration.forms_reviews import ReviewForm
from safar.desk.cases.reintegration.views import needs_second_person_to_leave, page_of
from safar.desk.forms import UNPROCESSABLE
from safar.desk.middleware import DeskRequest
from safar.kernel.clock import today
from safar.people.queries import persons
from safar.people.queries.consent import who_may_be_followed_up

AHEAD_DAYS = 30


@requires(MANAGE_CASE)
def list_reviews(request: DeskRequest) -> HttpResponse:
    """Show whose review is due, the most overdue first, and who may be contacted for it."""
    until = today() + dt.timedelta(days=AHEAD_DAYS)
    page = page_of(request, reintegration.due_reviews(by=request.actor, until=until))
    ids = {review.case_file.person_id for review in page if review.case_file.person_id}
    people, allowed = persons.labels(ids, by=request.actor), who_may_be_followed_up(ids) if ids else set()
    lines = [
        (
            review,
            people.get(review.case_file.person_id, ""),
            max((today() - review.due_on).days, 0),
            review.case_file.person_id in allowed,
        )
        for review in page
    ]
    return render(request, "desk/cases/reintegration/reviews.html", {"page": page, "lines": lines})


@requires(MANAGE_CASE)
def review(request: DeskRequest, review_id: UUID) -> HttpResponse:
    """Hold a review that is due; one that was held is read in the file."""
    get_object_or_404(PlanReview, pk=review_id)
    found = reintegration.review(review_id, by=request.actor)
    case = found.case_file
    if not found.is_due or not case.is_open:
        return redirect("desk:cases:reintegration_case", case.pk)
    form = ReviewForm(
        request.POST if request.method == "POST" else None,
        services=reintegration.services(case),
        before=reintegration.review_before(found),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.hold(review_id=review_id, details=form.details(), by=request.actor)
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The review is in the file."))
            return redirect("desk:cases:reintegration_case", case.pk)
    context = {
        "form": form,
        "review": found,
        "case": case,
        "days_late": max((today() - found.due_on).days, 0),
        "attempts": list(case.attempts.all()),
        "second_person": needs_second_person_to_leave(case),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/cases/reintegration/review.html", context, status=status)


@requires(READ_COHORTS)
def cohorts(request: DeskRequest) -> HttpResponse:
    """Show who stays, by groups of those who began in the same period, and as a curve."""
    form = staying.StayingForm(request.GET or None)
    chosen = form.chosen()
    read = cohort_queries.by_return if chosen.basis == staying.RETURN else cohort_queries.by_plan
    members = read(by=request.actor)
    context = {
        "form": form,
        "chosen": chosen,
        "table": staying.table(members, quarterly=chosen.quarterly),
        "curve": staying.picture(members, chosen),
    }
    return render(request, "desk/cases/reintegration/cohorts.html", context)
