"""Tests: in memory, loud about every mistake."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SAFAR_DATA", str(Path(tempfile.gettempdir()) / f"safar-test-{os.getpid()}"))

from safar.config.settings.base import *  # noqa: F403
from safar.config.settings.base import STORAGES, TEMPLATES

SECRET_KEY = "only-for-tests"  # noqa: S105
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
WHITENOISE_AUTOREFRESH = True


class UndefinedVariableError(Exception):
    """A template shows a variable nobody gave it; Django would quietly show nothing."""


class _Undefined(str):
    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return True

    def __mod__(self, variable: object) -> str:
        raise UndefinedVariableError(str(variable))


TEMPLATES[0]["OPTIONS"]["debug"] = True  # type: ignore[index]
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = _Undefined("%s")  # type: ignore[index]
