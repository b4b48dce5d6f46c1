from safar.partners.models.partner import Agreement, Partner, PartnerTopic, Touchpoint

__all__ = ["Agreement", "Partner", "PartnerTopic", "Touchpoint"]
