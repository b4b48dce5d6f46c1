from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "safar.demo"
    label = "demo"
