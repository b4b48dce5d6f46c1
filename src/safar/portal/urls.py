from django.urls import URLPattern, path, re_path

from safar.portal.views import booking, enquiries, information, offers, readiness, referral_link, sessions

app_name = "portal"
urlpatterns: list[URLPattern] = [
    path("", information.home, name="home"),
    path("centres/", information.centres, name="centres"),
    path("sessions/", sessions.calendar, name="sessions"),
    path("sessions/<uuid:session_id>/", sessions.sign_up, name="sign_up"),
    path("guide/", information.guide_list, name="guides"),
    path("guide/<slug:destination>/", information.guide, name="guide"),
    path("check-offer/", offers.check_offer, name="check_offer"),
    path("ready/", readiness.readiness, name="readiness"),
    path("ask/", enquiries.ask, name="ask"),
    path("visit/", enquiries.visit, name="visit"),
    path("book/", booking.places, name="book"),
    path("book/<slug:code>/", booking.book, name="book_at"),
    path("booking/", booking.booking, name="booking"),
    path("answer/", enquiries.answer, name="answer"),
    path("about/", information.about, name="about"),
    path("r/thanks/", referral_link.thanks, name="referral_thanks"),
    path("r/of/<uuid:link_id>/", referral_link.referral, name="referral"),
    path("r/of/<uuid:link_id>/<slug:kind>/", referral_link.answer, name="referral_answer"),
    path("r/<slug:token>/", referral_link.door, name="referral_link"),
    # Any other address in a language gets a page in that language; without the slash Django first tries it with one. The
    # other doors' addresses are left out, or LocaleMiddleware would lead whatever is missing there in here.
    re_path(r"^(?!(?:desk|field|api|gallery|static)/)(?P<rest>[^.]+)/$", information.not_here, name="not_here"),
]
