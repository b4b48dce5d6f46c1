"""Turns the signed-in member of staff into the actor every action asks for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from safar.kernel.actor import VISITOR, Actor
from safar.kernel.once import SubmittedTwiceError
from safar.trust.models import Staff
from safar.trust.queries.actors import actor_for


class DeskRequest(HttpRequest):
    """A request at the desk: `actor` is always a signed-in member of staff there."""

    actor: Actor
    user: Staff


def _actor(request: HttpRequest) -> Actor:
    return actor_for(request.user) if isinstance(request.user, Staff) else VISITOR


class StaffActor:
    """Sets `request.actor`; at the desk also the language the member of staff chose, whatever the browser asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Lazy, so that a public page never touches the session and stays cacheable.
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        if request.path.startswith("/desk/") and request.user.is_authenticated:
            language = request.user.language
            translation.activate(language)
            request.LANGUAGE_CODE = language
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer the second of two presses at the same moment like the first: by now its record can be found."""
        if not isinstance(exception, SubmittedTwiceError) or request.resolver_match is None:
            return None
        view, arguments, keywords = request.resolver_match
        answer: HttpResponse = view(request, *arguments, **keywords)
        return answer
