"""The forms of sign-in: allauth's, in our words and without placeholders, which vanish when one needs them."""

from typing import TYPE_CHECKING, Any, TypeAlias

from allauth.account.forms import ChangePasswordForm, LoginForm, SetPasswordForm
from allauth.account.forms import ReauthenticateForm as PasswordAgainForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth.forms import SetPasswordForm as DjangoSetPasswordForm
from django.utils.translation import gettext_lazy as _

from safar.trust.models import Staff

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Text: TypeAlias = str | _StrPromise
    StaffPasswordForm: TypeAlias = DjangoSetPasswordForm[Staff]
else:  # Django's form takes no type argument at run time
    Text, StaffPasswordForm = object, DjangoSetPasswordForm

_PASSWORD_HINT = _("At least 12 characters. Several words are easier to remember than one with signs in it.")
_CODE_HINT = _("Six digits from your authenticator app, or one of your recovery codes.")
_KEY_NAME_HINT = _("So that you know it from others, for example “office computer” or “my phone”.")


def _word(field: forms.Field, label: Text, hint: Text = "", **attrs: str) -> None:
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


class SignInForm(LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["login"], _("E-mail address"), autocomplete="username webauthn")
        _word(self.fields["password"], _("Password"))


class SignInAgainForm(PasswordAgainForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["password"], _("Your password"))


class CodeForm(AuthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["code"], _("Code"), _CODE_HINT, inputmode="numeric")


class CodeAgainForm(ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["code"], _("Code"), _CODE_HINT, inputmode="numeric")


class AuthenticatorAppForm(ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["code"], _("Code the app shows now"), inputmode="numeric")


class AddKeyForm(AddWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["name"], _("Name of this key"), _KEY_NAME_HINT)
        self.fields["name"].initial = self.initial["name"] = ""
        _word(
            self.fields["passwordless"],
            _("Sign in with this key alone"),
            _("As a passkey: the device asks for your finger, face or PIN, and you need no password."),
        )


class RenameKeyForm(EditWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["name"], _("Name of this key"), _KEY_NAME_HINT)


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["oldpassword"], _("Present password"))
        _word(self.fields["password1"], _("New password"), _PASSWORD_HINT)
        _word(self.fields["password2"], _("New password once more"))


class OwnPasswordForm(SetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["password1"], _("New password"), _PASSWORD_HINT)
        _word(self.fields["password2"], _("New password once more"))


class FirstPasswordForm(StaffPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["new_password1"], _("New password"), _PASSWORD_HINT)
        _word(self.fields["new_password2"], _("New password once more"))
