"""Check an offer: the same reviewed rules as at the desk, without a name and without a trace."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from safar.cases.enums.offers import OfferOutcome
from safar.cases.queries import agencies, offers
from safar.cases.queries.offers import OfferResult
from safar.portal import guard
from safar.portal.access import public
from safar.portal.caching import private
from safar.portal.forms_offers import PublicOfferForm
from safar.portal.pages import TOO_MANY, UNPROCESSABLE, show
from safar.trust.queries.profile import profile


@public
@require_http_methods(["GET", "POST"])
@private
def check_offer(request: HttpRequest) -> HttpResponse:
    """Answer on the spot and keep nothing: what was typed is in no table, no address, no log and no cookie."""
    if request.method != "POST":
        return show(request, "check_offer", {"form": PublicOfferForm()})
    if guard.is_trap(request) or guard.too_many(request, "offer"):
        return show(request, "too_many", status=TOO_MANY)
    form = PublicOfferForm(request.POST)
    if not form.is_valid():
        return show(request, "check_offer", {"form": form}, status=UNPROCESSABLE)
    found = offers.check(form.answers())
    return show(request, "checked_offer", _context(found))


def _context(found: OfferResult) -> dict[str, object]:
    return {
        "outcome": OfferOutcome(found.outcome),
        "stops": [reason for reason in found.reasons if reason.stops],
        "checks": [reason for reason in found.reasons if not reason.stops],
        "agency": found.agency,
        "near": [] if found.agency else [hit.agency for hit in found.hits],
        "as_of": agencies.register_day(),
        "hotlines": [line for line in profile().hotlines if not line.verify],
    }
