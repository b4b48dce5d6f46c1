from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "safar.partners"
    label = "partners"
