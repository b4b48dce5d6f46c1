from django.apps import AppConfig


class AwarenessConfig(AppConfig):
    name = "safar.awareness"
    label = "awareness"
