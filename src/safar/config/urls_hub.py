"""Addresses of a hub: machines only."""

from django.urls import include, path

urlpatterns = [path("api/", include("safar.api.urls"))]
