from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "safar.network"
    label = "network"
