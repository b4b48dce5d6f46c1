from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "safar.messaging"
    label = "messaging"
