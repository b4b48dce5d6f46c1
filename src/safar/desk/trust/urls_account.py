"""Sign-in, under allauth's own names, which its code looks up; only what is needed: no sign-up, no e-mail management."""

from allauth.account import views as account
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path
from django.views.generic import RedirectView
from django.views.i18n import set_language

from safar.desk.trust import account as ours
from safar.desk.trust.account import open_to_anybody

_own_page = RedirectView.as_view(pattern_name="desk:trust:me")

urlpatterns = [
    path("login/", ours.SignIn.as_view(), name="account_login"),
    path("login/passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("login/code/", ours.SecondFactor.as_view(), name="mfa_authenticate"),
    path("language/", open_to_anybody(set_language), name="account_language"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", open_to_anybody(account.account_inactive), name="account_inactive"),
    path("confirm/", ours.PasswordAgain.as_view(), name="account_reauthenticate"),
    path("confirm/code/", ours.CodeAgain.as_view(), name="mfa_reauthenticate"),
    path("confirm/key/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("password/", ours.ChangePassword.as_view(), name="account_change_password"),
    path("password/set/", ours.SetPassword.as_view(), name="account_set_password"),
    path(
        "password/choose/<uidb64>/<token>/",
        open_to_anybody(ours.ChoosePassword.as_view()),
        name="account_choose_password",
    ),
    path("password/chosen/", open_to_anybody(ours.password_chosen), name="account_password_chosen"),
    path("factors/", _own_page, name="mfa_index"),
    path("factors/app/add/", ours.AuthenticatorApp.as_view(), name="mfa_activate_totp"),
    path("factors/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("factors/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("factors/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("factors/codes/download/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("factors/keys/", _own_page, name="mfa_list_webauthn"),
    path("factors/keys/add/", ours.AddKey.as_view(), name="mfa_add_webauthn"),
    path("factors/keys/<int:pk>/rename/", ours.RenameKey.as_view(), name="mfa_edit_webauthn"),
    path("factors/keys/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
]
