from safar.kernel.actor import Permission

READ_FACT = Permission("guide.fact.read", "See the guide with its versions and what is out of date")
MANAGE_FACT = Permission("guide.fact.manage", "Check, change and retire facts of the guide")

PERMISSIONS = [READ_FACT, MANAGE_FACT]
