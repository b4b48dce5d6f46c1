"""Every desk view declares the one permission it needs; tests/architecture refuses a view that declares none."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from safar.desk.middleware import DeskRequest
from safar.kernel.actor import Permission

P = ParamSpec("P")


def requires(
    permission: Permission,
) -> Callable[
    [Callable[Concatenate[DeskRequest, P], HttpResponse]], Callable[Concatenate[HttpRequest, P], HttpResponse]
]:
    """Refuse the view to anybody whose roles do not allow `permission`."""

    def decorate(
        view: Callable[Concatenate[DeskRequest, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.actor.may(permission):  # type: ignore[attr-defined]
                raise PermissionDenied(permission.code)
            return view(request, *args, **kwargs)  # type: ignore[arg-type]

        guarded.access = permission.code  # type: ignore[attr-defined]
        return cast("Callable[Concatenate[HttpRequest, P], HttpResponse]", guarded)

    return decorate
