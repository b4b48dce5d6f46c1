from django.urls import URLPattern, path

from safar.desk.messaging import reminders, views

app_name = "messaging"
urlpatterns: list[URLPattern] = [
    path("", views.inbox, name="inbox"),
    path("outbox/", views.outbox, name="outbox"),
    path("remind/<uuid:person_id>/", reminders.remind, name="remind"),
    path("<uuid:enquiry_id>/", views.enquiry, name="enquiry"),
    path("<uuid:enquiry_id>/close/", views.close, name="close"),
]
