from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from safar.desk.access import requires
from safar.desk.middleware import DeskRequest
from safar.desk.trust.forms import AuditFilterForm
from safar.desk.trust.trail_file import CONTENT_TYPE, workbook
from safar.kernel.clock import now
from safar.people.permissions import READ_PERSON
from safar.trust.actions import trail
from safar.trust.models import AuditEntry, Staff
from safar.trust.permissions import SEE_AUDIT
from safar.trust.queries import audit as queries
from safar.trust.queries import sign_ins


@requires(SEE_AUDIT)
def audit(request: DeskRequest) -> HttpResponse:
    """Show who did and saw what, newest first, and who fails to sign in at this moment."""
    form = AuditFilterForm(request.GET or None)
    wanted = form.wanted()
    try:
        page = queries.page(wanted, before=request.GET.get("before", ""), by=request.actor)
    except ValidationError:
        return redirect("desk:trust:audit")
    context = {
        "form": form,
        "rows": _rows(page.entries),
        "older": page.older,
        "failed": [] if request.GET else sign_ins.failed(by=request.actor),
        "may_open_people": request.actor.may(READ_PERSON),
    }
    return render(request, "desk/trust/audit.html", context)


@require_POST
@requires(SEE_AUDIT)
def export(request: DeskRequest) -> HttpResponse:
    """Hand out the filtered trail as a workbook. By POST: taking the trail away is itself an event on it."""
    entries = trail.export(AuditFilterForm(request.POST).wanted(), by=request.actor)
    response = HttpResponse(workbook(entries), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="audit-{now():%Y-%m-%d}.xlsx"'
    return response


def _rows(entries: Iterable[AuditEntry]) -> list[dict[str, Any]]:
    entries = list(entries)
    names = _names_of({entry.subject_key for entry in entries if entry.subject_key})
    return [
        {
            "entry": entry,
            "action": queries.label(entry.action),
            "about": names.get(entry.subject_key, "") if entry.subject_key else "",
        }
        for entry in entries
    ]


def _names_of(keys: set[UUID]) -> dict[UUID, str]:
    """Name the subjects that are members of staff; other subjects are opened where they belong."""
    return dict(Staff.objects.filter(pk__in=keys).values_list("pk", "full_name"))
