from django.urls import path

from safar.desk.trust import views, views_audit, views_register, views_retention, views_settings, views_staff

app_name = "trust"
urlpatterns = [
    path("me/", views.me, name="me"),
    path("me/language/", views.language, name="language"),
    path("me/theme/", views.theme, name="theme"),
    path("staff/", views_staff.staff, name="staff"),
    path("staff/new/", views_staff.add, name="staff_add"),
    path("staff/<uuid:staff_id>/", views_staff.member, name="staff_member"),
    path("staff/<uuid:staff_id>/roles/", views_staff.roles, name="staff_roles"),
    path("staff/<uuid:staff_id>/access/", views_staff.access, name="staff_access"),
    path("staff/<uuid:staff_id>/password/", views_staff.new_password, name="staff_password"),
    path("audit/", views_audit.audit, name="audit"),
    path("audit/export/", views_audit.export, name="audit_export"),
    path("terms/", views_retention.terms, name="retention"),
    path("terms/run/", views_retention.run, name="retention_run"),
    path("terms/files/<str:code>/", views_retention.files, name="retention_files"),
    path("terms/hold/<uuid:person_id>/", views_retention.hold, name="retention_hold"),
    path("terms/hold/<uuid:hold_id>/lift/", views_retention.lift, name="retention_lift"),
    path("register/", views_register.register, name="register"),
    path("register/answers/", views_register.answers, name="register_answers"),
    path("register/<str:kind>/", views_register.download, name="register_download"),
    path("settings/", views_settings.settings_page, name="settings"),
    path("settings/country/", views_settings.country, name="country"),
    path("settings/roles/", views_settings.roles, name="roles"),
    path("settings/centres/new/", views_settings.centre_add, name="centre_add"),
    path("settings/centres/<uuid:centre_id>/", views_settings.centre, name="centre"),
    path("settings/centres/<uuid:centre_id>/close/", views_settings.centre_close, name="centre_close"),
]
