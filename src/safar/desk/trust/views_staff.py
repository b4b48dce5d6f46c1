from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safar.desk.access import requires
from safar.desk.forms import UNPROCESSABLE
from safar.desk.middleware import DeskRequest
from safar.desk.trust.account import password_link
from safar.desk.trust.forms import RolesForm, StaffForm
from safar.desk.trust.matrix import allowed_by
from safar.kernel import once
from safar.trust.actions import staff as actions
from safar.trust.models import RoleAssignment, Staff
from safar.trust.permissions import MANAGE_STAFF, ROLES, Role
from safar.trust.queries import staff as queries

_LINK = "password_link"


@requires(MANAGE_STAFF)
def staff(request: DeskRequest) -> HttpResponse:
    rows = [(person, [role.name for role in _roles_of(person)]) for person in queries.all_staff()]
    return render(request, "desk/trust/staff.html", {"rows": rows})


@requires(MANAGE_STAFF)
def add(request: DeskRequest) -> HttpResponse:
    """Add somebody and show, once, the link under which they choose their password."""
    form = StaffForm(request.POST or None)
    key = request.POST.get("form_key") or once.fresh_key()
    if earlier := once.result_of(key):
        return redirect("desk:trust:staff_member", earlier)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            member = actions.add(
                email=data["email"],
                full_name=data["full_name"],
                centre=form.chosen_centre(),
                roles=data["roles"],
                language=data["language"],
                form_key=key,
                by=request.actor,
            )
        except ValidationError as error:
            form.add_problems(error)
        else:
            request.session[_LINK] = {"for": str(member.pk), "link": password_link(request, member)}
            messages.success(request, _("%(name)s is added.") % {"name": member.full_name})
            return redirect("desk:trust:staff_member", member.pk)
    context = {"form": form, "form_key": key, "allowed": allowed_by()}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/trust/staff_add.html", context, status=status)


@requires(MANAGE_STAFF)
def member(request: DeskRequest, staff_id: UUID) -> HttpResponse:
    person = get_object_or_404(queries.all_staff(), pk=staff_id)
    form = StaffForm(request.POST or None, member=person)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.change(
                staff=person,
                email=data["email"],
                full_name=data["full_name"],
                centre=form.chosen_centre(),
                by=request.actor,
            )
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The details are saved."))
            return redirect("desk:trust:staff_member", staff_id)
    return _page(request, person, form=form, status=UNPROCESSABLE if request.method == "POST" else 200)


@require_POST
@requires(MANAGE_STAFF)
def roles(request: DeskRequest, staff_id: UUID) -> HttpResponse:
    person = get_object_or_404(queries.all_staff(), pk=staff_id)
    form = RolesForm(request.POST)
    if form.carries_out(lambda: actions.set_roles(staff=person, roles=form.cleaned_data["roles"], by=request.actor)):
        messages.success(request, _("The roles are saved and count from the next page this person opens."))
        return redirect("desk:trust:staff_member", staff_id)
    return _page(request, person, roles_form=form, status=UNPROCESSABLE)


@require_POST
@requires(MANAGE_STAFF)
def access(request: DeskRequest, staff_id: UUID) -> HttpResponse:
    """Close or reopen somebody's access."""
    person = get_object_or_404(Staff, pk=staff_id)
    closing = request.POST.get("open") != "yes"
    try:
        (actions.deactivate if closing else actions.reactivate)(staff=person, by=request.actor)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The access is closed.") if closing else _("The access is open again."))
    return redirect("desk:trust:staff_member", staff_id)


@require_POST
@requires(MANAGE_STAFF)
def new_password(request: DeskRequest, staff_id: UUID) -> HttpResponse:
    person = get_object_or_404(Staff, pk=staff_id)
    try:
        actions.allow_new_password(staff=person, by=request.actor)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        request.session[_LINK] = {"for": str(staff_id), "link": password_link(request, person)}
    return redirect("desk:trust:staff_member", staff_id)


def _page(
    request: DeskRequest,
    person: Staff,
    *,
    form: StaffForm | None = None,
    roles_form: RolesForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show everything about a member of staff. The one-time link waits in the session and is gone once it was shown."""
    waiting = request.session.get(_LINK)
    link = ""
    if waiting and waiting["for"] == str(person.pk):
        link = request.session.pop(_LINK)["link"]
    held = _roles_of(person)
    context = {
        "person": person,
        "form": form or StaffForm(member=person),
        "roles_form": roles_form or RolesForm(initial={"roles": [role.code for role in held]}),
        "held": held,
        "allowed": allowed_by(),
        "link": link,
        "is_oneself": person.pk == request.actor.id,
    }
    return render(request, "desk/trust/staff_member.html", context, status=status)


def _roles_of(person: Staff) -> list[Role]:
    """Return the open roles of somebody read by `all_staff`; a code that is no longer a role allows nothing."""
    assignments: list[RoleAssignment] = person.open_assignments  # type: ignore[attr-defined]
    return [ROLES[each.role] for each in assignments if each.role in ROLES]
