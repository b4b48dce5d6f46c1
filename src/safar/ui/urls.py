from django.urls import path

from safar.ui import gallery

app_name = "ui"
urlpatterns = [path("", gallery.show, name="gallery")]
