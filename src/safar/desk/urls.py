"""The desk's addresses, one include an area."""

from django.urls import include, path

from safar.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.board, name="board"),
    path("people/", include("safar.desk.people.urls")),
    path("counselling/", include("safar.desk.cases.urls")),
    path("sessions/", include("safar.desk.awareness.urls")),
    path("campaigns/", include("safar.desk.campaigns.urls")),
    path("partners/", include("safar.desk.partners.urls")),
    path("guide/", include("safar.desk.guide.urls")),
    path("messages/", include("safar.desk.messaging.urls")),
    path("figures/", include("safar.desk.insights.urls")),
    path("office/", include("safar.desk.trust.urls")),
]
