from django.urls import path, register_converter

from safar.desk.cases.departure import views, views_outcomes, views_sheet
from safar.desk.cases.departure.about import AboutConverter

register_converter(AboutConverter, "departure_of")

urlpatterns = [
    path("departure/", views.prepare, name="prepare"),
    path("departure/person/<uuid:person_id>/", views.prepare, name="prepare_person"),
    path("departure/contact/<uuid:contact_id>/", views.prepare, name="prepare_contact"),
    path("departure/<departure_of:about>/costs/", views.costs, name="costs"),
    path("departure/<departure_of:about>/papers/", views.checklist, name="checklist"),
    path("departure/<departure_of:about>/emergency/", views.emergency, name="emergency"),
    path("departure/<departure_of:about>/family/", views.family, name="family"),
    path("departures/", views_outcomes.departures, name="departures"),
    path("departures/case/<uuid:case_id>/", views_outcomes.outcome_case, name="outcome_case"),
    path("departures/contact/<uuid:contact_id>/", views_outcomes.outcome_contact, name="outcome_contact"),
    path("contacts/<uuid:contact_id>/sheet/", views_sheet.sheet, name="sheet"),
    path("contacts/<uuid:contact_id>/sheet.pdf", views_sheet.print_sheet, name="sheet_pdf"),
    path("contacts/<uuid:contact_id>/sheet/send/", views_sheet.send_sheet, name="sheet_send"),
]
