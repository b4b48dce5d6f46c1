from django.urls import path

from safar.desk.awareness import views, views_attendance, views_learning

app_name = "awareness"
urlpatterns = [
    path("", views.listing, name="list"),
    path("plan/", views.plan, name="plan"),
    path("<uuid:session_id>/", views.show, name="show"),
    path("<uuid:session_id>/edit/", views.edit, name="edit"),
    path("<uuid:session_id>/step/<slug:step>/", views.take_step, name="step"),
    path("<uuid:session_id>/sheet/", views.sheet, name="sheet"),
    path("<uuid:session_id>/named/", views_attendance.roster, name="roster"),
    path("<uuid:session_id>/named/find/", views_attendance.find, name="find"),
    path("<uuid:session_id>/named/set/", views_attendance.set_present, name="set_present"),
    path("<uuid:session_id>/count/", views_attendance.counts, name="counts"),
    path("<uuid:session_id>/signed-up/", views_attendance.signed_up, name="signed_up"),
    path("<uuid:session_id>/learning/", views_learning.learning, name="learning"),
    path("<uuid:session_id>/learning/<slug:phase>/", views_learning.save_test, name="save_test"),
    path("<uuid:session_id>/questions/", views_learning.ask, name="ask"),
    path("<uuid:session_id>/materials/", views_learning.materials, name="materials"),
]
