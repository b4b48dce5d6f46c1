"""How allauth's sign-in behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from axes.handlers.proxy import AxesProxyHandler
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safar.desk.trust.appearance import remember_theme
from safar.trust.models import Staff

MESSAGES = {
    "account/messages/password_changed.txt": _("Your password has been changed."),
    "account/messages/password_set.txt": _("Your password is saved."),
    "mfa/messages/totp_activated.txt": _("The authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": _("The authenticator app is removed."),
    "mfa/messages/recovery_codes_generated.txt": _("Recovery codes are made. Only these count from now on."),
    "mfa/messages/webauthn_added.txt": _("The key is added."),
    "mfa/messages/webauthn_removed.txt": _("The key is removed."),
}


METHODS = {
    "reauthenticate": _("Use your password"),
    "mfa_reauthenticate": _("Use a code"),
    "mfa_reauthenticate:webauthn": _("Use a passkey or security key"),
}


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up: an administrator adds staff. Wrong passwords are counted in one place, by axes."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "incorrect_password": _("The password is not right."),
        "enter_current_password": _("Type your present password."),
        "too_many_login_attempts": _("Too many tries in a short time. Wait a minute and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Leave the counting to axes: with allauth's own limit beside it, two different waits would apply."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Name the address the way axes looks for it, in one spelling, so that capitals give no further tries.

        While locked the password is not even looked at: axes would count the try and start the wait again, and whoever
        finally types the right password would lock themselves out. Its middleware then answers with the lock page.
        """
        named = {**credentials, "login": str(credentials.get("email", "")).strip().lower()}
        if not AxesProxyHandler.is_allowed(request, named):
            request.axes_locked_out, request.axes_credentials = True, named  # type: ignore[attr-defined]
            return None
        user: AbstractBaseUser | None = super().authenticate(request, **named)
        return user

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        """Ask for the password again by our own address field: allauth's table of addresses stays empty here."""
        found = self.authenticate(context.request, email=user.get_username(), password=password)
        return found is not None and found.pk == user.pk

    def post_login(self, request: HttpRequest, user: Staff, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        remember_theme(response, user.theme)
        return response

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, Any]]:
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [method | {"description": METHODS.get(method["id"], method["description"])} for method in methods]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("desk:trust:me")

    def add_message(  # noqa: PLR0917  (allauth's signature)
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Tell what changed in our words. Signing in and out is not told: the page that follows shows it."""
        text = message or MESSAGES.get(message_template or "")
        if text:
            messages.add_message(request, level, str(text), extra_tags=extra_tags)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors as allauth keeps them, with its messages in our words."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right. Codes change every 30 seconds: type the one shown now."),
        "cannot_generate_recovery_codes": _("Set up a second factor first."),
    }

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name the desk in the device's list of passkeys; the key itself is bound to the host people type."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": "Safar"}
