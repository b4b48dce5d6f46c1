from safar.partners.models.partner import Agreement, Partner, PartnerTopic, Touchpoint
from safar.partners.models.service import Service

__all__ = ["Agreement", "Partner", "PartnerTopic", "Service", "Touchpoint"]
