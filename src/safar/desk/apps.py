from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "safar.desk"
    label = "desk"
