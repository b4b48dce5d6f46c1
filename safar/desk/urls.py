"""The desk's addresses, one include an area."""

from importlib.util import find_spec

from django.urls import include, path

from safar.desk import views

app_name = "desk"
_AREAS = {
    "people": "people/",
    "cases": "counselling/",
    "awareness": "sessions/",
    "campaigns": "campaigns/",
    "partners": "partners/",
    "guide": "guide/",
    "messaging": "messages/",
    "insights": "figures/",
    "trust": "office/",
}
urlpatterns = [
    path("", views.board, name="board"),
    *(
        path(prefix, include(f"safar.desk.{area}.urls"))
        for area, prefix in _AREAS.items()
        if find_spec(f"safar.desk.{area}.urls")
    ),
]
