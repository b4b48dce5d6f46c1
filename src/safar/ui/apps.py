from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "safar.ui"
    label = "ui"
