"""Sign-in pages: allauth's views with our forms, and the page behind a one-time link to choose a password."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeAlias

from allauth.account import views as account
from allauth.account.signals import password_reset
from allauth.mfa.base import views as factor
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.tokens import default_token_generator
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from safar.desk.trust import forms_account as forms
from safar.trust.models import Staff

View: TypeAlias = Callable[..., HttpResponseBase]


def open_to_anybody(view: View) -> View:
    """Declare a view open to people who are not signed in, because they are on their way there."""

    @login_not_required
    @wraps(view)
    def declared(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    declared.access = "anybody"  # type: ignore[attr-defined]
    return declared


class SignIn(account.LoginView):  # type: ignore[misc]
    form_class = forms.SignInForm


class PasswordAgain(account.ReauthenticateView):  # type: ignore[misc]
    form_class = forms.SignInAgainForm


class ChangePassword(account.PasswordChangeView):  # type: ignore[misc]
    form_class = forms.NewPasswordForm


class SetPassword(account.PasswordSetView):  # type: ignore[misc]
    """For somebody who signs in by passkey alone and wants a password too."""

    form_class = forms.OwnPasswordForm


class SecondFactor(factor.AuthenticateView):  # type: ignore[misc]
    form_class = forms.CodeForm


class CodeAgain(factor.ReauthenticateView):  # type: ignore[misc]
    form_class = forms.CodeAgainForm


class AuthenticatorApp(totp.ActivateTOTPView):  # type: ignore[misc]
    form_class = forms.AuthenticatorAppForm


class AddKey(webauthn.AddWebAuthnView):  # type: ignore[misc]
    form_class = forms.AddKeyForm


class RenameKey(webauthn.EditWebAuthnView):  # type: ignore[misc]
    form_class = forms.RenameKeyForm


class ChoosePassword(PasswordResetConfirmView):
    """Behind the link an administrator hands over: works once, and for three days.

    Django's own view rather than allauth's: allauth ties its link to its table of verified addresses, which a centre
    without e-mail cannot fill and which would then forbid second factors.
    """

    form_class = forms.FirstPasswordForm
    template_name = "account/choose_password.html"
    success_url = reverse_lazy("account_password_chosen")

    def form_valid(self, form: forms.FirstPasswordForm) -> HttpResponse:  # type: ignore[override]
        response = super().form_valid(form)
        password_reset.send(sender=Staff, request=self.request, user=self.user)
        return response


def password_chosen(request: HttpRequest) -> HttpResponse:
    return render(request, "account/password_chosen.html")


def password_link(request: HttpRequest, staff: Staff) -> str:
    """Make the address under which this person can choose a password; using it, or signing in, ends it."""
    parts = {
        "uidb64": urlsafe_base64_encode(force_bytes(staff.pk)),
        "token": default_token_generator.make_token(staff),
    }
    return request.build_absolute_uri(reverse("account_choose_password", kwargs=parts))
