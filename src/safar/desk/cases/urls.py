from django.urls import path

from safar.desk.cases import views, views_cases, views_imports
from safar.desk.cases.day import urls as day
from safar.desk.cases.departure import urls as departure
from safar.desk.cases.instruments import urls as instruments
from safar.desk.cases.offers import urls as offers
from safar.desk.cases.referrals import urls as referrals
from safar.desk.cases.reintegration import urls as reintegration
from safar.desk.cases.supervision import urls as supervision_urls

app_name = "cases"
urlpatterns = [
    *day.urlpatterns,
    path("contacts/", views.list_contacts, name="list"),
    path("new-contact/", views.new_contact, name="new_contact"),
    path("new-contact/cards/", views.cards, name="cards"),
    path("new-contact/<uuid:person_id>/", views.new_contact, name="new_contact_of"),
    path("contacts/<uuid:contact_id>/", views.contact, name="contact"),
    path("contacts/<uuid:contact_id>/correct/", views.correct, name="correct"),
    path("contacts/<uuid:contact_id>/void/", views.void, name="void"),
    path("contacts/<uuid:contact_id>/followed-up/", views.follow_up_done, name="follow_up_done"),
    path("follow-ups/", views.follow_ups, name="follow_ups"),
    path("cases/", views_cases.list_cases, name="cases"),
    path("cases/open/<uuid:person_id>/", views_cases.open_case, name="open_case"),
    path("cases/<uuid:case_id>/", views_cases.case, name="case"),
    path("cases/<uuid:case_id>/move/", views_cases.move_case, name="move_case"),
    path("cases/<uuid:case_id>/service/", views_cases.add_service, name="add_service"),
    path("cases/<uuid:case_id>/note/", views_cases.add_note, name="add_note"),
    path("import/", views_imports.upload, name="import"),
    path("import/done/<uuid:import_id>/", views_imports.done, name="import_done"),
    path("import/<slug:sha256>/", views_imports.check, name="import_check"),
    path("import/<slug:sha256>/errors.xlsx", views_imports.errors, name="import_errors"),
    path("import/<slug:sha256>/take-over/", views_imports.take_over, name="import_take_over"),
    path("import/<slug:sha256>/discard/", views_imports.discard, name="import_discard"),
    *instruments.urlpatterns,
    *offers.urlpatterns,
    *referrals.urlpatterns,
    *reintegration.urlpatterns,
    *supervision_urls.urlpatterns,
    *departure.urlpatterns,
]
