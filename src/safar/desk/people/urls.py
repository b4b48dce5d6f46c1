from django.urls import path

from safar.desk.people import views

app_name = "people"
urlpatterns = [
    path("", views.find, name="search"),
    path("new/", views.register, name="register"),
    path("<uuid:person_id>/", views.file, name="file"),
    path("<uuid:person_id>/edit/", views.edit, name="edit"),
    path("<uuid:person_id>/consent/", views.decide, name="decide"),
    path("consent/<uuid:grant_id>/withdraw/", views.withdraw, name="withdraw"),
]
