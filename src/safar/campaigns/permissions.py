"""What may be done with campaigns."""

from safar.kernel.actor import Permission

READ_CAMPAIGN = Permission("campaigns.campaign.read", "See campaigns, posts and the figures platforms report")
MANAGE_CAMPAIGN = Permission(
    "campaigns.campaign.manage", "Plan and close campaigns, add channels and posts, import figures"
)

PERMISSIONS = [READ_CAMPAIGN, MANAGE_CAMPAIGN]
