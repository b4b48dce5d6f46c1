"""What every desk page may rely on."""

from typing import Any

from django.http import HttpRequest

from safar.desk.navigation import menu_for


def desk(request: HttpRequest) -> dict[str, Any]:
    """Add the menu the signed-in person may see; nothing on public pages, which must not touch the session."""
    if not request.path.startswith("/desk/") or not hasattr(request, "actor"):
        return {}
    return {"menu": menu_for(request.actor), "actor": request.actor}
