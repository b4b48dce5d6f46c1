from django.apps import apps

from safar.guide.privacy import FIELDS


def test_every_field_of_the_guide_is_classified():
    fields = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("guide").get_models()
        for field in model._meta.fields
    }
    assert fields == set(FIELDS)
