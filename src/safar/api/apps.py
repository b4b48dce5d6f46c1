from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "safar.api"
    label = "api"
