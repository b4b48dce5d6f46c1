from django.apps import AppConfig


class FieldConfig(AppConfig):
    name = "safar.field"
    label = "field"
