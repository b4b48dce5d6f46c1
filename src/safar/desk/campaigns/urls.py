from django.urls import URLPattern, path

from safar.desk.campaigns import views, views_figures, views_imports

app_name = "campaigns"
urlpatterns: list[URLPattern] = [
    path("", views.listing, name="list"),
    path("new/", views.create, name="create"),
    path("channels/", views_figures.channels_page, name="channels"),
    path("channels/new/", views_figures.add_channel, name="channel_add"),
    path("posts/new/", views_figures.add_post, name="post_add"),
    path("figures/new/", views_figures.add_figure, name="figure_add"),
    path("imports/", views_imports.upload, name="imports"),
    path("imports/<uuid:file_id>/", views_imports.show, name="import_file"),
    path("imports/<uuid:file_id>/rows-to-mend.xlsx", views_imports.errors, name="import_errors"),
    path("<uuid:campaign_id>/", views.show, name="show"),
    path("<uuid:campaign_id>/edit/", views.edit, name="edit"),
    path("<uuid:campaign_id>/start/", views.start, name="start"),
    path("<uuid:campaign_id>/close/", views.close, name="close"),
    path("<uuid:campaign_id>/posts/", views.choose_posts, name="posts"),
]
