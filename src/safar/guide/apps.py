from django.apps import AppConfig


class GuideConfig(AppConfig):
    name = "safar.guide"
    label = "guide"
