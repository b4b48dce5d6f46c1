from django.urls import URLPattern, path

from safar.desk.partners import views, views_directory

app_name = "partners"
urlpatterns: list[URLPattern] = [
    path("", views.listing, name="list"),
    path("directory/", views_directory.listing, name="directory"),
    path("directory/due/", views_directory.due, name="directory_due"),
    path("directory/<uuid:service_id>/", views_directory.edit, name="service"),
    path("directory/<uuid:service_id>/still-true/", views_directory.still_true, name="service_still_true"),
    path("<uuid:partner_id>/services/new/", views_directory.add, name="service_add"),
    path("new/", views.add, name="add"),
    path("<uuid:partner_id>/", views.show, name="show"),
    path("<uuid:partner_id>/edit/", views.edit, name="edit"),
    path("<uuid:partner_id>/state/", views.move, name="move"),
    path("<uuid:partner_id>/agreement/", views.sign, name="sign"),
    path("<uuid:partner_id>/touchpoint/", views.touch, name="touch"),
]
