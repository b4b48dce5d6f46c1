from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safar.desk.access import requires
from safar.desk.forms import UNPROCESSABLE
from safar.desk.middleware import DeskRequest
from safar.desk.people import weighing
from safar.desk.people.forms_duplicates import MergeForm, OtherFileForm, ReasonForm
from safar.insights.extract.merging import effect_of_merge
from safar.kernel.clock import now
from safar.kernel.once import fresh_key
from safar.people.actions import duplicates as actions
from safar.people.actions import merges
from safar.people.enums import MergeState
from safar.people.models import Merge, Person
from safar.people.permissions import MERGE_PEOPLE
from safar.people.queries import clusters, duplicates
from safar.people.queries.persons import labels, open_file


@requires(MERGE_PEOPLE)
def queue(request: DeskRequest) -> HttpResponse:
    """Show the pairs to look at, heaviest first, and the merges that wait for a second person."""
    waiting = duplicates.waiting_merges(by=request.actor)
    named = labels([key for each in waiting for key in (each.kept, each.merged)], by=request.actor)
    context = {
        "pairs": duplicates.queue(by=request.actor),
        "undecided": duplicates.count_undecided(),
        "waiting": [
            (each, named[each.kept], named[each.merged]) for each in waiting if named.keys() >= {each.kept, each.merged}
        ],
    }
    return render(request, "desk/people/duplicates.html", context)


@requires(MERGE_PEOPLE)
def pair(request: DeskRequest, first_id: UUID, second_id: UUID) -> HttpResponse:
    """Put two files side by side with what speaks for and against, and what a merge would do to figures; merge on POST."""
    found = duplicates.pair(first_id, second_id, by=request.actor)
    if found is None:
        raise Http404
    if found.first == found.second:
        return redirect("desk:people:file", found.first.pk)
    form = MergeForm(request.POST or None, pair=(found.first, found.second))
    if request.method == "POST" and form.is_valid() and (done := _merge(request, form)):
        return redirect("desk:people:merge", done.pk)
    context = {
        "pair": found,
        "form": form,
        "form_key": request.POST.get("form_key") or fresh_key(),
        "beside": weighing.side_by_side(found.first, found.second, found.evidence),
        "weight": round(found.evidence.bits, 1),
        "bars": weighing.bars_of(found.evidence),
        "contradictions": weighing.contradictions_of(found.evidence),
        "changes": _changes(found.first.pk, found.second.pk),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/people/duplicates_pair.html", context, status=status)


def _merge(request: DeskRequest, form: MergeForm) -> Merge | None:
    kept, merged = form.kept_and_merged()
    try:
        done = merges.merge(
            kept_id=kept,
            merged_id=merged,
            reason=form.cleaned_data["reason"],
            form_key=request.POST.get("form_key", ""),
            by=request.actor,
        )
    except ValidationError as error:
        form.add_error(None, error.messages)
        return None
    if done.state == MergeState.DONE:
        messages.success(request, _("One file answers for both now. This can be undone for 30 days."))
    else:
        messages.info(request, _("A second person has to confirm this before it happens."))
    return done


def _changes(first_id: UUID, second_id: UUID) -> list[weighing.Change]:
    effect = effect_of_merge(clusters.members_of(first_id), clusters.members_of(second_id))
    return weighing.changes_in_words(effect)


@require_POST
@requires(MERGE_PEOPLE)
def decide(request: DeskRequest, first_id: UUID, second_id: UUID) -> HttpResponse:
    """Remember that two files are two people, or that nobody can tell yet."""
    if duplicates.pair(first_id, second_id, by=request.actor) is None:
        raise Http404
    if request.POST.get("answer") == "not_same":
        reason = request.POST.get("why", "")
        actions.not_same(first_id=first_id, second_id=second_id, reason=reason, by=request.actor)
        messages.success(request, _("Noted: two people. The pair is not proposed again."))
    else:
        actions.not_sure(first_id=first_id, second_id=second_id, by=request.actor)
        messages.info(request, _("The pair stays in the queue, behind the others."))
    return redirect("desk:people:duplicates")


@requires(MERGE_PEOPLE)
def other_file(request: DeskRequest, person_id: UUID) -> HttpResponse:
    """Ask for the number of the person's other file, when somebody at the desk knows better than the machine."""
    get_object_or_404(Person, pk=person_id)
    person = open_file(person_id, by=request.actor)
    form = OtherFileForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        return redirect("desk:people:duplicate", person.pk, form.other)
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/people/duplicates_other.html", {"form": form, "person": person}, status=status)


@requires(MERGE_PEOPLE)
def merge(request: DeskRequest, merge_id: UUID) -> HttpResponse:
    """Show one merge; confirm or refuse it while it waits, undo it within thirty days."""
    shown = get_object_or_404(Merge.objects.select_related("asked_by", "decided_by", "undone_by"), pk=merge_id)
    form = ReasonForm(request.POST if request.POST.get("verb") == "undo" else None)
    if request.method == "POST" and _decided(request, shown, form):
        return redirect("desk:people:merge", shown.pk)
    context = {"merge": shown, "form": form, **_around(shown, request)}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/people/merge.html", context, status=status)


def _decided(request: DeskRequest, shown: Merge, form: ReasonForm) -> bool:
    verb = request.POST.get("verb")
    try:
        if verb == "confirm":
            merges.confirm(merge_id=shown.pk, by=request.actor)
            messages.success(request, _("One file answers for both now. This can be undone for 30 days."))
        elif verb == "refuse":
            merges.refuse(merge_id=shown.pk, by=request.actor)
            messages.info(request, _("The files stay two."))
        elif form.is_valid():
            merges.undo(merge_id=shown.pk, reason=form.cleaned_data["reason"], by=request.actor)
            messages.success(request, _("The files are two again, as they were."))
        else:
            return False
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return True


def _around(shown: Merge, request: DeskRequest) -> dict[str, Any]:
    named = labels([shown.kept, shown.merged], by=request.actor)
    numbers = dict(Person.objects.filter(pk__in=[shown.kept, shown.merged]).values_list("pk", "client_number"))
    until = shown.merged_at + merges.UNDO_WITHIN if shown.merged_at else None
    return {
        "kept": named.get(shown.kept, ""),
        "merged_number": numbers.get(shown.merged, ""),
        "until": until,
        "may_undo": shown.state == MergeState.DONE and until is not None and now() < until,
        "may_confirm": shown.state == MergeState.WAITING and shown.asked_by_id != request.user.pk,
        "changes": _changes(shown.kept, shown.merged) if shown.state == MergeState.WAITING else [],
    }
