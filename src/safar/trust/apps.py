from django.apps import AppConfig


class TrustConfig(AppConfig):
    name = "safar.trust"
    label = "trust"

    def ready(self) -> None:
        """Listen to the sign-in software: it knows of wrong passwords and new factors, we keep the trail."""
        from allauth.account.signals import password_changed, password_reset, password_set
        from allauth.mfa import signals as factor
        from axes.signals import user_locked_out
        from django.contrib.auth.signals import user_login_failed

        from safar.trust.actions import account

        user_login_failed.connect(account.note_failed_sign_in, dispatch_uid="trust.failed_sign_in")
        user_locked_out.connect(account.note_lock, dispatch_uid="trust.lock")
        for signal in (password_changed, password_reset, password_set):
            signal.connect(account.note_password_chosen, dispatch_uid="trust.password_chosen")
        factor.authentication_failed.connect(account.note_failed_code, dispatch_uid="trust.failed_code")
        factor.authenticator_added.connect(account.note_factor_added, dispatch_uid="trust.factor_added")
        factor.authenticator_removed.connect(account.note_factor_removed, dispatch_uid="trust.factor_removed")
        factor.authenticator_reset.connect(account.note_factor_reset, dispatch_uid="trust.factor_reset")
