from django.apps import AppConfig


class TrustConfig(AppConfig):
    name = "safar.trust"
    label = "trust"
