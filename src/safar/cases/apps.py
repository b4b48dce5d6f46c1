from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "safar.cases"
    label = "cases"
