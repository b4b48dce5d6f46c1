"""The page of a referral's link: for one recipient, without an account, on any phone, without a script.

The token stands in the first address only. Looking at that page does nothing, so a preview in a messenger opens nothing; the
button "Open" binds the browser by a cookie and leads to an address that holds no secret. Whatever does not open says the same.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from safar.cases.actions import referral_links as links
from safar.cases.actions.referrals import Letter
from safar.cases.enums.referrals import ANSWERS, WITH_PARTNER, PartnerAnswer, ReferralState
from safar.cases.models import ReferralLink
from safar.cases.queries.referral_words import told_in_words
from safar.cases.rules.referrals import LONGEST_LINK_DAYS
from safar.portal import guard
from safar.portal.access import public
from safar.portal.caching import private
from safar.portal.forms_referral import AnswerForm, OpenForm
from safar.portal.pages import TOO_MANY, UNPROCESSABLE, show
from safar.portal.places import place_name
from safar.reference.queries import codes
from safar.ui.numbers import written_date

GONE = 410
BUCKET = "referral_link"
DAY = 86_400

P = ParamSpec("P")


def unlisted(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Keep the page out of caches, search engines, and the address lines of other sites."""

    @wraps(view)
    def kept_quiet(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Exception:
            # The log of failures names the path, and the first address of a link holds its token.
            request.path = "/r/"
            raise
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        # Not "no-referrer": browsers would then send forms without an origin, which the check against forged forms refuses.
        response["Referrer-Policy"] = "same-origin"
        return response

    return kept_quiet


@public
@require_http_methods(["GET", "HEAD", "POST"])
@private
@unlisted
def door(request: HttpRequest, token: str) -> HttpResponse:
    """Show who asks and a button; nothing of the person. Addresses that were never given are counted and soon refused."""
    if guard.used_up(request, BUCKET):
        return show(request, "too_many", status=TOO_MANY)
    link = links.standing(token)
    if link is None:
        guard.too_many(request, BUCKET)
        return _gone(request)
    if request.method == "POST":
        return _open(request, token, link)
    return _door_page(request, link, OpenForm() if link.code_hash else None)


def _open(request: HttpRequest, token: str, link: ReferralLink) -> HttpResponse:
    code = request.POST.get("code", "")
    opened = links.open_link(token=token, code=code, browser=request.COOKIES.get(_cookie(link.pk), ""))
    if opened.result == links.Opening.OPENED:
        response = HttpResponseRedirect(reverse("portal:referral", args=[opened.link_id]))
        response.set_cookie(
            _cookie(link.pk),
            opened.browser,
            max_age=LONGEST_LINK_DAYS * DAY,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
        return response
    if opened.result == links.Opening.WRONG_CODE:
        guard.too_many(request, BUCKET)
        form = OpenForm({"code": code})
        form.is_valid()
        form.add_error("code", _("This is not the code. After five wrong ones the link locks."))
        return _door_page(request, link, form, status=UNPROCESSABLE)
    if opened.result == links.Opening.ELSEWHERE:
        return show(request, "referral_elsewhere", _centre(link), status=GONE)
    return _gone(request)


def _door_page(request: HttpRequest, link: ReferralLink, form: OpenForm | None, *, status: int = 200) -> HttpResponse:
    return show(request, "referral_door", {"form": form} | _centre(link), status=status)


def _centre(link: ReferralLink) -> dict[str, object]:
    return {"centre": link.referral.centre, "recipient": link.referral.recipient}


@public
@require_GET
@private
@unlisted
def referral(request: HttpRequest, link_id: UUID) -> HttpResponse:
    """Show the referral to the browser that opened it; to everybody else, and once it is over, the same nothing."""
    try:
        given = links.shown(link_id=link_id, browser=request.COOKIES.get(_cookie(link_id), ""))
    except ValidationError:
        return _gone(request)
    return _page(request, link_id, given)


@public
@require_POST
@private
@unlisted
def answer(request: HttpRequest, link_id: UUID, kind: str) -> HttpResponse:
    """Take one answer; what was answered meanwhile on another device shows as it stands now."""
    browser = request.COOKIES.get(_cookie(link_id), "")
    if kind not in PartnerAnswer.values:
        return _gone(request)
    form = AnswerForm(PartnerAnswer(kind), request.POST)
    if form.is_valid():
        try:
            answered = links.answer(link_id=link_id, browser=browser, given=form.answer())
        except ValidationError as error:
            form.add_problems(error)
        else:
            still = answered.state in WITH_PARTNER
            return HttpResponseRedirect(
                reverse("portal:referral", args=[link_id]) if still else reverse("portal:referral_thanks")
            )
    try:
        given = links.shown(link_id=link_id, browser=browser)
    except ValidationError:
        return _gone(request)
    return _page(request, link_id, given, form)


@public
@require_GET
@private
@unlisted
def thanks(request: HttpRequest) -> HttpResponse:
    """Say thank you after the last answer; the page knows nobody and can be opened by anybody."""
    return show(request, "referral_thanks")


def _page(request: HttpRequest, link_id: UUID, given: Letter, bound: AnswerForm | None = None) -> HttpResponse:
    found = given.referral
    kinds = [
        kind
        for kind in ANSWERS.get(ReferralState(found.state), ())
        if kind != PartnerAnswer.PROPOSE or not found.proposed_on
    ]
    context = {
        "link_id": link_id,
        "referral": found,
        "centre": found.centre,
        "place": place_name(found.centre.district or found.centre.region),
        "service": str(codes.code_list("referral_service").label(found.service)),
        "urgency": str(codes.code_list("referral_urgency").label(found.urgency)),
        "told": told_in_words(given.told, written_date),
        "forms": [bound if bound and bound.kind == kind else AnswerForm(kind) for kind in kinds],
        "bound": bound,
    }
    return show(request, "referral_page", context, status=UNPROCESSABLE if bound else 200)


def _gone(request: HttpRequest) -> HttpResponse:
    """Say that it is not available, the same for what never was, has ended, was revoked, and may no longer be told."""
    return show(request, "referral_gone", status=GONE)


def _cookie(link_id: UUID) -> str:
    """Return the name of the cookie: one a link, so that a recipient of several referrals keeps each open."""
    return f"referral-{link_id.hex}"
