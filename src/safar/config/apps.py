from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "safar.config"
    label = "config"
