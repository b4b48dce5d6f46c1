"""The desk's addresses, one include an area."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

app_name = "desk"
_AREAS = {
    "people": "people/",
    "cases": "cases/",
    "awareness": "sessions/",
    "campaigns": "campaigns/",
    "partners": "partners/",
    "guide": "guide/",
    "messaging": "messages/",
    "insights": "insights/",
    "trust": "trust/",
}
urlpatterns: list[URLPattern | URLResolver] = [
    path(prefix, include(f"safar.desk.{area}.urls"))
    for area, prefix in _AREAS.items()
    if find_spec(f"safar.desk.{area}.urls")
]
