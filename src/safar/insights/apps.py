from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "safar.insights"
    label = "insights"
