from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "safar.portal"
    label = "portal"
