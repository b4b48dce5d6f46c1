"""Pages to read: home, centres, guides, about. The same for everybody, so caches may keep them."""

from django.http import Http404, HttpRequest, HttpResponse

from safar.awareness.queries.sessions import public_calendar
from safar.guide.queries import guides
from safar.portal.access import public
from safar.portal.caching import cacheable
from safar.portal.forms import calendar_window
from safar.portal.pages import missing, show
from safar.portal.places import by_day, shown_centre
from safar.trust.enums import CentreKind
from safar.trust.queries.centres import open_centres
from safar.trust.queries.profile import profile

SOONEST_DAYS = 2


@public
@cacheable
def home(request: HttpRequest) -> HttpResponse:
    main = open_centres().filter(kind=CentreKind.CENTRE)
    context = {
        "promise": profile().promise,
        "guides": guides.published(),
        "centres": [shown_centre(centre) for centre in main],
        "days": by_day(public_calendar(*calendar_window()))[:SOONEST_DAYS],
    }
    return show(request, "home", context)


@public
@cacheable
def centres(request: HttpRequest) -> HttpResponse:
    shown = [shown_centre(centre) for centre in open_centres()]
    order = list(CentreKind.values)
    shown.sort(key=lambda one: (order.index(one.centre.kind), one.centre.code))
    return show(request, "centres", {"centres": shown})


@public
@cacheable
def guide_list(request: HttpRequest) -> HttpResponse:
    return show(request, "guides", {"guides": guides.published(), "advice": guides.advice()})


@public
@cacheable
def guide(request: HttpRequest, destination: str) -> HttpResponse:
    try:
        page = guides.page(destination)
    except Http404:
        return missing(request)
    return show(request, "guide", {"page": page})


@public
@cacheable
def about(request: HttpRequest) -> HttpResponse:
    country = profile()
    context = {
        "promise": country.promise,
        "operator": country.operator.name,
        "months": country.retention("messages"),
        "hotlines": [line for line in country.hotlines if not line.verify],
    }
    return show(request, "about", context)


@public
def not_here(request: HttpRequest, rest: str) -> HttpResponse:
    return missing(request)
