from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "safar.kernel"
    label = "kernel"

    def import_models(self) -> None:
        super().import_models()
        from safar.kernel import once  # noqa: F401  (its model belongs to this app)
