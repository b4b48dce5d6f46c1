from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "safar.campaigns"
    label = "campaigns"
