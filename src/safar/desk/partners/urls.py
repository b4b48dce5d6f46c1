from django.urls import URLPattern, path

from safar.desk.partners import views

app_name = "partners"
urlpatterns: list[URLPattern] = [
    path("", views.listing, name="list"),
    path("new/", views.add, name="add"),
    path("<uuid:partner_id>/", views.show, name="show"),
    path("<uuid:partner_id>/edit/", views.edit, name="edit"),
    path("<uuid:partner_id>/state/", views.move, name="move"),
    path("<uuid:partner_id>/agreement/", views.sign, name="sign"),
    path("<uuid:partner_id>/touchpoint/", views.touch, name="touch"),
]
