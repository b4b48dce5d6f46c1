from django.urls import path

from safar.desk.people import views_sealed

urlpatterns = [
    path("<uuid:person_id>/sealed/", views_sealed.sealed, name="sealed"),
    path("<uuid:person_id>/sealed/write/", views_sealed.write, name="sealed_write"),
    path("<uuid:person_id>/sealed/ask/", views_sealed.ask, name="sealed_ask"),
    path("sealed/requests/", views_sealed.waiting, name="sealed_requests"),
    path("sealed/requests/<uuid:opening_id>/decide/", views_sealed.decide, name="sealed_decide"),
    path("sealed/open/<uuid:opening_id>/", views_sealed.read, name="sealed_read"),
    path("sealed/readers/", views_sealed.readers, name="sealed_readers"),
    path("sealed/readers/<uuid:reader_id>/end/", views_sealed.reader_end, name="sealed_reader_end"),
]
