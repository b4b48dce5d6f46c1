from django.urls import path

from safar.desk.cases.supervision import views, views_approvals, views_care, views_conferences, views_opinions

urlpatterns = [
    path("supervision/", views.supervision, name="supervision"),
    path("supervision/follow-ups/", views.overdue, name="supervision_follow_ups"),
    path("supervision/heavy/", views.heavy, name="supervision_heavy"),
    path("supervision/cases/<uuid:case_id>/", views.hand_over_case, name="hand_over_case"),
    path("supervision/noted/<uuid:hand_over_id>/", views.hand_over_noted, name="hand_over_noted"),
    path("supervision/told/", views.told, name="told"),
    path("approvals/", views_approvals.list_approvals, name="approvals"),
    path("approvals/<uuid:approval_id>/", views_approvals.approval, name="approval"),
    path("approvals/<uuid:approval_id>/withdraw/", views_approvals.withdraw, name="approval_withdraw"),
    path("approvals/<uuid:approval_id>/noted/", views_approvals.noted, name="approval_noted"),
    path("cases/<uuid:case_id>/approval/", views_approvals.ask, name="approval_ask"),
    path("cases/<uuid:case_id>/conference/", views_conferences.add, name="conference"),
    path("conferences/<uuid:conference_id>/done/", views_conferences.step_done, name="conference_step_done"),
    path("cases/<uuid:case_id>/second-opinion/", views_opinions.ask_case, name="opinion_case"),
    path("contacts/<uuid:contact_id>/second-opinion/", views_opinions.ask_contact, name="opinion_contact"),
    path("opinions/<uuid:opinion_id>/", views_opinions.opinion, name="opinion"),
    path("opinions/<uuid:opinion_id>/withdraw/", views_opinions.withdraw, name="opinion_withdraw"),
    path("opinions/<uuid:opinion_id>/noted/", views_opinions.noted, name="opinion_noted"),
    path("my-week/", views_care.care, name="care"),
    path("my-week/take-back/", views_care.take_back, name="care_take_back"),
]
