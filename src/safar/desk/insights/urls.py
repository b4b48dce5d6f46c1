from django.urls import path

from safar.desk.insights import views, views_export, views_indicator

app_name = "insights"
urlpatterns = [
    path("", views.month, name="month"),
    path("freeze/", views.freeze, name="freeze"),
    path("rebuild/", views.rebuild, name="rebuild"),
    path("indicators/", views_indicator.definitions, name="definitions"),
    path("indicators/<slug:code>/", views_indicator.indicator, name="indicator"),
    path("indicators/<slug:code>/rows/", views_indicator.rows, name="rows"),
    path("runs/<uuid:run_id>/", views_export.run, name="run"),
    path("runs/<uuid:run_id>/report.<slug:ending>", views_export.download, name="download"),
]
