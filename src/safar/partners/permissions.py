from safar.kernel.actor import Permission

READ_PARTNER = Permission("partners.partner.read", "See partners, their contacts and agreements")
MANAGE_PARTNER = Permission("partners.partner.manage", "Add partners, agreements and what was talked about")
CHECK_SERVICE = Permission("partners.service.check", "Say that an entry of the service directory is still true")

PERMISSIONS = [READ_PARTNER, MANAGE_PARTNER, CHECK_SERVICE]
