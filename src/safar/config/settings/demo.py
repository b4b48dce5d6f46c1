"""The living demo: generated people, mail printed on the console, plain HTTP on this machine only."""

from safar.config.settings.base import *  # noqa: F403

SAFAR_IS_DEMO = True
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
