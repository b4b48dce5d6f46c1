"""What every page template may rely on."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    return {"is_demo": settings.SAFAR_IS_DEMO}
