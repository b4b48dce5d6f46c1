from django.urls import URLPattern, path

from safar.desk.guide import views

app_name = "guide"
urlpatterns: list[URLPattern] = [
    path("", views.board, name="board"),
    path("destination/<slug:destination>/", views.destination, name="destination"),
    path("new/", views.add, name="add"),
    path("fact/<slug:key>/", views.fact, name="fact"),
    path("fact/<slug:key>/change/", views.change, name="change"),
    path("fact/<slug:key>/verify/", views.verify, name="verify"),
    path("fact/<slug:key>/owner/", views.assign, name="assign"),
    path("fact/<slug:key>/retire/", views.retire, name="retire"),
]
