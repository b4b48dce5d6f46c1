from dataclasses import replace
from ipaddress import ip_address
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safar.desk.access import requires
from safar.desk.forms import UNPROCESSABLE
from safar.desk.middleware import DeskRequest
from safar.desk.trust.appearance import remember_theme
from safar.desk.trust.devices import device_name
from safar.desk.trust.forms import PreferencesForm
from safar.kernel.clock import now
from safar.trust.actions import staff as staff_actions
from safar.trust.permissions import ROLES, USE_DESK
from safar.trust.queries import sign_ins
from safar.trust.queries.staff import roles_of

LOCKED = 429


def locked_out(
    request: HttpRequest,
    response: HttpResponse | None = None,
    credentials: dict[str, Any] | None = None,
    *args: Any,
    **kwargs: Any,
) -> HttpResponse:
    """Say until when sign-in is locked. axes calls this in place of the sign-in page, whoever is behind the keyboard."""
    address = str((credentials or {}).get("login") or request.POST.get("login", ""))
    until = sign_ins.locked_until(address, request.META.get("REMOTE_ADDR")) or now() + sign_ins.cool_off()
    minutes = max(1, -(-int((until - now()).total_seconds()) // 60))
    answer = render(request, "desk/trust/locked_out.html", {"until": until, "minutes": minutes}, status=LOCKED)
    answer["Retry-After"] = str(minutes * 60)
    return answer


@requires(USE_DESK)
def me(request: DeskRequest) -> HttpResponse:
    """One's own page: language, appearance, how one signs in, and when that last happened."""
    member = request.user
    form = PreferencesForm(request.POST or None, initial={"language": member.language, "theme": member.theme})
    if request.method == "POST" and form.is_valid():
        staff_actions.set_preferences(staff=member, by=request.actor, **form.cleaned_data)
        return _after_preferences(request, reverse("desk:trust:me"))
    factors = Authenticator.objects.filter(user=member).order_by("created_at")
    codes = next((factor for factor in factors if factor.type == Authenticator.Type.RECOVERY_CODES), None)
    context = {
        "form": form,
        "member": member,
        "roles": [ROLES[code] for code in roles_of(member) if code in ROLES],
        "app": next((factor for factor in factors if factor.type == Authenticator.Type.TOTP), None),
        "keys": [factor for factor in factors if factor.type == Authenticator.Type.WEBAUTHN],
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else None,
        "host_is_a_number": _is_a_number(request.get_host()),
        "sign_ins": [replace(each, device=device_name(each.device)) for each in sign_ins.last_of(member)],
    }
    return render(request, "desk/trust/me.html", context, status=UNPROCESSABLE if request.method == "POST" else 200)


@require_POST
@requires(USE_DESK)
def language(request: DeskRequest) -> HttpResponse:
    """Change the language from the menu of any page and come back to that page."""
    return _set_one(request, language=request.POST.get("language", ""))


@require_POST
@requires(USE_DESK)
def theme(request: DeskRequest) -> HttpResponse:
    """Change the appearance from the menu of any page and come back to that page."""
    return _set_one(request, theme=request.POST.get("theme", ""))


def _set_one(request: DeskRequest, **chosen: str) -> HttpResponse:
    member = request.user
    wanted = {"language": member.language, "theme": member.theme} | chosen
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = reverse("desk:trust:me")
    try:
        staff_actions.set_preferences(staff=member, by=request.actor, **wanted)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(back)
    return _after_preferences(request, back)


def _after_preferences(request: DeskRequest, back: str) -> HttpResponse:
    with translation.override(request.user.language):
        messages.success(request, _("Your choice is saved."))
    response = redirect(back)
    remember_theme(response, request.user.theme)
    return response


def _is_a_number(host: str) -> bool:
    """Return whether the desk was opened by an IP address: browsers bind passkeys to names only."""
    try:
        ip_address(host.rsplit(":", 1)[0].strip("[]"))
    except ValueError:
        return False
    return True
