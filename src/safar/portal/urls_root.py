"""Addresses outside the language prefix."""

from django.urls import URLPattern, path

from safar.portal.views import root

urlpatterns: list[URLPattern] = [
    path("", root.enter, name="enter"),
    path("robots.txt", root.robots, name="robots"),
    path("sitemap.xml", root.sitemap, name="sitemap"),
    path(".well-known/security.txt", root.security_text, name="security_text"),
]
