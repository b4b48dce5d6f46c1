from django.urls import URLPattern, path

from safar.desk.cases.instruments import views_assess, views_exchange, views_manage, views_paper, views_results

urlpatterns: list[URLPattern] = [
    path("instruments/", views_manage.list_instruments, name="instruments"),
    path("instruments/install/", views_manage.install, name="instruments_install"),
    path("instruments/new/", views_manage.upload, name="instrument_upload"),
    path("instruments/paper/", views_paper.blanks, name="instrument_blanks"),
    path("instruments/<uuid:version_id>/", views_manage.version, name="instrument_version"),
    path("instruments/<uuid:version_id>/publish/", views_manage.publish, name="instrument_publish"),
    path("instruments/<uuid:version_id>/retire/", views_manage.retire, name="instrument_retire"),
    path("instruments/<uuid:version_id>/weights/", views_manage.load_weights, name="instrument_weights"),
    path("instruments/<uuid:version_id>/workbook.xlsx", views_manage.workbook, name="instrument_workbook"),
    path("instruments/<uuid:version_id>/file/<str:name>", views_manage.file, name="instrument_file"),
    path("instruments/<uuid:version_id>/paper.pdf", views_paper.print_blank, name="instrument_paper"),
    path("instruments/<uuid:version_id>/answers/", views_exchange.answers, name="instrument_answers"),
    path("instruments/<uuid:version_id>/answers/export/", views_exchange.export, name="instrument_export"),
    path("assess/person/<uuid:person_id>/", views_assess.choose_person, name="assess_choose_person"),
    path("assess/case/<uuid:case_id>/", views_assess.choose_case, name="assess_choose_case"),
    path("assess/contact/<uuid:contact_id>/", views_assess.choose_contact, name="assess_choose_contact"),
    path("assess/person/<uuid:person_id>/over-time/", views_results.over_time, name="assessments_over_time"),
    path("assess/person/<uuid:person_id>/<slug:code>/", views_assess.assess_person, name="assess_person"),
    path("assess/case/<uuid:case_id>/<slug:code>/", views_assess.assess_case, name="assess_case"),
    path("assess/contact/<uuid:contact_id>/<slug:code>/", views_assess.assess_contact, name="assess_contact"),
    path("assess/key-back/<slug:kind>/<uuid:subject_id>/", views_paper.key_back, name="key_back"),
    path(
        "assess/key-back/<slug:kind>/<uuid:subject_id>/<uuid:version_id>/",
        views_paper.key_back_answers,
        name="key_back_answers",
    ),
    path("assessments/waiting/", views_results.waiting, name="assessments_waiting"),
    path("assessments/<uuid:assessment_id>/", views_results.assessment, name="assessment"),
    path("assessments/<uuid:assessment_id>/decide/", views_results.decide, name="assessment_decide"),
    path("assessments/<uuid:assessment_id>/void/", views_results.void, name="assessment_void"),
]
