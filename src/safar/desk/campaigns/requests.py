from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, QueryDict

T = TypeVar("T")


def found(read: Callable[[UUID], T], key: UUID) -> T:
    """Return what the query finds; an address that leads to nothing is "not found" and not a fault of ours."""
    try:
        return read(key)
    except ObjectDoesNotExist as error:
        raise Http404 from error


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form was sent with, even when that is nothing; None when the form is only shown."""
    return request.POST if request.method == "POST" else None
