from django.urls import path

from safar.field import views

app_name = "field"
urlpatterns = [
    path("", views.shell, name="shell"),
    path("sheet/", views.sheet, name="sheet"),
    path("sw.js", views.worker, name="worker"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
]
