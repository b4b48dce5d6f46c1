from django.urls import path

from safar.desk.cases.offers import views, views_agencies, views_complaints, views_triage

urlpatterns = [
    path("offers/", views.checks, name="offer_checks"),
    path("offers/check/", views.check_offer, name="check_offer"),
    path("offers/check/of/<uuid:person_id>/", views.check_offer_person, name="check_offer_person"),
    path("contacts/<uuid:contact_id>/check-offer/", views.check_offer_contact, name="check_offer_contact"),
    path("offers/<uuid:check_id>/", views.check, name="offer_check"),
    path("offers/<uuid:check_id>/paper.pdf", views.paper, name="offer_check_paper"),
    path("agencies/", views_agencies.list_agencies, name="agencies"),
    path("agencies/import/", views_agencies.upload, name="agencies_import"),
    path("agencies/import/<slug:sha256>/", views_agencies.check, name="agencies_import_check"),
    path("agencies/import/<slug:sha256>/errors.xlsx", views_agencies.errors, name="agencies_import_errors"),
    path("agencies/import/<slug:sha256>/take-over/", views_agencies.take_over, name="agencies_take_over"),
    path("agencies/import/<slug:sha256>/discard/", views_agencies.discard, name="agencies_import_discard"),
    path("agencies/<uuid:agency_id>/", views_agencies.agency, name="agency"),
    path("contacts/<uuid:contact_id>/first-questions/", views_triage.ask_contact, name="triage_contact"),
    path("first-questions/of/<uuid:person_id>/", views_triage.ask_person, name="triage_person"),
    path("first-questions/<uuid:triage_id>/", views_triage.cards, name="triage"),
    path("first-questions/<uuid:triage_id>/hand-over/", views_triage.hand_over, name="triage_hand_over"),
    path("complaints/", views_complaints.list_complaints, name="complaints"),
    path("complaints/new/", views_complaints.complain, name="complain"),
    path("complaints/new/of/<uuid:person_id>/", views_complaints.complain_person, name="complain_person"),
    path("contacts/<uuid:contact_id>/complain/", views_complaints.complain_contact, name="complain_contact"),
    path("complaints/<uuid:complaint_id>/", views_complaints.complaint, name="complaint"),
    path("complaints/<uuid:complaint_id>/pass-on/", views_complaints.pass_on, name="complaint_pass_on"),
    path("complaints/<uuid:complaint_id>/letter.pdf", views_complaints.letter, name="complaint_letter"),
    path("complaints/<uuid:complaint_id>/answer/", views_complaints.answer, name="complaint_answer"),
    path("complaints/<uuid:complaint_id>/close/", views_complaints.close, name="complaint_close"),
]
