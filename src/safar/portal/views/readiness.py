"""The self-check "are you ready to go?": answers go round in the form itself and are kept nowhere."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from safar.cases.models import InstrumentVersion
from safar.cases.queries import instruments
from safar.cases.questionnaires.states import FormState, Node
from safar.cases.rules.scoring import scores_of
from safar.portal import guard
from safar.portal.access import public
from safar.portal.caching import private
from safar.portal.pages import TOO_MANY, missing, show

_PREFIX = "q-"


@public
@require_http_methods(["GET", "POST"])
@private
def readiness(request: HttpRequest) -> HttpResponse:
    """Ask, explain and say which steps are in place; an instrument that is not in use is not there."""
    try:
        version = instruments.public_version("readiness")
    except InstrumentVersion.DoesNotExist:
        return missing(request)
    if request.method == "POST" and guard.too_many(request, "self_check"):
        return show(request, "too_many", status=TOO_MANY)
    language = instruments.language_of(version, get_language() or "")
    state = instruments.state_of(version, language=language, answers=_typed(request.POST))
    is_done = request.method == "POST" and not state.troubles()
    scoring = instruments.scoring_of(version)
    score = scoring.scores[0] if scoring and is_done else None
    context = {
        "groups": [(node, list(_inside(node))) for node in state.nodes if node.kind in {"group", "note"}],
        "is_asked_again": request.method == "POST" and not is_done,
        "done": scores_of(scoring, state.answers())[score.code] if scoring and score else None,
        "steps": _steps(state) if is_done else 0,
        "title": str(version.instrument.title),
    }
    return show(request, "readiness", context)


def _typed(data: QueryDict) -> dict[str, str]:
    given = {key.removeprefix(_PREFIX): data.getlist(key) for key in data if key.startswith(_PREFIX)}
    return {path: " ".join(values) for path, values in given.items() if any(values)}


def _inside(node: Node) -> Iterator[Node]:
    return (each for each in node.children if each.kind in {"select", "note"})


def _steps(state: FormState) -> int:
    """Return how many steps were asked: one that does not apply is not counted."""
    return sum(1 for node in state.every() if node.is_question)
